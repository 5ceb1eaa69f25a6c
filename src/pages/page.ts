import type { Context } from '../context.ts'
import type { OpenedDomain } from '../flows/open-host.ts'
import type { Parameters } from '../oauth/parameters.ts'

/** A request to a page, as it came off the wire. */
export interface PageRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** The query as text, without the question mark; links and forms carry it on. */
  readonly search: string
  readonly query: Parameters
  /** Empty for GET. */
  readonly form: Parameters
  readonly cookies: ReadonlyMap<string, string>
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The pool's domain that the request came to; undefined at the server's own address. */
  readonly domain: OpenedDomain | undefined
}

/** An answer, ready for any HTTP server. */
export interface PageReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Values of Set-Cookie headers. */
  readonly cookies: readonly string[]
  readonly body: string | Uint8Array
  /** How log and metrics call it, where a page answers what was refused; `ok` unless it is given. */
  readonly outcome?: string | undefined
}

/** Answers a request; throws RefusedOnPage or RefusedToApplication. */
export type Page = (ctx: Context, request: PageRequest) => Promise<PageReply>
