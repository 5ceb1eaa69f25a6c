// Kills a server at random while a client works, and compares what it acknowledged with what is there after each restart:
// `npm run crash -- --kills 1000`. `--database URL` keeps the data in an empty PostgreSQL database in place of a file. Ends with 1 when
// anything is missing or half-done.
import { parseArgs } from 'node:util'
import { openCrashRun } from '../tests/support/crash-run.ts'

const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' }, database: { type: 'string' } } })
const kills = Number(values.kills)
if (!Number.isInteger(kills) || kills < 1) throw new Error('--kills wants a whole number.')

const run = await openCrashRun({ flags: values.database === undefined ? [] : ['--database', values.database] })
const began = performance.now()
const { acknowledged, wrong } = await run.kill(kills, (done, ledger) => {
  const seconds = Math.round((performance.now() - began) / 1000)
  process.stderr.write(`\r${done} of ${kills} kills, ${ledger.acknowledged()} changes acknowledged, ${seconds} s `)
})
await run.close()
process.stderr.write('\n')
process.stdout.write(`${JSON.stringify({ kills, acknowledged, lostOrHalfDone: wrong.length })}\n`)
for (const fault of wrong) process.stderr.write(`${fault}\n`)
process.exitCode = wrong.length > 0 ? 1 : 0
