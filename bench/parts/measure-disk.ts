import { join } from 'node:path'
import { type Bench, type Chapter, signUpConnections } from '../chapter.ts'
import { atLeast, compared, type Finding, unmeasured } from '../finding.ts'
import { two } from '../numbers.ts'
import { type StartOptions, startProgram } from '../program.ts'
import { cryptoCostNow } from '../run-node.ts'
import { startLoad } from '../start-load.ts'
import { middle } from '../statistics.ts'
import { type Row, rowOf, rowTable } from './row.ts'
import { slowDisk } from './slow-disk.ts'
import { syncTimes } from './sync-time.ts'

const delayMs = 2
const asIs = { name: 'SignUp, fsync as is', aim: atLeast(0.5) }
const slowed = { name: `SignUp, fsync slowed by ${delayMs} ms`, aim: atLeast(0.35) }

/** Sign-ups that are on disk before they are answered, on this disk and on a slower one in turns. */
export const measureDisk = async ({ dist, folder, cores, plan, progress }: Bench): Promise<Chapter> => {
  progress('sign-ups on this disk and on a slower one')
  const slow = slowDisk(folder, delayMs)
  const begin = async (kind: typeof asIs, dataDir: string, options: StartOptions = {}) => {
    const program = await startProgram(dist, join(folder, dataDir), options)
    const load = startLoad(program)
    await load.run({ kind: 'prepare', seed: true, withFactors: false })
    const measure = async (seconds: number): Promise<Row> => {
      const { modPow } = cryptoCostNow()
      const nothing = await load.simple('null', signUpConnections, seconds / 2)
      const figures = await load.simple('sign-up', signUpConnections, seconds)
      return rowOf(kind.name, figures, modPow + nothing.serverCpu + nothing.clientCpu, cores)
    }
    await measure(plan.warmUp.seconds)
    return { ...kind, measure, rows: [] as Row[], end: () => program.stop().finally(load.end) }
  }
  const disks = [await begin(asIs, 'disk')]
  if (typeof slow !== 'string') disks.push(await begin(slowed, 'slow-disk', { env: slow }))
  for (let round = 0; round < plan.disk.rounds; round++) {
    for (const disk of round % 2 ? disks.toReversed() : disks) disk.rows.push(await disk.measure(plan.disk.seconds))
  }
  for (const { end } of disks) await end()
  const rows = disks.map((disk) => middle(disk.rows))
  const findings: Finding[] = rows.map(({ name, rate, ceiling, ratio, cpuRatio }, index) =>
    compared(`${name} / its ceiling`, { measured: rate, against: ceiling, unit: '/s', ratio, byCpu: cpuRatio }, (disks[index] ?? asIs).aim),
  )
  if (typeof slow === 'string') findings.push(unmeasured(`${slowed.name} / its ceiling`, slow, slowed.aim))
  const sync = syncTimes(folder).asIs
  return {
    findings,
    tables: [
      { title: `Durable sign-ups, ${signUpConnections} connections; fdatasync of 4 KB takes ${two(sync)} ms`, rows: rowTable(rows) },
    ],
    figures: { rows, syncTime: sync },
  }
}
