import { type Command, Option } from 'commander'
import { addSettingOptions } from './setting-options.ts'
import { startServer } from './start-server.ts'

const examples = `Starts a server for development: any credentials will do, messages are kept in a mailbox.

Examples:
  poolhouse dev                                     start on http://localhost:9339 with a demo pool
  poolhouse dev --data-dir :memory: --port 0        for one test run: keeps nothing, takes a free port
  poolhouse dev --fixed-code 123456                 every confirmation code is 123456
  poolhouse dev --trigger arn:aws:lambda:us-east-1:000000000000:function:pre-sign-up=./pre-sign-up.ts
                                                    pools may name that ARN in LambdaConfig
  poolhouse dev --tls                               the same on https://localhost:9339, see poolhouse trust --help
  poolhouse dev --host 0.0.0.0 --expose --allowed-host cognito
                                                    in a container, reached as http://cognito:9339
`

/** `poolhouse dev`: loopback, any credentials, messages kept, test hooks on. */
export const configureDev = (command: Command): void => {
  addSettingOptions(command, 'dev')
  command
    .addOption(new Option('--lifeline', 'stop when standard input closes').hideHelp())
    .usage('[flags]')
    .addHelpText('before', examples)
    .action((options: Record<string, unknown>) => startServer('dev', options))
}
