import type { AppClient } from '../../src/domain/app-client.ts'
import type { UserPool } from '../../src/domain/user-pool.ts'
import type { By } from '../../src/storage/store.ts'
import type { Harness } from './harness.ts'

const by = (server: Harness): By => ({ actor: 'test', requestId: server.random.uuid(), action: 'Test', at: server.clock.now() })

/** Changes a stored pool behind the API's back: settings that another version may have let in. */
export const changePool = async (server: Harness, poolId: string, change: Partial<UserPool>): Promise<void> => {
  const pool = await server.store.pools.byId(poolId)
  if (pool === undefined) throw new Error(`there is no pool ${poolId}`)
  const outcome = await server.store.pools.update(by(server), { ...pool, ...change })
  if (outcome !== 'updated') throw new Error(outcome)
}

/** The same for an app client. */
export const changeClient = async (server: Harness, clientId: string, change: Partial<AppClient>): Promise<void> => {
  const found = await server.store.clients.byClientId(clientId)
  if (found === undefined) throw new Error(`there is no app client ${clientId}`)
  const outcome = await server.store.clients.update(by(server), { ...found.client, ...change })
  if (outcome !== 'updated') throw new Error(outcome)
}
