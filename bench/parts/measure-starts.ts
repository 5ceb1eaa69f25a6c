import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench, Chapter } from '../chapter.ts'
import { below, single } from '../finding.ts'
import { whole } from '../numbers.ts'
import { residentMegabytes } from '../process-usage.ts'
import { startProgram } from '../program.ts'
import { median } from '../statistics.ts'

/** How long a start takes, and what an idle server occupies. */
export const measureStarts = async ({ dist, folder, plan, progress }: Bench): Promise<Chapter> => {
  progress('starting')
  const dataDir = join(folder, 'starts')
  const times: number[] = []
  let idle = 0
  for (let start = 0; start <= plan.starts; start++) {
    const program = await startProgram(dist, dataDir)
    times.push(program.startedIn)
    // Long enough that everything that is put off until after the start has happened, the first round of housekeeping included.
    if (start === 0) await sleep(3000)
    if (start === 1) {
      progress('idling')
      await sleep(35_000)
      idle = residentMegabytes(program.pid)
    }
    await program.stop()
  }
  const [first = 0, ...others] = times
  const later = median(others)
  return {
    findings: [single('start to first answer', later, 'ms', below(300)), single('memory when idle', idle, 'MB', below(120))],
    tables: [
      {
        title: 'Starts',
        rows: [
          ['', 'ms'],
          ['start to first answer', whole(later)],
          ['very first start (empty folder)', whole(first)],
        ],
      },
    ],
    figures: { first, later, idle },
  }
}
