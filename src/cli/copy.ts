import type { Command } from 'commander'
import { createProgressBar } from './progress-bar.ts'

const examples = `Copies all data from one place to another that is empty; each is a data folder or a PostgreSQL database. No server may run on either: on a
data folder that is checked, the servers of a database have to be stopped by you. Every table is checked afterwards by count and checksum.
Whatever interrupts a copy, the same command goes on where it ended.

The new place needs the master key of the old one. Everybody has to sign in again, because the old place could go on giving tokens out;
--keep-sessions leaves refresh tokens, sessions and codes as they are.

Examples:
  poolhouse copy --from /var/lib/poolhouse --to postgres://poolhouse@db.example.com/poolhouse
  poolhouse copy --from postgres://poolhouse@db.example.com/poolhouse --to ./here

A password is better kept out of the command: the variable PGPASSWORD and the file ~/.pgpass are read.
`

const phases = { copy: 'copying', check: 'checking' } as const

/** Says on a terminal by a bar, elsewhere by lines, how far it is: a line for each tenth. */
const createReport = () => {
  const bar = createProgressBar()
  let said = ''
  return {
    progress: ({ phase, table, done, total }: { phase: keyof typeof phases; table: string; done: number; total: number }) => {
      const part = total === 0 ? 1 : done / total
      bar.show(part, `${phases[phase]} ${table}`)
      const line = `${phases[phase]}: ${Math.floor(part * 10) * 10} %`
      if (!process.stderr.isTTY && line !== said) process.stderr.write(`${line}\n`)
      said = line
    },
    clear: bar.clear,
  }
}

/** `poolhouse copy --from DATA --to DATA`. */
export const configureCopy = (command: Command): void => {
  command
    .addHelpText('before', examples)
    .requiredOption('--from <DATA>', 'data folder or postgres://... address to copy from')
    .requiredOption('--to <DATA>', 'empty data folder or database to copy to; a folder is made')
    .option('--keep-sessions', 'leave refresh tokens, sessions and codes good')
    .option('--json', 'print JSON')
    .action(async (options: Record<string, unknown>) => {
      const { copyBetween } = await import('../work-on-data.ts')
      const [from, to, keepSessions] = [String(options['from']), String(options['to']), options['keepSessions'] === true]
      if (/^postgres/i.test(from))
        process.stderr.write(
          'Every server on that database has to be stopped: what they write meanwhile is found in the end, and refused.\n',
        )
      const report = createReport()
      const copied = copyBetween(from, to, { keepSessions, progress: report.progress })
      const facts = await copied.finally(report.clear)
      if (options['json'] === true) return void process.stdout.write(`${JSON.stringify(facts)}\n`)
      const sessions = keepSessions ? 'Sessions and refresh tokens are good there.' : 'Everybody has to sign in again there.'
      process.stdout.write(
        `${facts.rows} rows in ${facts.tables} tables copied from ${facts.from} to ${facts.to}, and checked. ${sessions}\n`,
      )
      process.stderr.write('Start servers there with the master key of the old place, and none on the old place any more.\n')
    })
}
