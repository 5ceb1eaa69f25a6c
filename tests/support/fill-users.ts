import { loadUsers } from '../../src/storage/load-users.ts'
import type { Harness } from './harness.ts'
import { testContext } from './known-attempt.ts'

/** Puts users named `user-<number>` straight into the store, up to a number (exclusive); nobody can sign in as one of them. */
export const fillUsers = async (server: Harness, UserPoolId: string, to: number): Promise<void> => {
  const pool = await server.store.pools.byId(UserPoolId)
  if (pool === undefined) throw new Error(`there is no ${UserPoolId}`)
  const style = { nameOf: (index: number) => `user-${index}`, isMixed: false }
  await loadUsers({ ...server, by: testContext(server).by(), pool, users: to, step: to, style, rowsAtOnce: 400 })
}
