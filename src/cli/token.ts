import { setTimeout as sleep } from 'node:timers/promises'
import type { Command, OptionValues } from 'commander'
import { systemClock } from '../clock.ts'
import { systemRandom } from '../random.ts'
import { createSend } from './client/http.ts'
import { readAuthority } from './client/read-authority.ts'
import { byPages } from './token/by-pages.ts'
import { createApi } from './token/call-api.ts'
import { createCodes } from './token/codes.ts'
import { givenOptions } from './token/given-options.ts'
import { createMailbox } from './token/mailbox.ts'
import { printTokens } from './token/print-tokens.ts'
import { refresh } from './token/refresh.ts'
import { createSecrets } from './token/secrets.ts'
import { signIn } from './token/sign-in.ts'
import { openTerminal } from './token/terminal.ts'
import { clientCredentials } from './token/token-endpoint.ts'
import { addTokenOptions, type Grant, printingOf } from './token/token-options.ts'
import { readTokenRequest } from './token/token-request.ts'
import type { TokenRun } from './token/token-run.ts'
import type { Tokens } from './token/tokens.ts'

const examples = `Gets tokens without a person, for any grant.

Examples:
  poolhouse token                                    the demo user of \`poolhouse dev\`, by password
  curl -H @<(poolhouse token --header) http://localhost:8080/api
  eval "$(poolhouse token --env)"                    ACCESS_TOKEN, ID_TOKEN and REFRESH_TOKEN in this shell
  poolhouse token --client CLIENT --user ana --password - --id < password.txt
  poolhouse token --srp --pool us-east-1_EXAMPLE --client CLIENT --user ana
  poolhouse token --code --client CLIENT --user ana --redirect-uri https://app.example.com/callback --scope "openid email"
  poolhouse token --client-credentials --client CLIENT --scope api/read      its secret in POOLHOUSE_TOKEN_CLIENT_SECRET
  POOLHOUSE_TOKEN_REFRESH=$REFRESH_TOKEN poolhouse token --refresh --access
  poolhouse token --user ana --totp-secret - < base32.txt     makes the code of the authenticator app
  poolhouse token --region eu-central-1 --client CLIENT --user ana     the same from AWS

Codes by e-mail or SMS are read from the mailbox of a development server. Other users of the machine see flags, those of curl too: a secret
belongs in a variable, or is given as - on standard input, a line each in the order refresh token, client secret, password, TOTP secret, new
password.
`

const exitCodes = `
Exit codes: 0 tokens were printed, 1 refused or unreachable, 2 wrong usage.`

const grants: Readonly<Record<Grant, (run: TokenRun) => Promise<Tokens>>> = {
  password: signIn,
  srp: signIn,
  choice: signIn,
  custom: signIn,
  refresh,
  'client-credentials': clientCredentials,
  code: byPages,
  implicit: byPages,
}

const run = async (_: OptionValues, command: Command): Promise<void> => {
  const options = givenOptions(command)
  const terminal = openTerminal()
  const secrets = createSecrets()
  try {
    const printing = printingOf(options)
    const request = await readTokenRequest(options, { env: process.env, terminal, secrets })
    const send = createSend(await readAuthority(options))
    const codes = createCodes({ request, mailbox: createMailbox(send, request), terminal, clock: systemClock, sleep })
    const tokens = await grants[request.grant]({
      request,
      send,
      codes,
      callApi: createApi(send, request),
      clock: systemClock,
      random: systemRandom,
    })
    process.stdout.write(printTokens(tokens, printing))
  } catch (error) {
    if (error instanceof Error) {
      error.message = secrets.hide(error.message)
      error.stack = secrets.hide(error.stack ?? '')
    }
    throw error
  } finally {
    terminal.close()
  }
}

/** What was typed in the wrong place may be a secret: commander's messages repeat it. */
const withoutValues = (message: string): string =>
  message.replace(/(unknown option '[^'=]*)=[^\n]*'/, "$1'").replace(/(too many arguments[^\n]*? but got \d+): [^\n]*/, '$1.')

/** `poolhouse token`. */
export const configureToken = (command: Command): void => {
  addTokenOptions(command)
    .usage('[flags]')
    .addHelpText('before', examples)
    .addHelpText('after', exitCodes)
    .configureOutput({ outputError: (message, write) => write(withoutValues(message)) })
    .action(run)
}
