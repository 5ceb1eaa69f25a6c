import { newCredential } from '../../src/flows/new-credential.ts'
import { newUser, registration } from '../../src/flows/new-user.ts'
import type { Harness } from './harness.ts'
import { testContext } from './known-attempt.ts'
import { password } from './make-user.ts'

/** Puts users named `user-<number>` straight into the store, from one number to another (exclusive); they share one credential, which opens for nobody. */
export const fillUsers = async (server: Harness, UserPoolId: string, from: number, to: number): Promise<void> => {
  const ctx = testContext(server)
  const pool = await server.store.pools.byId(UserPoolId)
  if (pool === undefined) throw new Error(`there is no ${UserPoolId}`)
  const credential = await newCredential(ctx, pool, newUser(ctx, pool, 'nobody', {}, 'CONFIRMED'), password)
  for (let index = from; index < to; index += 1) {
    const name = `user-${index}`
    const user = newUser(ctx, pool, name, { email: `${name}@example.org`, email_verified: 'true' }, 'CONFIRMED')
    const outcome = await server.store.users.register(ctx.by(), { ...registration(pool, user), credential })
    if (outcome !== 'registered') throw new Error(`the name ${name} is taken`)
  }
}
