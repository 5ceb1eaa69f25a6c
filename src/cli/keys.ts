import type { Command } from 'commander'
import { addDataOptions, withCommands } from './with-commands.ts'

const examples = `Token signing keys. A new key is published at once and signs after a day, so that verifiers know it by then; the old one
stays published until the last token that it signed has expired.

Examples:
  poolhouse keys rotate
  poolhouse keys rotate --pool us-east-1_EXAMPLE --delay-hours 0
`

type Options = Record<string, unknown>

/** `poolhouse keys rotate`. */
export const configureKeys = (command: Command): void => {
  command.addHelpText('before', examples)
  addDataOptions(command.command('rotate').description('add new token signing keys'))
    .option('--pool <ID>', 'only this user pool')
    .option('--delay-hours <HOURS>', 'how long the new keys are published before they sign', '24')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const hours = Number(options['delayHours'])
      if (!(hours >= 0 && hours <= 24 * 30)) throw new Error('--delay-hours must be a number from 0 to 720.')
      const userPoolId = options['pool'] === undefined ? undefined : String(options['pool'])
      const rotated = await withCommands(options, (commands) => commands.rotateSigningKeys({ userPoolId, delay: hours * 3_600_000 }))
      if (options['json'] === true) return void process.stdout.write(`${JSON.stringify(rotated)}\n`)
      for (const { userPoolId: id, keyIds } of rotated) process.stdout.write(`${id}  ${keyIds.join('  ')}\n`)
    })
}
