import { Command } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { commands } from './commands.ts'

const introduction = `Poolhouse is an identity server that speaks the Amazon Cognito user pools protocol.

  poolhouse dev                        start on http://localhost:9339 with a demo pool; data in ./.poolhouse
  poolhouse dev --data-dir :memory:    the same, keeping nothing
  poolhouse dev --port 0 --empty       on any free port, without the demo pool
  poolhouse serve --help               start for production: what it needs

Settings may stand in flags, in POOLHOUSE_... variables or in ./poolhouse.yaml, in that order of strength.
`

const exitCodes = `
Exit codes: 0 done, 1 failed, 2 wrong usage or settings.`

/** The program as commander sees it. Only the commands that `argv` names are loaded; of the others help needs the summary alone. */
export const createProgram = async (argv: readonly string[]): Promise<Command> => {
  const program = new Command('poolhouse')
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('(`poolhouse --help` shows what there is)')
    .addHelpText('before', introduction)
    .addHelpText('after', exitCodes)
    .usage('COMMAND [flags]')
    .version(manifest.version, '--version', 'print the version')
    .helpOption('--help', 'print help; `poolhouse COMMAND --help` shows the flags of a command')
    .helpCommand(false)
  for (const { name, summary, load } of commands) {
    const command = program.command(name).summary(summary).helpOption('--help', 'print help').exitOverride()
    command.showHelpAfterError(`(\`poolhouse ${name} --help\` shows how it is used)`)
    if (argv.includes(name)) (await load())(command)
  }
  return program
}
