import { type Command, Option } from 'commander'
import { addSettingOptions } from './setting-options.ts'
import { startServer } from './start-server.ts'

const examples = `Starts a server for production: signatures and policies are checked, e-mail is sent, there are no test hooks.

Examples:
  openssl rand -base64 32 > master.key && chmod 600 master.key
  export POOLHOUSE_SMTP_URL=smtps://user:password@mail.example.com
  poolhouse serve --public-url https://id.example.com --master-key-file ./master.key --smtp-from id@example.com
  POOLHOUSE_DATABASE=postgres://... poolhouse serve --workers 4 ...
                                     four processes on the same ports, each with its own --database-connections
`

/** `poolhouse serve`: needs a master key and a public URL. */
export const configureServe = (command: Command): void => {
  addSettingOptions(command, 'serve')
  command
    .addOption(new Option('--lifeline', 'stop when standard input closes').hideHelp())
    .usage('[flags]')
    .addHelpText('before', examples)
    .action((options: Record<string, unknown>) => startServer('serve', options))
}
