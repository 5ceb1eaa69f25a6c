import type { OptionValues } from 'commander'
import { awsEndpoint } from '../../domain/aws-endpoint.ts'
import { decodeBase32 } from '../../domain/base32.ts'
import { isLoopback } from '../../domain/is-loopback.ts'
import { ConfigError } from '../../server/config.ts'
import { demoSeed } from '../../server/demo.ts'
import { bareHost } from '../client/http.ts'
import { serverUrl } from '../client/server-url.ts'
import { textOption } from '../client/text-option.ts'
import type { Secrets } from './secrets.ts'
import type { Terminal } from './terminal.ts'
import { type Grant, grantOf, variableOf } from './token-options.ts'

/** What tokens are wanted, from whom and for whom. */
export interface TokenRequest {
  readonly grant: Grant
  /** Of the API, without a trailing slash. */
  readonly endpoint: string
  /** Of the OAuth endpoints and pages, without a trailing slash. */
  readonly domain: string
  readonly clientId: string
  readonly clientSecret: string | undefined
  /** Whether nobody named the app client. */
  readonly isDemo: boolean
  /** Empty where the grant is for nobody or the token says whom. */
  readonly username: string
  /** Asks for it where nobody gave it and somebody is there; throws ConfigError otherwise. */
  readonly password: () => Promise<string>
  readonly newPassword: string | undefined
  readonly refreshToken: string
  readonly totpSecret: Uint8Array | undefined
  /** The name of the user pool without its region; empty except where SRP needs it. */
  readonly poolName: string
  readonly firstFactor: string | undefined
  readonly scope: string | undefined
  readonly redirectUri: string | undefined
  /** By name. */
  readonly attributes: Readonly<Record<string, string>>
  /** To custom challenges, in their order. */
  readonly answers: readonly string[]
  /** The address whose messages hold the codes, where it was given. */
  readonly mailbox: string | undefined
  readonly codePrompt: boolean
}

/** What a request is read with. */
export interface RequestSources {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly terminal: Terminal
  readonly secrets: Secrets
}

const devServer = 'http://localhost:9339'

const demoPool = demoSeed('us-east-1').pools[0]
const demo = {
  clientId: demoPool?.clients?.[0]?.id ?? '',
  // Which demos made by older versions have too.
  redirectUri: demoPool?.clients?.[0]?.settings?.CallbackURLs?.at(-1),
  poolId: demoPool?.id ?? '',
  username: demoPool?.users?.[0]?.username ?? '',
  password: demoPool?.users?.[0]?.password ?? '',
}

const url = (flag: string, given: string, options: OptionValues): string =>
  serverUrl(flag, given, { insecure: options['insecure'] === true })

const endpointOf = (options: OptionValues): string => {
  const given = textOption(options, 'endpoint')
  if (given !== undefined) return url('--endpoint', given, options)
  const region = textOption(options, 'region')
  if (region === undefined) return devServer
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)) throw new ConfigError('--region must be the name of a region such as eu-central-1.')
  return awsEndpoint(region)
}

const pageGrants: readonly Grant[] = ['code', 'implicit']
const userGrants: readonly Grant[] = ['password', 'srp', 'custom', 'choice', ...pageGrants]

const domainOf = (options: OptionValues, grant: Grant, endpoint: string): string => {
  const given = textOption(options, 'domain')
  if (given !== undefined) return url('--domain', given, options)
  const needsDomain = grant === 'client-credentials' || pageGrants.includes(grant)
  if (needsDomain && new URL(endpoint).hostname.startsWith('cognito-idp.')) {
    throw new ConfigError("This grant needs the address of the user pool's domain: add --domain https://....")
  }
  return endpoint
}

const redirectUriOf = (options: OptionValues): string | undefined => {
  const given = textOption(options, 'redirectUri')
  if (given !== undefined && !URL.canParse(given)) throw new ConfigError('--redirect-uri must be an address.')
  return given
}

const pairs = (flag: string, given: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    given.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new ConfigError(`${flag} must be NAME=VALUE.`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )

const list = (options: OptionValues, name: string): readonly string[] => (options[name] as readonly string[] | undefined) ?? []

const poolNameOf = (given: string): string => {
  const name = given.slice(given.indexOf('_') + 1)
  if (!given.includes('_') || name === '') throw new ConfigError('--pool must be the id of a user pool, such as eu-central-1_AbCdEfGhI.')
  return name
}

const totpSecretOf = (given: string | undefined): Uint8Array | undefined => {
  if (given === undefined) return undefined
  const secret = decodeBase32(given)
  if (secret === undefined) throw new ConfigError('--totp-secret must be base32: the letters A to Z and the digits 2 to 7.')
  return secret
}

interface Credentials {
  readonly clientSecret: string | undefined
  readonly password: string | undefined
  readonly refreshToken: string | undefined
  readonly totpSecret: Uint8Array | undefined
  readonly newPassword: string | undefined
}

/** The secrets of a request, from flags, variables and standard input, in the order in which help lists them. */
const readCredentials = async (options: OptionValues, { env, terminal, secrets }: RequestSources): Promise<Credentials> => {
  const read = async (name: string, flag: string): Promise<string | undefined> => {
    const given = textOption(options, name) ?? (env[variableOf(flag)] || undefined)
    if (given !== '-') return secrets.keep(given)
    const line = await terminal.line(`--${flag}: `, { hidden: true })
    if (!line) throw new ConfigError(`--${flag} should come from standard input, which had no line for it.`)
    return secrets.keep(line)
  }
  return {
    refreshToken: options['refresh'] === undefined ? undefined : await read('refresh', 'refresh'),
    clientSecret: await read('clientSecret', 'client-secret'),
    password: await read('password', 'password'),
    totpSecret: totpSecretOf(await read('totpSecret', 'totp-secret')),
    newPassword: await read('newPassword', 'new-password'),
  }
}

/** Who asks, and for whom. */
const readNames = (options: OptionValues, grant: Grant, endpoint: string) => {
  const isOwn = isLoopback(bareHost(new URL(endpoint)))
  const isForUser = userGrants.includes(grant)
  const given = textOption(options, 'client')
  const clientId = given ?? (isOwn && grant !== 'client-credentials' ? demo.clientId : undefined)
  if (clientId === undefined) throw new ConfigError('Name the app client with --client ID.')
  const isDemo = isOwn && clientId === demo.clientId
  const username = textOption(options, 'user') ?? (isDemo && isForUser ? demo.username : '')
  if (username === '' && isForUser) throw new ConfigError('Name who signs in with --user NAME.')
  return { clientId, username, isDemo, isNamed: given !== undefined }
}

const readPool = (options: OptionValues, grant: Grant, isDemo: boolean): string => {
  const given = textOption(options, 'pool') ?? (isDemo ? demo.poolId : undefined)
  const needsPool = grant === 'srp' || textOption(options, 'firstFactor') === 'PASSWORD_SRP'
  if (needsPool && given === undefined) throw new ConfigError('SRP counts the name of the user pool in: add --pool ID.')
  return given === undefined ? '' : poolNameOf(given)
}

/** A page without JavaScript gets the password itself. */
const requireFitFactor = (options: OptionValues, grant: Grant): void => {
  if (pageGrants.includes(grant) && textOption(options, 'firstFactor') === 'PASSWORD_SRP') {
    throw new ConfigError('Pages take the password itself: --first-factor PASSWORD_SRP is for sign-ins through the API.')
  }
}

/** The API gives the scopes that it always gives, and takes none. */
const requireFitScope = (options: OptionValues, grant: Grant): void => {
  if (list(options, 'scope').length === 0 || grant === 'client-credentials' || pageGrants.includes(grant)) return
  throw new ConfigError(
    '--scope is for --code, --implicit and --client-credentials: sign-ins through the API give aws.cognito.signin.user.admin alone, and new tokens the scopes that the first had.',
  )
}

const requireCredentials = (grant: Grant, { refreshToken, clientSecret }: Credentials): void => {
  if (grant === 'refresh' && refreshToken === undefined) {
    throw new ConfigError(`Give the refresh token: --refresh TOKEN, --refresh - for standard input, or ${variableOf('refresh')}.`)
  }
  if (grant === 'client-credentials' && clientSecret === undefined) {
    throw new ConfigError(`Client credentials need the app client's secret: --client-secret, or ${variableOf('client-secret')}.`)
  }
}

/** The password, which a person is asked for when it is wanted and was not given. */
const passwordOf = (given: string | undefined, username: string, { terminal, secrets }: RequestSources): (() => Promise<string>) => {
  let known = given
  return async () => {
    if (terminal.isInteractive) known ??= secrets.keep(await terminal.line(`Password of ${username}: `, { hidden: true }))
    if (known) return known
    throw new ConfigError(`Give the password of ${username}: --password, --password - for standard input, or ${variableOf('password')}.`)
  }
}

/** What the flags, variables and standard input ask for. Throws ConfigError, which repeats no secret, for what does not go together. */
export const readTokenRequest = async (options: OptionValues, sources: RequestSources): Promise<TokenRequest> => {
  const grant = grantOf(options)
  requireFitFactor(options, grant)
  requireFitScope(options, grant)
  const endpoint = endpointOf(options)
  const domain = domainOf(options, grant, endpoint)
  const { clientId, username, isDemo, isNamed } = readNames(options, grant, endpoint)
  const credentials = await readCredentials(options, sources)
  requireCredentials(grant, credentials)
  const isDemoUser = isDemo && username === demo.username
  return {
    grant,
    endpoint,
    domain,
    clientId,
    clientSecret: credentials.clientSecret,
    isDemo: isDemo && !isNamed,
    username,
    password: passwordOf(credentials.password ?? (isDemoUser ? demo.password : undefined), username, sources),
    newPassword: credentials.newPassword,
    refreshToken: credentials.refreshToken ?? '',
    totpSecret: credentials.totpSecret,
    poolName: readPool(options, grant, isDemo),
    firstFactor: textOption(options, 'firstFactor'),
    scope: list(options, 'scope').join(' ') || undefined,
    redirectUri: redirectUriOf(options) ?? (isDemo ? demo.redirectUri : undefined),
    attributes: pairs('--attribute', list(options, 'attribute')),
    answers: list(options, 'answer').map((answer) => sources.secrets.keep(answer)),
    mailbox: textOption(options, 'mailbox'),
    codePrompt: options['codePrompt'] === true,
  }
}
