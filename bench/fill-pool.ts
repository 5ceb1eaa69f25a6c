// A process that fills the benchmark's pool: `node fill-pool.ts DATA-FOLDER USERS EVERY`. Writes straight through the store; only every
// EVERY-th user gets a password that is theirs, the others share one credential, which opens for nobody.
import { contextOf } from '../src/api/context-of.ts'
import { systemClock } from '../src/clock.ts'
import { newCredential } from '../src/flows/new-credential.ts'
import { newUser, registration } from '../src/flows/new-user.ts'
import { openDevMasterKey } from '../src/keys/master-key-file.ts'
import { openServices } from '../src/open-services.ts'
import { systemRandom } from '../src/random.ts'
import { plainPolicy } from '../tests/support/plain-policy.ts'
import { benchPool, password, userName } from './pool.ts'

const [dataDir = '', users = 0, every = 1] = [process.argv[2], ...process.argv.slice(3).map(Number)] as [string, number, number]

const masterKey = async (): Promise<Buffer> => {
  const found = await openDevMasterKey(dataDir, systemRandom)
  if ('fault' in found) throw new Error(found.fault)
  return found.key
}

const services = await openServices({
  dataDir,
  masterKeys: async () => [await masterKey()],
  policy: plainPolicy,
  clock: systemClock,
  random: systemRandom,
  compute: 'inline',
})
const ctx = contextOf(services, {
  requestId: systemRandom.uuid(),
  operation: 'Fill',
  region: benchPool.region,
  actor: 'operator',
  ip: undefined,
  mayChooseIds: true,
})
const pool = await services.store.pools.byId(benchPool.id)
if (pool === undefined) throw new Error(`There is no pool ${benchPool.id} in ${dataDir}.`)

const attributesOf = (name: string) => ({ email: `${name}@example.com`, email_verified: 'true', name: 'Somebody' })
const shared = await newCredential(ctx, pool, newUser(ctx, pool, 'nobody', {}, 'CONFIRMED'), password)

const register = async (index: number): Promise<void> => {
  const name = userName(index)
  const user = newUser(ctx, pool, name, attributesOf(name), 'CONFIRMED')
  const credential = index % every === 0 ? await newCredential(ctx, pool, user, password) : shared
  const outcome = await services.store.users.register(ctx.by(), { ...registration(pool, user), credential })
  if (outcome !== 'registered') throw new Error(`The name ${name} is taken.`)
}

const together = 500
for (let from = benchPool.users; from < users; from += together) {
  await Promise.all(Array.from({ length: Math.min(together, users - from) }, (_, index) => register(from + index)))
}
await services.close()
