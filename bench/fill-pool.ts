// A process that fills the benchmark's pool: `node fill-pool.ts DATA-FOLDER USERS EVERY`. Only every EVERY-th user gets a password that
// opens. They are those of `poolhouse load` under the benchmark's names, all of them confirmed, beside those that it began with.
import { systemClock } from '../src/clock.ts'
import { openDevMasterKey } from '../src/keys/master-key-file.ts'
import { openServices } from '../src/open-services.ts'
import { systemRandom } from '../src/random.ts'
import { loadUsers } from '../src/storage/load-users.ts'
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
const pool = await services.store.pools.byId(benchPool.id)
if (pool === undefined) throw new Error(`There is no pool ${benchPool.id} in ${dataDir}.`)
await loadUsers({
  ...services,
  by: { actor: 'operator', requestId: systemRandom.uuid(), action: 'Fill', at: systemClock.now() },
  pool,
  users,
  first: benchPool.users,
  step: every,
  password,
  style: { nameOf: userName, isMixed: false },
  rowsAtOnce: 5000,
})
await services.close()
