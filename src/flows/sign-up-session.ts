import type { Context } from '../context.ts'
import type { User } from '../domain/user.ts'
import { sealSession } from './challenge-session.ts'
import type { OpenClient } from './open-client.ts'

/** The `Session` of a sign-up (`SIGN_UP`) or of its confirmation (`AUTO_SIGN_IN`), with which a client may go on to sign the user in. */
export const signUpSession = (ctx: Context, { client }: OpenClient, user: User, challenge: 'SIGN_UP' | 'AUTO_SIGN_IN'): Promise<string> =>
  sealSession(ctx, client, {
    id: ctx.random.uuid(),
    userId: user.id,
    generation: user.generation,
    challenge,
    madeAt: ctx.clock.now(),
    proofs: [],
  })
