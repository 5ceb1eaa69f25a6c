import type { RunningServer } from '../app.ts'
import type { Config } from '../server/config.ts'

const signInLine = (url: string, { clientId, username, password }: NonNullable<RunningServer['demo']>): string => {
  const body = JSON.stringify({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: clientId,
    AuthParameters: { USERNAME: username, PASSWORD: password },
  })
  return [
    `curl -s ${url}/ \\`,
    `  -H 'Content-Type: application/x-amz-json-1.1' \\`,
    `  -H 'X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth' \\`,
    `  -d '${body}'`,
  ].join('\n')
}

/** What a person reads when a server has started: where it is, and how to get a first token from it. */
export const banner = ({ command, dataDir, host, auth }: Config, { url, port, adminUrl, demo }: RunningServer): string => {
  const where = dataDir === ':memory:' ? 'keeps nothing' : `data in ${dataDir}`
  if (command === 'serve') {
    return `Poolhouse serves ${url} and listens on ${host}:${port} (${where}).\nOperators: ${adminUrl}/ready\n`
  }
  const trust = auth === 'any' ? 'any credentials' : 'signatures are checked'
  const lines = [`Poolhouse is ready: ${url}   (development: ${trust}, ${where})`, '']
  if (demo === undefined) return lines.join('\n')
  return [
    ...lines,
    `  User pool    ${demo.userPoolId}`,
    `  App client   ${demo.clientId}`,
    `  Test user    ${demo.username} / ${demo.password}`,
    `  Messages     ${url}/_poolhouse/messages`,
    '',
    'A first set of tokens:',
    '',
    signInLine(url, demo),
    '',
    '',
  ].join('\n')
}
