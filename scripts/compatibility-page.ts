import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { operationNames } from '../src/model/model.ts'
import { operations } from '../src/operations/index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('.gen.ts') ? [path] : []
  })

/** A comment's sentence about a guess: from the word to the end of the comment, over its lines. */
const guessesIn = (path: string): string[] => {
  const text = readFileSync(path, 'utf8').replace(/\n[ \t]*(?:\*(?!\/)|\/\/)[ \t]?/g, ' ')
  return [...text.matchAll(/\b[Gg]uess: ([^\n]*?)(?=\s*(?:\*\/|\n|$))/g)].map(([, sentence = '']) => sentence.replace(/\s+/g, ' ').trim())
}

/** The sentences about guesses in the comments of the code, each with its file. */
export const guesses = (): { path: string; sentence: string }[] =>
  sources(join(root, 'src'))
    .sort()
    .flatMap((path) => guessesIn(path).map((sentence) => ({ path: relative(root, path), sentence })))

/** docs/compatibility.md: what is built, what is not, what differs, and where AWS's behaviour is guessed. */
export const compatibilityPage = (): string => {
  const built = operationNames.filter((name) => name in operations)
  const missing = operationNames.filter((name) => !(name in operations))
  return `# Compatibility with Amazon Cognito user pools

Made by \`npm run generate\` from the operation table, docs/deviations.md and the comments in the code. Do not edit.

${built.length} of ${operationNames.length} API operations are built. One that is not answers \`NotImplementedException\` with its name.

## Built

${built.map((name) => `\`${name}\``).join(', ')}

## Not built yet

${missing.map((name) => `\`${name}\``).join(', ')}

## What differs

${readFileSync(join(root, 'docs/deviations.md'), 'utf8').trim()}

## Where AWS's behaviour is a guess

Neither documented nor seen in a public capture; reports are welcome.

${guesses()
  .map(({ path, sentence }) => `- \`${path}\`: ${sentence}`)
  .join('\n')}
`
}

const families: Readonly<Record<string, string>> = {
  'user-pools': 'User pools',
  'app-clients': 'App clients',
  'client-secrets': 'App client secrets',
  'resource-servers': 'Resource servers',
  groups: 'Groups',
  tags: 'Tags',
  'sign-up': 'Sign-up',
  passwords: 'Passwords',
  authentication: 'Sign-in and tokens',
  users: 'Users and attributes',
  mfa: 'MFA preferences and software tokens',
  passkeys: 'Passkeys',
  devices: 'Devices',
  sessions: 'User sessions',
  'threat-protection': 'Threat protection',
  domains: 'Domains',
  branding: 'Looks of the sign-in pages',
  terms: 'Terms documents',
}

/** What is there besides operations of its own. */
const beside = [
  ['Ways to sign in', 'password (plain, SRP), one-time codes, passkeys, choice (`USER_AUTH`), custom challenges, step-up'],
  ['Second factors', 'SMS, e-mail, authenticator app, remembered devices'],
  ['Triggers', 'every Lambda trigger but InboundFederation: as a file, a webhook, or a function behind the Lambda API'],
  ['Tokens', 'ID, access and refresh tokens, rotation, JWKS, discovery, rotation of keys'],
  [
    'OAuth 2.0 and OpenID Connect',
    'authorization code (with and without PKCE), implicit, client credentials, refresh; authorize, token, userInfo, revoke, dynamic registration; introspection, RP-initiated and back-channel logout, `iss`, required PKCE where asked for ([docs/oauth.md](docs/oauth.md))',
  ],
  [
    'Console',
    'pools, app clients, users, groups, resource servers, domains, looks, triggers, mailbox, sign-in tester, dashboard; in `serve` for operators with a password, an authenticator code and a policy ([docs/operators.md](docs/operators.md))',
  ],
  [
    'Data',
    'SQLite in one file, or PostgreSQL for several nodes on the same data; backup, restore, copies between them ([docs/operations.md](docs/operations.md))',
  ],
  ['Tools', '`poolhouse token`, `poolhouse postman`, `poolhouse gateway`, `poolhouse/guard`'],
  [
    'Hosted sign-in pages',
    'classic and managed login, every challenge, sign-up, recovery, passkeys, single sign-on, 16 languages, light and dark, branding and terms; without JavaScript but for passkeys',
  ],
]

const later = [
  ['Federation (SAML, OIDC, social), import jobs, log delivery, replicas, limits', '`NotImplementedException`'],
  ['The trigger InboundFederation', 'stored, never called'],
  ['Request rates that several nodes on one database count together', 'each node counts for itself'],
]

/** README.md with the table of what is there and what is not between its two status marks. */
export const readmePage = (): string => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const folders = readdirSync(join(root, 'src/operations'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const rows = folders.map(({ name }) => {
    const files = sources(join(root, 'src/operations', name))
    const built = files.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/: Operation<'(\w+)'>/g)].map(([, operation]) => operation),
    )
    return `| ${families[name] ?? name} | ${built.length} operations |`
  })
  const table = [
    `${Object.keys(operations).length} of ${operationNames.length} API operations are built.`,
    '',
    '| there | |',
    '|---|---|',
    ...rows,
    ...beside.map(([what, how]) => `| ${what} | ${how} |`),
    '',
    '| not there yet | until then |',
    '|---|---|',
    ...later.map(([what, how]) => `| ${what} | ${how} |`),
  ].join('\n')
  return text.replace(/(<!-- status[^\n]*-->\n)[\s\S]*?(<!-- \/status -->)/, `$1${table}\n$2`)
}
