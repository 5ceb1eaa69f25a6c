import { join } from 'node:path'
import { type Bench, type Chapter, wholeSize } from '../chapter.ts'
import { atMost, compared, ofSmallerRun } from '../finding.ts'
import { knownUsers, loadPool } from '../load-pool.ts'
import { two } from '../numbers.ts'
import { startProgram } from '../program.ts'
import { startLoad } from '../start-load.ts'
import { median } from '../statistics.ts'

const fewest = 1000

const counted = (users: number): string => `${users.toLocaleString('en')} users`

/** The same sign-ins, one at a time, in turns against a small pool and a big one. */
export const measureUsers = async ({ dist, folder, plan, progress }: Bench): Promise<Chapter> => {
  const begin = async (users: number) => {
    progress(`a pool of ${counted(users)}`)
    const dataDir = join(folder, `users-${users}`)
    const loaded = loadPool(dist, dataDir, 'us-east-1_Benchmark', users)
    const program = await startProgram(dist, dataDir)
    const load = startLoad(program)
    const { clientId } = loaded
    const numbers = knownUsers(loaded)
    const signIn = (seconds?: number) => load.run({ kind: 'sign in', clientId, users: numbers, seconds })
    // Each of them once, so that what is read of them is in memory in both.
    await signIn()
    return { users, signIn, p50: [] as number[], end: () => program.stop().finally(load.end) }
  }
  const sizes = [await begin(fewest), await begin(plan.users.many)] as const
  progress('signing in to both')
  for (let pair = 0; pair < plan.users.pairs; pair++) {
    for (const size of pair % 2 ? sizes.toReversed() : sizes) size.p50.push((await size.signIn(plan.users.seconds)).p50)
  }
  for (const { end } of sizes) await end()
  const [few, many] = sizes
  const ratio = median(many.p50.map((p50, pair) => p50 / (few.p50[pair] ?? Number.NaN)))
  const comparison = { measured: median(many.p50), against: median(few.p50), unit: 'ms', ratio }
  const finding = compared(`sign-in p50, ${counted(many.users)} / ${counted(few.users)}`, comparison, atMost(1.1))
  return {
    findings: [many.users < wholeSize.users ? ofSmallerRun(finding) : finding],
    tables: [
      {
        title: 'Password sign-ins of 100 users, one at a time',
        rows: [['', 'p50 ms'], ...sizes.map(({ users, p50 }) => [`pool of ${counted(users)}`, two(median(p50))])],
      },
    ],
    figures: { sizes: sizes.map(({ users, p50 }) => ({ users, p50: median(p50) })), ratio },
  }
}
