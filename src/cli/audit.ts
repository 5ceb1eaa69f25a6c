import type { Command } from 'commander'
import type { ShownChange } from '../server/audit-commands.ts'
import { ConfigError } from '../server/config.ts'
import { printableLine } from './client/printable.ts'
import { addDataOptions, withCommands } from './with-commands.ts'

const examples = `Every change leaves a row in the audit trail: who made it, when, from where, and to what.

Examples:
  poolhouse audit list                          what was done to operators and access keys, newest first
  poolhouse audit list --pool us-east-1_EXAMPLE what was done in a user pool
  poolhouse audit list --limit 1000 --json
`

type Options = Record<string, unknown>

const limitOf = ({ limit }: Options): number => {
  const wanted = Number(limit)
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 100_000) throw new ConfigError('--limit is a whole number from 1 to 100000.')
  return wanted
}

// Names that somebody typed may stand in a row.
const line = ({ at, actor, action, outcome, subject, ip }: ShownChange): string =>
  [new Date(at).toISOString(), actor, action, outcome, subject, ip ?? '-'].map(printableLine).join('  ')

/** `poolhouse audit list`. */
export const configureAudit = (command: Command): void => {
  command.addHelpText('before', examples)
  addDataOptions(command.command('list').description('list changes, newest first'))
    .option('--pool <ID>', 'the changes of this user pool instead of those of the server itself')
    .option('--limit <COUNT>', 'how many at most', '100')
    .option('--json', 'print JSON, one change a line')
    .action(async (options: Options) => {
      const limit = limitOf(options)
      const userPoolId = options['pool'] === undefined ? undefined : String(options['pool'])
      await withCommands(options, async (commands) => {
        let left = limit
        let after: string | undefined
        do {
          const page = await commands.listAudit({ userPoolId, after })
          const rows = page.rows.slice(0, left)
          const text = options['json'] === true ? (row: ShownChange) => JSON.stringify(row) : line
          process.stdout.write(rows.map((row) => `${text(row)}\n`).join(''))
          left -= rows.length
          after = page.next
        } while (after !== undefined && left > 0)
      })
    })
}
