import type { FlowId } from './flows.ts'

/** What somebody chose for a sign-in. */
export interface Attempt {
  readonly flow: FlowId
  readonly poolId: string
  readonly clientId: string
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined
  readonly username: string
  readonly password: string
  readonly refreshToken: string
  /** PREFERRED_CHALLENGE of USER_AUTH; empty for none. */
  readonly firstChallenge: string
  readonly scopes: string
  /** Where the login pages are, without a slash at the end. */
  readonly loginPages: string
  /** The callback URL to which they lead. */
  readonly callback: string
  /** Shows the login pages also to somebody who is signed in there (`prompt=login`). */
  readonly asksAnew: boolean
}
