import type { Kind, ListKind } from './setting-kinds.ts'
import {
  adminUrlKind,
  hostKind,
  listOf,
  logoutUrlKind,
  mappingList,
  networkKind,
  oneOf,
  publicUrlKind,
  rateKind,
  textLike,
  toggle,
  wholeNumber,
} from './setting-kinds.ts'

/** The two ways to run. */
export type RunCommand = 'dev' | 'serve'

/** One thing that an operator can choose. */
export interface Setting<T> {
  /** `port`: the flag is --port, the variable POOLHOUSE_PORT, the key in poolhouse.yaml port. */
  readonly name: string
  readonly kind: Kind<T> | ListKind<unknown>
  /** The values where nothing is said; a command that can't set it always has this one. */
  readonly dev: T
  readonly serve: T
  /** The value where nothing is said and the profile is `hardened`; undefined: the same as in any profile. */
  readonly hardened?: T
  readonly commands: readonly RunCommand[]
  readonly group: SettingGroup
  /** One sentence for help texts and docs/configuration.md. */
  readonly doc: string
  /** Never repeated in messages, and taken out of the environment once it is read. */
  readonly secret?: true
  /** A secret that command lines and files must not hold. */
  readonly environmentOnly?: true
}

/** Headings of help texts and of docs/configuration.md. */
export type SettingGroup =
  | 'Everyday'
  | 'Addresses'
  | 'Database'
  | 'TLS'
  | 'Access'
  | 'Behaviour'
  | 'Messages'
  | 'Triggers'
  | 'Tokens and names'
  | 'OAuth'
  | 'Limits'
  | 'Logs'

/** The name of the variable that holds a setting. */
export const variableOf = (name: string): string => `POOLHOUSE_${name.toUpperCase().replaceAll('-', '_')}`

const both: readonly RunCommand[] = ['dev', 'serve']
const dev: readonly RunCommand[] = ['dev']
const serve: readonly RunCommand[] = ['serve']

type Rest<T> = Omit<Setting<T>, 'name' | 'kind' | 'doc'>

const setting = <const T>(name: string, kind: Kind<T>, rest: Rest<NoInfer<T>>, doc: string): Setting<T> => ({ name, kind, doc, ...rest })

/** A setting that may be left out without a value taking its place. */
const optional = <T>(name: string, kind: Kind<T>, rest: Omit<Rest<T>, 'dev' | 'serve'>, doc: string): Setting<T | undefined> => ({
  name,
  kind,
  doc,
  dev: undefined,
  serve: undefined,
  ...rest,
})

const port = (least: number) => wholeNumber('PORT', least, 65_535)
const region = textLike('REGION', 'the name of a region such as eu-central-1', /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/)
const path = textLike('PATH', 'a path', /\S/)

/** Everything that can be set: the one table behind flags, environment, poolhouse.yaml, help texts and docs/configuration.md. */
export const settings = {
  port: setting('port', port(0), { dev: 9339, serve: 9339, commands: both, group: 'Everyday' }, 'Port to listen on; 0 takes a free one.'),
  dataDir: setting(
    'data-dir',
    path,
    { dev: './.poolhouse', serve: './.poolhouse', commands: both, group: 'Everyday' },
    'Folder that holds the database, unless `database` names one; `:memory:` keeps nothing.',
  ),
  database: optional(
    'database',
    textLike('URL', 'an address such as postgres://user:password@db.example.com:5432/poolhouse', /^postgres(?:ql)?:\/\/\S+$/i),
    { commands: both, group: 'Database', secret: true },
    'PostgreSQL database that keeps the data, in place of a file in the data folder; several hosts with commas between them are tried in turn (docs/operations.md).',
  ),
  databaseConnections: setting(
    'database-connections',
    wholeNumber('COUNT', 2, 1000),
    { dev: 10, serve: 10, commands: both, group: 'Database' },
    'Connections to the database that this server opens at most, or each of its workers.',
  ),
  workers: setting(
    'workers',
    wholeNumber('COUNT', 1, 32),
    { dev: 1, serve: 1, commands: serve, group: 'Database' },
    'Processes that answer on the same ports, for more cores than one can feed; more than one needs `database`, and `database-connections` is of each (docs/operations.md).',
  ),
  databaseUnprepared: setting(
    'database-unprepared',
    toggle,
    { dev: false, serve: false, commands: both, group: 'Database' },
    'Prepares no statements, for a connection pooler that does not pass them on.',
  ),
  migrate: setting(
    'migrate',
    oneOf('auto', 'off'),
    { dev: 'auto', serve: 'auto', commands: both, group: 'Database' },
    'Whether the schema of the data is brought up to date at the start; with `off`, data of another schema is refused until `poolhouse migrate up` was run.',
  ),
  empty: setting(
    'empty',
    toggle,
    { dev: false, serve: true, commands: dev, group: 'Everyday' },
    'Leaves out the demo pool that is made in an empty data folder.',
  ),
  fixedCode: optional(
    'fixed-code',
    textLike('CODE', 'six digits', /^\d{6}$/),
    { commands: dev, group: 'Everyday' },
    'Makes every confirmation code this one.',
  ),
  host: setting(
    'host',
    hostKind,
    { dev: 'localhost', serve: '127.0.0.1', commands: both, group: 'Addresses' },
    'Address to listen on; `localhost` means 127.0.0.1 and ::1.',
  ),
  expose: setting(
    'expose',
    toggle,
    { dev: false, serve: true, commands: dev, group: 'Addresses' },
    'Lets --host be an address that other machines can reach, although a development server checks nobody.',
  ),
  allowedHosts: setting(
    'allowed-host',
    listOf(hostKind),
    { dev: [], serve: [], commands: dev, group: 'Addresses' },
    'Another host name that the development server answers for, besides localhost.',
  ),
  publicUrl: optional(
    'public-url',
    publicUrlKind,
    { commands: both, group: 'Addresses' },
    'Address under which clients reach the server; part of the issuer of every token. A path in it is one that a proxy takes off. Required by `serve`.',
  ),
  trustedProxies: setting(
    'trusted-proxies',
    listOf(networkKind),
    { dev: [], serve: [], commands: both, group: 'Addresses' },
    'Proxies whose X-Forwarded-For is believed.',
  ),
  adminHost: setting(
    'admin-host',
    hostKind,
    { dev: '127.0.0.1', serve: '127.0.0.1', commands: serve, group: 'Addresses' },
    'Address of the listener for operators.',
  ),
  adminPort: setting(
    'admin-port',
    port(0),
    { dev: 9340, serve: 9340, commands: serve, group: 'Addresses' },
    'Port of the listener for operators.',
  ),
  adminUrl: optional(
    'admin-url',
    adminUrlKind,
    { commands: serve, group: 'Addresses' },
    'Address of a proxy in front of the listener for operators, from where the console is to be reached (docs/operators.md). Without it the console answers this machine alone.',
  ),
  tls: setting(
    'tls',
    toggle,
    { dev: false, serve: false, commands: dev, group: 'TLS' },
    'Speaks HTTPS with certificates of a local authority; `poolhouse trust` tells how a machine trusts it (docs/tls.md).',
  ),
  tlsCert: optional(
    'tls-cert',
    path,
    { commands: both, group: 'TLS' },
    'Speaks HTTPS with the certificate in this file (PEM, with its chain). Read again when it changes.',
  ),
  tlsKey: optional('tls-key', path, { commands: both, group: 'TLS' }, 'File with the private key of tls-cert (PEM, without a passphrase).'),
  auth: setting(
    'auth',
    oneOf('any', 'verify'),
    { dev: 'any', serve: 'verify', commands: dev, group: 'Access' },
    '`any` accepts every AWS-style credential; `verify` checks signatures and policies as `serve` does.',
  ),
  masterKeyFiles: setting(
    'master-key-file',
    listOf(path),
    { dev: [], serve: [], commands: both, group: 'Access' },
    'File with the master key: 32 random bytes as base64 or hex, mode 0600 or 0400. The first of several is the current one.',
  ),
  masterKeyTexts: setting(
    'master-key',
    listOf(textLike('KEY', '32 random bytes as base64 or hex', /^\S*$/)),
    { dev: [], serve: [], commands: both, group: 'Access', secret: true, environmentOnly: true },
    'The master key itself, in place of a file; several are parted by commas, the first is the current one.',
  ),
  profile: setting(
    'profile',
    oneOf('cognito', 'hardened'),
    { dev: 'cognito', serve: 'cognito', commands: both, group: 'Behaviour' },
    'Defaults of other settings: `cognito` does as AWS does, `hardened` prefers safety where AWS is lenient. No request or answer changes its shape.',
  ),
  refreshReuse: setting(
    'refresh-reuse',
    oneOf('keep', 'revoke-family'),
    { dev: 'keep', serve: 'keep', hardened: 'revoke-family', commands: both, group: 'Behaviour' },
    'What a rotated refresh token that is used again does beside being refused: nothing, or it ends the sign-in that it belongs to.',
  ),
  lockout: setting(
    'lockout',
    oneOf('user', 'user+source'),
    { dev: 'user', serve: 'user', hardened: 'user+source', commands: both, group: 'Behaviour' },
    'Whom wrong passwords lock out: everybody who signs in as the user, or only callers of the network that they came from.',
  ),
  sessionsOnPasswordChange: setting(
    'sessions-on-password-change',
    oneOf('keep', 'end'),
    { dev: 'keep', serve: 'keep', hardened: 'end', commands: both, group: 'Behaviour' },
    'What ChangePassword does to the sign-ins of the user: nothing, or all of them end, the caller’s too.',
  ),
  unprovedAccounts: setting(
    'unproved-accounts',
    oneOf('guard', 'keep'),
    { dev: 'guard', serve: 'guard', commands: both, group: 'Behaviour' },
    'A sign-up that a code of a passwordless sign-in confirms: `guard` drops its password and sends such codes to verified addresses only; `keep` is as on AWS.',
  ),
  compromisedPasswords: optional(
    'compromised-passwords',
    path,
    { commands: both, group: 'Behaviour' },
    'File of passwords that threat protection takes for compromised, beside a built-in list: one on each line, or sorted SHA-1 hashes (docs/threat-protection.md).',
  ),
  delivery: setting(
    'delivery',
    oneOf('mailbox', 'smtp'),
    { dev: 'mailbox', serve: 'smtp', commands: dev, group: 'Messages' },
    '`mailbox` keeps messages for reading; `smtp` sends e-mail, and SMS to sms-url, as `serve` does.',
  ),
  smtpUrl: optional(
    'smtp-url',
    textLike('URL', 'an address such as smtps://user:password@mail.example.com:465', /^smtps?:\/\/\S+$/i),
    { commands: both, group: 'Messages', secret: true },
    'Mail server, with user name and password if it wants them. Required by `serve`.',
  ),
  smtpFrom: optional(
    'smtp-from',
    textLike('ADDRESS', 'a mail address, alone or as `Name <address>`', /^[^\p{C}]*[^\s<>@]@[^\s<>@]+>?$/u),
    { commands: both, group: 'Messages' },
    'Sender of e-mail where a user pool names none. Required by `serve`.',
  ),
  smsUrl: optional(
    'sms-url',
    textLike('URL', 'an http or https URL without user name and fragment', /^https?:\/\/[^\s@#]+$/i),
    { commands: both, group: 'Messages' },
    'Endpoint that sends SMS: each is POSTed to it as signed JSON (docs/sms.md). Without it no SMS leaves; `dev` uses it with --delivery smtp only.',
  ),
  smsSecret: optional(
    'sms-secret',
    textLike('SECRET', 'at least 16 characters without blanks', /^\S{16,}$/),
    { commands: both, group: 'Messages', secret: true },
    'Secret that the messages to sms-url are signed with.',
  ),
  triggerTexts: setting(
    'trigger',
    mappingList,
    { dev: [], serve: [], commands: both, group: 'Triggers' },
    'Where a function is that user pools name by its ARN in LambdaConfig (docs/triggers.md); a file is JavaScript or TypeScript. May be given several times.',
  ),
  triggerSecret: optional(
    'trigger-secret',
    textLike('SECRET', 'at least 32 characters without blanks', /^\S{32,}$/),
    { commands: both, group: 'Triggers', secret: true },
    'Secret that calls of webhooks are signed with. Required by `serve` where a trigger is a webhook; `dev` makes one in the data folder.',
  ),
  lambdaAccessKeyId: optional(
    'lambda-access-key-id',
    textLike('ID', 'an access key id', /^[\w-]{3,128}$/),
    { commands: both, group: 'Triggers' },
    'Access key that signs calls of the Lambda API; `dev` makes one up.',
  ),
  lambdaSecretAccessKey: optional(
    'lambda-secret-access-key',
    textLike('KEY', 'a secret access key', /^\S+$/),
    { commands: both, group: 'Triggers', secret: true, environmentOnly: true },
    'Its secret.',
  ),
  lambdaSessionToken: optional(
    'lambda-session-token',
    textLike('TOKEN', 'a session token', /^\S+$/),
    { commands: both, group: 'Triggers', secret: true, environmentOnly: true },
    'Its session token, if it is temporary.',
  ),
  senderKeyFile: optional(
    'sender-key-file',
    path,
    { commands: both, group: 'Triggers' },
    'File with the key under which codes go to custom senders: 32 random bytes as base64 or hex, mode 0600 or 0400. `dev` makes one in the data folder.',
  ),
  senderKeyText: optional(
    'sender-key',
    textLike('KEY', '32 random bytes as base64 or hex', /^\S*$/),
    { commands: both, group: 'Triggers', secret: true, environmentOnly: true },
    'The key itself, in place of a file.',
  ),
  issuer: setting(
    'issuer',
    oneOf('own', 'aws'),
    { dev: 'own', serve: 'own', commands: both, group: 'Tokens and names' },
    'Issuer in tokens: `own` is the public URL and the pool id, `aws` is https://cognito-idp.REGION.amazonaws.com and the pool id.',
  ),
  accountId: setting(
    'account-id',
    textLike('DIGITS', 'twelve digits', /^\d{12}$/),
    { dev: '000000000000', serve: '000000000000', commands: both, group: 'Tokens and names' },
    'Account number in ARNs.',
  ),
  regions: setting<readonly string[] | undefined>(
    'regions',
    listOf(region),
    { dev: undefined, serve: ['us-east-1'], commands: both, group: 'Tokens and names' },
    'Regions that answer; `dev` answers for any when none is named.',
  ),
  defaultRegion: optional(
    'default-region',
    region,
    { commands: both, group: 'Tokens and names' },
    'Region of a call that names none: the first of `regions`, else us-east-1.',
  ),
  requirePkce: setting(
    'require-pkce',
    oneOf('off', 'public', 'all'),
    { dev: 'off', serve: 'off', hardened: 'public', commands: both, group: 'OAuth' },
    'Which app clients must send a PKCE challenge to get a code: only those of `require-pkce-client` (`off`), those without a secret too (`public`), or `all`.',
  ),
  requirePkceClients: setting(
    'require-pkce-client',
    listOf(textLike('ID', 'the id of an app client', /^[\w+]{1,128}$/)),
    { dev: [], serve: [], commands: both, group: 'OAuth' },
    'An app client that must send a PKCE challenge, whatever require-pkce says. May be given several times.',
  ),
  responseIss: setting(
    'authorization-response-iss',
    toggle,
    { dev: false, serve: false, commands: both, group: 'OAuth' },
    'Adds the issuer to every redirect that answers an authorization request (`iss`, RFC 9207).',
  ),
  rpInitiatedLogout: setting(
    'rp-initiated-logout',
    toggle,
    { dev: false, serve: false, commands: both, group: 'OAuth' },
    'Lets /logout take the parameters of OpenID Connect RP-Initiated Logout 1.0 beside those of AWS.',
  ),
  introspection: setting(
    'introspection',
    toggle,
    { dev: false, serve: false, commands: both, group: 'OAuth' },
    'Serves /oauth2/introspect, where an app client with a secret asks whether a token of its user pool is good (RFC 7662).',
  ),
  pageOpener: setting(
    'page-opener',
    oneOf('cut', 'keep'),
    { dev: 'cut', serve: 'cut', commands: both, group: 'OAuth' },
    'Sign-in pages in a pop-up: `cut` parts them from the page that opened them, `keep` lets `window.opener` work as on AWS.',
  ),
  strictOidc: setting(
    'strict-oidc',
    toggle,
    { dev: false, serve: false, commands: both, group: 'OAuth' },
    'Follows OpenID Connect where AWS deviates from it, rp-initiated-logout included (docs/oidc-conformance.md).',
  ),
  customAuthPages: setting(
    'custom-auth-pages',
    toggle,
    { dev: false, serve: false, commands: both, group: 'OAuth' },
    'Lets the hosted pages ask the questions of CUSTOM_AUTH in place of a password, for app clients that allow the flow in pools with its three functions.',
  ),
  backchannelLogout: setting(
    'backchannel-logout',
    listOf(logoutUrlKind),
    { dev: [], serve: [], commands: both, group: 'OAuth' },
    'Where an app client is told that somebody has signed out: logout tokens are POSTed to the URL (docs/backchannel-logout.md). May be given several times.',
  ),
  passwordChecks: setting(
    'password-checks',
    wholeNumber('COUNT', 1, 1000),
    { dev: 5, serve: 5, commands: both, group: 'Limits' },
    'How many passwords of one user are checked at the same time. Workers divide them, at least one each: more workers than this allow that many.',
  ),
  rateLimits: setting(
    'rate-limits',
    oneOf('off', 'cognito'),
    { dev: 'off', serve: 'cognito', commands: both, group: 'Limits' },
    'Requests per second by category of operations, in each region: those that AWS grants an account, or as many as the machine can do.',
  ),
  rateLimit: setting(
    'rate-limit',
    listOf(rateKind),
    { dev: [], serve: [], commands: both, group: 'Limits' },
    'Another rate for one category, also where rate-limits is off. Each server counts for itself, its workers together.',
  ),
  maxBody: setting(
    'max-body',
    wholeNumber('BYTES', 1024, 64 * 1024 * 1024),
    { dev: 2 * 1024 * 1024, serve: 2 * 1024 * 1024, commands: both, group: 'Limits' },
    'Longest request body in bytes.',
  ),
  maxHeaders: setting(
    'max-headers',
    wholeNumber('BYTES', 1024, 1024 * 1024),
    { dev: 16 * 1024, serve: 16 * 1024, commands: both, group: 'Limits' },
    'Longest request header in bytes.',
  ),
  headersTimeout: setting(
    'headers-timeout',
    wholeNumber('MILLISECONDS', 100, 600_000),
    { dev: 10_000, serve: 10_000, commands: both, group: 'Limits' },
    'How long a client may take for its request header, in milliseconds.',
  ),
  logLevel: setting(
    'log-level',
    oneOf('debug', 'info', 'warn', 'error', 'silent'),
    { dev: 'info', serve: 'info', commands: both, group: 'Logs' },
    'Least urgent messages that are logged.',
  ),
  logFormat: setting(
    'log-format',
    oneOf('text', 'json'),
    { dev: 'text', serve: 'json', commands: both, group: 'Logs' },
    'Log lines for people or for machines.',
  ),
} as const

/** A property of Config that comes from the table. */
export type SettingKey = keyof typeof settings

/** The table's values by their keys, as the kinds read them. */
export type SettingValues = {
  readonly [Key in SettingKey]: (typeof settings)[Key] extends Setting<infer T> ? T : never
}

/** The variables that hold secrets: to be removed from the environment after reading. */
export const secretVariables: readonly string[] = Object.values<Setting<unknown>>(settings)
  .filter(({ secret }) => secret)
  .map(({ name }) => variableOf(name))
