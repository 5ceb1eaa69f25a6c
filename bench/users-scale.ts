/**
 * `npm run bench:users -- [--users N] [--folder FOLDER] [--dist FOLDER] [--rounds N] [--purge SECONDS]`: the same requests, one at a time, to a
 * pool of 1,000 users and, in turns, to one of N (100,000 unless said) on the same server; then the deletion of a group and of the big pool
 * in the background, and the sign-ins into the small pool meanwhile. Fails when something takes more than twice as long in the big pool.
 * A FOLDER is kept, and filled where it is not yet. README.md tells more.
 */
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadedName } from '../src/domain/loaded-user.ts'
import { answered } from './answered.ts'
import { type Table, wholeSize } from './chapter.ts'
import { type Compared, comparePools } from './compare-pools.ts'
import { type Connection, openConnection } from './connections.ts'
import { atMost, compared, ofSmallerRun } from './finding.ts'
import { knownUsers, type LoadedPool, loadPool } from './load-pool.ts'
import { machineNow } from './machine.ts'
import { two } from './numbers.ts'
import { startProgram } from './program.ts'
import { type Report, reportMarkdown, reportText } from './report.ts'
import { adminRequest } from './requests.ts'
import { root } from './run-node.ts'
import { measurePurges } from './scale-purge.ts'
import { deleteUser, type ScaledPool, signIn } from './scale-requests.ts'
import { median, percentiles } from './statistics.ts'
import { takeBuild } from './take-build.ts'

const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    folder: { type: 'string' },
    dist: { type: 'string' },
    rounds: { type: 'string', default: '400' },
    purge: { type: 'string', default: '90' },
  },
})
const [few, many, rounds, purgeSeconds] = [1000, Number(options.users), Number(options.rounds), Number(options.purge)]
const flat = 2
const groups = 10
const poolIds = ['us-east-1_ScaleFew00', 'us-east-1_ScaleMany0'] as const

const progress = (text: string): void => void process.stderr.write(`${text} ...\n`)
// In this clone, where the build finds its packages, and on its disk.
const folder = join(root, `node_modules/.cache/poolhouse/scale-${process.pid}`)
mkdirSync(folder, { recursive: true })
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))

const dist = await takeBuild(folder, options.dist)
const dataDir = options.folder ?? join(folder, 'data')

/** A run that was interrupted may have left a user of its own in a folder that is kept, and into such a pool nothing is loaded. */
const tidy = async (): Promise<void> => {
  if (!existsSync(join(dataDir, 'poolhouse.db'))) return
  const program = await startProgram(dist, dataDir)
  const connection = await openConnection(program.port)
  for (const UserPoolId of poolIds) await connection.send(deleteUser({ UserPoolId }))
  connection.close()
  await program.stop()
}

const load = (poolId: string, users: number): LoadedPool => {
  progress(`a pool of ${users.toLocaleString('en')} users`)
  return loadPool(dist, dataDir, poolId, users, groups)
}

/** Signs users in who lie spread over the pool, so that what is read of them is in memory. */
const openPool = async (connection: Connection, loaded: LoadedPool): Promise<ScaledPool> => {
  const { userPoolId: UserPoolId, clientId: ClientId, users } = loaded
  const known = knownUsers(loaded)
  const tokens: string[] = []
  const subs: string[] = []
  for (const number of known) {
    const signedIn = await answered(connection, signIn({ ClientId }, number))
    tokens.push(signedIn.answer.AuthenticationResult.AccessToken)
    const { answer } = await answered(connection, adminRequest('AdminGetUser', { UserPoolId, Username: loadedName(number) }))
    subs.push(answer.UserAttributes.find(({ Name }: { Name: string }) => Name === 'sub')?.Value)
  }
  return { UserPoolId, ClientId, users, known, tokens, subs }
}

const machine = machineNow()
await tidy()
const loaded = [load(poolIds[0], few), load(poolIds[1], many)] as const
const size = statSync(join(dataDir, 'poolhouse.db')).size
const program = await startProgram(dist, dataDir)
const opening = await openConnection(program.port)
const pools = [await openPool(opening, loaded[0]), await openPool(opening, loaded[1])] as const
opening.close()
const results = await comparePools(program.port, pools, rounds, progress)
const purges = purgeSeconds > 0 ? [await measurePurges({ program, dataDir, pools, seconds: purgeSeconds, progress })] : []
await program.stop()

const ratioOf = ({ small, large }: Compared): number => median(large) / median(small)
const counted = (users: number): string => `${users.toLocaleString('en')} users`
const rest: Table = {
  title: `Requests one at a time, ${counted(few)} and ${counted(many)}, milliseconds`,
  rows: [
    ['', 'p50, few', 'p50, many', 'ratio', 'p99, few', 'p99, many', 'ratio'],
    ...results.map((one) => {
      const [small, large] = [percentiles(one.small), percentiles(one.large)]
      return [one.name, two(small.p50), two(large.p50), two(ratioOf(one)), two(small.p99), two(large.p99), two(large.p99 / small.p99)]
    }),
  ],
}
const [, big] = loaded
const loading: Table = {
  title: 'Loading',
  rows: [
    ['', 'seconds', 'users/s', 'GB on disk'],
    [counted(many), two(big.seconds), big.added === 0 ? 'there before' : String(Math.round(big.added / big.seconds)), two(size / 1e9)],
  ],
}
const [first] = results
const small = first === undefined ? [] : first.small
const comparison = { measured: median(first?.large ?? []), against: median(small), unit: 'ms' }
const finding = compared(`sign-in p50, ${counted(many)} / ${counted(few)}`, comparison, atMost(1.1))
const report: Report = {
  machine,
  chapters: {
    users: {
      findings: [many < wholeSize.users ? ofSmallerRun(finding) : finding],
      tables: [loading, rest, ...purges],
      figures: results,
    },
  },
}
process.stdout.write(`${reportText(report)}\n${reportMarkdown(report)}`)
const slow = results.filter((one) => ratioOf(one) > flat)
if (slow.length > 0) {
  process.stderr.write(`${slow.map((one) => `${one.name} takes ${two(ratioOf(one))} times as long with ${counted(many)}.`).join('\n')}\n`)
  process.exitCode = 1
}
