import type { RunningServer } from '../app.ts'
import type { Config } from '../server/config.ts'
import { quoted } from '../server/tls/trust-commands.ts'

/** What of a server the banner names. */
export type ShownServer = Pick<RunningServer, 'url' | 'port' | 'adminUrl' | 'authority' | 'demo'>

const signInLine = ({ url, authority }: ShownServer, { clientId, username, password }: NonNullable<RunningServer['demo']>): string => {
  const body = JSON.stringify({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: clientId,
    AuthParameters: { USERNAME: username, PASSWORD: password },
  })
  return [
    `curl -s ${authority?.path === undefined ? '' : `--cacert ${quoted(authority.path)} `}${url}/ \\`,
    `  -H 'Content-Type: application/x-amz-json-1.1' \\`,
    `  -H 'X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth' \\`,
    `  -d '${body}'`,
  ].join('\n')
}

const trustLines = ({ authority }: ShownServer, trustCommand: string | undefined): string[] =>
  authority?.path === undefined || trustCommand === undefined
    ? []
    : [
        'Its certificate is trusted once this was run (poolhouse trust says more), and by Node.js with the second line:',
        '',
        `  ${trustCommand}`,
        `  export NODE_EXTRA_CA_CERTS=${quoted(authority.path)}`,
        '',
      ]

/**
 * What a person reads when a server has started: where it is, what makes this machine trust it (`trustCommand`, with a local authority),
 * and how to get a first token from it.
 */
export const banner = (
  { command, dataDir, database, host, auth, workers, adminUrl: proxied }: Config,
  server: ShownServer,
  trustCommand?: string,
): string => {
  const { url, port, adminUrl, demo } = server
  const where = database !== undefined ? 'data in PostgreSQL' : dataDir === ':memory:' ? 'keeps nothing' : `data in ${dataDir}`
  if (command === 'serve') {
    return `Poolhouse serves ${url} and listens on ${host}:${port} (${where}${workers > 1 ? `, ${workers} workers` : ''}).\nOperators: ${adminUrl}/ready, console: ${proxied ?? adminUrl}/console/\n`
  }
  const trust = auth === 'any' ? 'any credentials' : 'signatures are checked'
  const lines = [`Poolhouse is ready: ${url}   (development: ${trust}, ${where})`, '', ...trustLines(server, trustCommand)]
  if (demo === undefined) return lines.join('\n')
  return [
    ...lines,
    `  User pool    ${demo.userPoolId}`,
    `  App client   ${demo.clientId}`,
    `  Test user    ${demo.username} / ${demo.password}`,
    `  Messages     ${url}/_poolhouse/messages`,
    `  Console      ${url}/console/`,
    `  Sign-in page ${url}${demo.signInPath}`,
    '',
    'A first set of tokens:',
    '',
    signInLine(server, demo),
    '',
    '',
  ].join('\n')
}
