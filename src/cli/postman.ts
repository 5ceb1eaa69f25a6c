import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import type { JmeterUser } from '../postman/jmeter-plan.ts'
import type { PostmanTarget, SigningKeys } from '../postman/target.ts'
import { ConfigError } from '../server/config.ts'
import { demoSeed } from '../server/demo.ts'
import { Refusal } from './client/refusal.ts'
import { textOption } from './client/text-option.ts'
import { clientSecretVariable, givenSecret, passwordVariable } from './postman/given-secret.ts'
import type { TargetRequest } from './postman/read-target.ts'
import type { Terminal } from './token/terminal.ts'

const examples = `Writes a Postman collection and an environment for a user pool and an app client: sign-up to deletion, every OAuth grant, every
operation of the API. They run as they are, in Postman and in Newman.

Examples:
  poolhouse postman                                  the only pool and client of \`poolhouse dev\`, into this folder
  newman run demo-demo-app.postman_collection.json -e demo-demo-app.postman_environment.json
  poolhouse postman --pool us-east-1_EXAMPLE --client CLIENT --out ./postman
  poolhouse postman --endpoint https://login.example.com --pool POOL --client CLIENT
  poolhouse postman --openapi --jmeter               also the OAuth endpoints as OpenAPI 3.1, and a JMeter plan

The command reads the pool with the access key in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and keeps it to itself. For a development server,
which takes any key, the files say "any"; for others the collection takes access_key and secret_key from Postman's vault. Newman has no vault:
--write-keys writes the key into the environment file (mode 0600), where the app client's secret stands as well.

A server does not tell a secret that was added later, as in a rotation: give it in ${clientSecretVariable}.
`

type Options = Readonly<Record<string, unknown>>

const keysOf = (options: Options, env: NodeJS.ProcessEnv): SigningKeys | undefined => {
  const accessKeyId = textOption(options, 'accessKey') ?? env['AWS_ACCESS_KEY_ID']
  const secretKey = textOption(options, 'secretKey') ?? env['AWS_SECRET_ACCESS_KEY']
  if (!accessKeyId && !secretKey) return undefined
  if (!accessKeyId || !secretKey) throw new ConfigError('An access key has two parts: give both --access-key and --secret-key.')
  // A session token of the environment belongs to the key that is there.
  const sessionToken = textOption(options, 'accessKey') === undefined ? env['AWS_SESSION_TOKEN'] : undefined
  return { accessKeyId, secretKey, sessionToken }
}

const keysFromOf = (options: Options, keys: SigningKeys | undefined): TargetRequest['keysFrom'] => {
  const [vault, file] = [options['vault'] === true, options['writeKeys'] === true]
  if (vault && file) throw new ConfigError('--vault and --write-keys exclude each other. Give one of them.')
  if (file && keys === undefined) throw new ConfigError('--write-keys needs a key: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.')
  return vault ? 'vault' : file ? 'file' : undefined
}

interface GivenUser {
  readonly name: string | undefined
  readonly password: string | undefined
}

/** What flags, variables and standard input say; of the last the lines are the client's secret and the password. */
const givenBy = async (options: Options, terminal: Terminal): Promise<{ readonly request: TargetRequest; readonly user: GivenUser }> => {
  const { serverUrl } = await import('./client/server-url.ts')
  const insecure = options['insecure'] === true
  const mailbox = textOption(options, 'mailbox')
  const keys = keysOf(options, process.env)
  const sources = { env: process.env, terminal }
  const request = {
    endpoint: serverUrl('--endpoint', textOption(options, 'endpoint') ?? '', { insecure }),
    poolId: textOption(options, 'pool'),
    clientId: textOption(options, 'client'),
    region: textOption(options, 'region') ?? 'us-east-1',
    keys,
    keysFrom: keysFromOf(options, keys),
    insecure,
    mailbox: mailbox && serverUrl('--mailbox', mailbox, { insecure }),
    clientSecret: await givenSecret({ flag: '--client-secret', given: options['clientSecret'], variable: clientSecretVariable }, sources),
  }
  const password = await givenSecret({ flag: '--password', given: options['password'], variable: passwordVariable }, sources)
  if (options['user'] === '') throw new ConfigError('--user must not be empty.')
  return { request, user: { name: textOption(options, 'user'), password } }
}

/** The user of the demo, who is in no other pool. */
const demoUser = ({ pool, region }: PostmanTarget): JmeterUser | undefined => {
  const [demo] = demoSeed(region).pools
  const [user] = demo?.users ?? []
  return demo?.id === pool.Id && user !== undefined ? { username: user.username, password: user.password ?? '' } : undefined
}

const userOf = (target: PostmanTarget, { name, password }: GivenUser): JmeterUser => {
  const demo = demoUser(target)
  const username = name ?? demo?.username ?? ''
  return { username, password: password ?? (username === demo?.username ? demo.password : '') }
}

/** What somebody has to know who did not ask for it. */
const notes = ({ credentials, leftOut }: PostmanTarget, { keysFrom }: TargetRequest, user: JmeterUser | undefined): string[] => [
  ...(credentials === 'vault' && keysFrom === undefined
    ? [
        "Administrators' requests take access_key and secret_key from Postman's vault: put your key there. Newman has no vault: for it, add --write-keys.",
      ]
    : []),
  ...(user?.username === ''
    ? ['The JMeter plan has no user: name one with --user, or give username and password to JMeter (-q user.properties).']
    : []),
  ...(leftOut.length === 0 ? [] : [`Left out, because Postman would take a part of it for a variable: ${leftOut.join(', ')}.`]),
]

const run = async (options: Options): Promise<void> => {
  const { openTerminal } = await import('./token/terminal.ts')
  const terminal = openTerminal()
  const given = await givenBy(options, terminal).finally(() => terminal.close())
  const [{ readTarget }, { createSend }, { readAuthority }, { printable }] = await Promise.all([
    import('./postman/read-target.ts'),
    import('./client/http.ts'),
    import('./client/read-authority.ts'),
    import('./client/printable.ts'),
  ])
  const [{ targetFiles, jsonText }, { writeFiles }, { freeName }, { jmeterFault }] = await Promise.all([
    import('./postman/target-files.ts'),
    import('./postman/write-files.ts'),
    import('./postman/free-name.ts'),
    import('../postman/jmeter-plan.ts'),
  ])
  const { target, notes: unknown } = await readTarget(createSend(await readAuthority(options)), systemClock, given.request)
  const folder = textOption(options, 'out') ?? '.'
  const free = await freeName(folder, target)
  const fault = options['jmeter'] === true ? jmeterFault(target) : undefined
  const jmeter = options['jmeter'] === true && fault === undefined ? userOf(target, given.user) : undefined
  const paths = await writeFiles(targetFiles(target, free.name, { openapi: options['openapi'] === true, jmeter }), folder)
  const said = [...free.notes, ...unknown, ...notes(target, given.request, jmeter)].map((note) => `\n${printable(note)}\n`).join('')
  if (options['json'] === true) {
    process.stderr.write(said)
    process.stdout.write(jsonText(Object.fromEntries(paths)))
  } else {
    for (const [, path] of paths) process.stdout.write(`${path}\n`)
    const [[, collection = ''] = [], [, environment = ''] = []] = paths
    process.stderr.write(`\nImport both into Postman and choose the environment, or: newman run ${collection} -e ${environment}\n${said}`)
  }
  if (fault !== undefined) throw new Refusal('There is no JMeter plan among the files.', { why: fault })
}

/** `poolhouse postman`. */
export const configurePostman = (command: Command): void => {
  command
    .usage('[flags]')
    .addHelpText('before', examples)
    .option('--endpoint <URL>', 'server', 'http://localhost:9339')
    .option('--pool <ID>', 'user pool (default: the only one)')
    .option('--client <ID>', 'app client (default: the only one of the pool)')
    .option(
      '--client-secret <->',
      `- reads the app client's secret from standard input, where the server does not tell it (or ${clientSecretVariable})`,
    )
    .option('--out <DIR>', 'folder that the files are written to', '.')
    .option('--access-key <ID>', 'access key that may read the pool (better in AWS_ACCESS_KEY_ID)')
    .option('--secret-key <SECRET>', 'its secret (better in AWS_SECRET_ACCESS_KEY: other users of the machine see flags)')
    .option('--write-keys', 'writes that key in clear into the environment file, for Newman')
    .option('--vault', "the collection takes its key from Postman's vault, on a development server too")
    .option('--region <REGION>', 'where to look for a pool without --pool', 'us-east-1')
    .option('--mailbox <URL>', 'list of sent messages (default: that of a development server)')
    .option('--cacert <FILE>', 'certificate of an authority to trust')
    .option('--insecure', 'speaks to another machine over plain http')
    .option('--openapi', 'also describe the OAuth endpoints in OpenAPI 3.1')
    .option('--jmeter', 'also write a JMeter plan: sign-in, and a call with the token')
    .option('--user <NAME>', 'who signs in in the JMeter plan (default: the demo user, in the demo pool)')
    .option('--password <->', `- reads their password from standard input, after the client's secret (or ${passwordVariable})`)
    .option('--json', 'print the paths as JSON')
    .action(run)
}
