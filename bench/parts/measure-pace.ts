import { join } from 'node:path'
import { type Bench, type Chapter, connections } from '../chapter.ts'
import type { Figures } from '../errand.ts'
import { atMost, compared, unmeasured } from '../finding.ts'
import { two, whole } from '../numbers.ts'
import { startProgram } from '../program.ts'
import { startLoad } from '../start-load.ts'
import { median, middle } from '../statistics.ts'

const share = 0.7
const figure = 'p99 / p50 of sign-in at 70 %'
const aim = atMost(5)

interface Round {
  readonly most: Figures
  readonly paced: Figures
}

/** Where fewer are answered than are due, the rate is not the one that the latencies are said to be of. */
const isKept = ({ most, paced }: Round): boolean => paced.rate >= 0.97 * share * most.rate

/** How even the latency of password sign-ins is at 70 % of the most that there can be, which is measured right before. */
export const measurePace = async ({ dist, folder, plan, progress }: Bench): Promise<Chapter> => {
  progress('sign-ins at 70 % of the maximum rate')
  const program = await startProgram(dist, join(folder, 'pace'))
  const load = startLoad(program)
  await load.run({ kind: 'prepare', seed: true, withFactors: false })
  await load.simple('password', connections, plan.warmUp.seconds)
  const rounds: Round[] = []
  for (let round = 0; round < plan.pace.rounds; round++) {
    const most = await load.simple('password', connections, plan.pace.findSeconds)
    rounds.push({ most, paced: await load.run({ kind: 'paced', rate: share * most.rate, seconds: plan.pace.seconds }) })
  }
  load.end()
  await program.stop()
  const most = middle(rounds.map((round) => round.most))
  const paced = middle(rounds.map((round) => round.paced))
  // A round that did not keep the rate counts as the worst there can be.
  const ratio = median(rounds.map((round) => (isKept(round) ? round.paced.p99 / round.paced.p50 : Number.POSITIVE_INFINITY)))
  const kept = rounds.filter(isKept).length
  const row = (name: string, figures: Figures) => [name, whole(figures.rate), two(figures.p50), two(figures.p99), whole(figures.serverCpu)]
  return {
    findings: [
      Number.isFinite(ratio)
        ? compared(figure, { measured: paced.p99, against: paced.p50, unit: 'ms', ratio }, aim)
        : unmeasured(figure, 'the rate was not kept', aim),
    ],
    tables: [
      {
        title: `Password sign-ins that begin on a fixed schedule, which was kept in ${kept} of ${rounds.length} rounds`,
        rows: [['', 'per s', 'p50 ms', 'p99 ms', 'server us'], row('maximum rate', most), row('70 % of it', paced)],
      },
    ],
    figures: { most, paced, ratio, kept },
  }
}
