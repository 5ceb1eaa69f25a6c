import type { Context } from '../context.ts'
import type { RequestCategory } from '../domain/request-categories.ts'

/** A request to an OAuth endpoint, as it came off the wire. */
export interface OAuthRequest {
  readonly method: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array | 'too large'
}

/** Takes one request of a category in a region; answers the ms to wait when none is left. */
export type TakeRate = (category: RequestCategory, region: string) => number | undefined

/** Answers the members of the JSON body, or undefined for an empty one; throws an OAuthError for a refusal. */
export type Endpoint = (ctx: Context, request: OAuthRequest, takeRate: TakeRate) => Promise<Readonly<Record<string, unknown>> | undefined>
