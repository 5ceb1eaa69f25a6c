import type { Context } from '../context.ts'
import type { User } from '../domain/user.ts'
import type { OpenClient } from './open-client.ts'

/** Somebody who is signed in to an app client: by an access token, or on a page. */
export interface SignedIn extends OpenClient {
  /** The call made in the user's name: what is written with it names `user:<sub>` in the audit trail. */
  readonly ctx: Context
  readonly user: User
  /** Names the sign-in. */
  readonly originId: string
}

/** The call as one of the user's own. */
export const inNameOf = (ctx: Context, user: User): Context => ({ ...ctx, by: () => ({ ...ctx.by(), actor: `user:${user.id}` }) })
