/** A request on the AWS JSON surface, as it came off the wire. */
export interface ApiRequest {
  readonly method: string
  /** Still escaped, without the query. */
  readonly path: string
  /** Without the question mark; empty when there is none. */
  readonly query: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The very bytes that a signature covers. */
  readonly body: Uint8Array
  /** The client's address, behind trusted proxies too; undefined when the connection is gone. */
  readonly remoteAddress: string | undefined
  /** For the metrics alone: ms that it stood in line before it was begun; 0 when left out. */
  readonly waited?: number
}

/** An answer, ready for any HTTP server. */
export interface ApiReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
