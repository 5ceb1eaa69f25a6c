/** A request below /console, as it came off the wire. */
export interface ConsoleRequest {
  readonly method: string
  /** Still escaped, without the query; `/console` or below. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The other end of the connection, which may be a proxy; left out where nothing asks for it. */
  readonly peer?: string | undefined
  /** The client's address, behind trusted proxies too; undefined when the connection is gone. */
  readonly remoteAddress: string | undefined
}

/** An answer of the console, ready for any HTTP server. */
export interface ConsoleReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}
