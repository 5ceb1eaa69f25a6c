import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import type { PostmanTarget, SigningKeys } from '../postman/target.ts'
import { systemRandom } from '../random.ts'
import { ConfigError } from '../server/config.ts'
import { demoSeed } from '../server/demo.ts'
import { textOption } from './client/text-option.ts'
import type { TargetRequest } from './postman/read-target.ts'

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

const requestOf = async (options: Options): Promise<TargetRequest> => {
  const { serverUrl } = await import('./client/server-url.ts')
  const insecure = options['insecure'] === true
  const mailbox = textOption(options, 'mailbox')
  const keys = keysOf(options, process.env)
  return {
    endpoint: serverUrl('--endpoint', textOption(options, 'endpoint') ?? '', { insecure }),
    poolId: textOption(options, 'pool'),
    clientId: textOption(options, 'client'),
    region: textOption(options, 'region') ?? 'us-east-1',
    keys,
    keysFrom: keysFromOf(options, keys),
    insecure,
    mailbox: mailbox && serverUrl('--mailbox', mailbox, { insecure }),
  }
}

interface Written {
  readonly kind: 'collection' | 'environment' | 'openapi' | 'jmeter'
  readonly name: string
  readonly content: string
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const demoUser = () => {
  const { username = 'demo', password = '' } = demoSeed('us-east-1').pools[0]?.users?.[0] ?? {}
  return { username, password }
}

const filesOf = async (target: PostmanTarget, options: Options): Promise<Written[]> => {
  const [{ postmanCollection }, { postmanEnvironment }, { fileName }, { oauthOpenApi }, { jmeterFault, jmeterPlan }] = await Promise.all([
    import('../postman/postman-collection.ts'),
    import('../postman/environment.ts'),
    import('../postman/file-name.ts'),
    import('../postman/oauth-openapi.ts'),
    import('../postman/jmeter-plan.ts'),
  ])
  const fault = options['jmeter'] === true ? jmeterFault(target) : undefined
  if (fault !== undefined) throw new Error(fault)
  const name = fileName(target)
  const title = `${target.pool.Name}, ${target.client.ClientName}`
  const written: Written[] = [
    { kind: 'collection', name: `${name}.postman_collection.json`, content: json(postmanCollection(target, title)) },
    { kind: 'environment', name: `${name}.postman_environment.json`, content: json(postmanEnvironment(target, title)) },
  ]
  if (options['openapi'] === true) written.push({ kind: 'openapi', name: `${name}.openapi.json`, content: json(oauthOpenApi(target)) })
  if (options['jmeter'] === true) written.push({ kind: 'jmeter', name: `${name}.jmx`, content: jmeterPlan(target, demoUser()) })
  return written
}

const write = async (files: readonly Written[], folder: string): Promise<[Written['kind'], string][]> => {
  const { replaceFile } = await import('./postman/replace-file.ts')
  await mkdir(folder, { recursive: true })
  const paths: [Written['kind'], string][] = []
  for (const { kind, name, content } of files) {
    const path = join(folder, name)
    const mode = kind === 'environment' || kind === 'jmeter' ? 0o600 : 0o644
    await replaceFile(path, content, { mode, suffix: systemRandom.uuid() })
    paths.push([kind, path])
  }
  return paths
}

/** What somebody has to know who did not ask for it. */
const notes = ({ credentials, leftOut }: PostmanTarget, { keysFrom }: TargetRequest): string[] => [
  ...(credentials === 'vault' && keysFrom === undefined
    ? [
        "Administrators' requests take access_key and secret_key from Postman's vault: put your key there. Newman has no vault: for it, add --write-keys.",
      ]
    : []),
  ...(leftOut.length === 0 ? [] : [`Left out, because Postman would take a part of it for a variable: ${leftOut.join(', ')}.`]),
]

const run = async (options: Options): Promise<void> => {
  const request = await requestOf(options)
  const [{ readTarget }, { createSend }, { readAuthority }, { printable }] = await Promise.all([
    import('./postman/read-target.ts'),
    import('./client/http.ts'),
    import('./client/read-authority.ts'),
    import('./client/printable.ts'),
  ])
  const target = await readTarget(createSend(await readAuthority(options)), systemClock, request)
  const paths = await write(await filesOf(target, options), textOption(options, 'out') ?? '.')
  const said = notes(target, request).map((note) => `\n${printable(note)}\n`)
  if (options['json'] === true) {
    process.stderr.write(said.join(''))
    return void process.stdout.write(json(Object.fromEntries(paths)))
  }
  for (const [, path] of paths) process.stdout.write(`${path}\n`)
  const [[, collection = ''] = [], [, environment = ''] = []] = paths
  process.stderr.write(
    `\nImport both into Postman and choose the environment, or: newman run ${collection} -e ${environment}\n${said.join('')}`,
  )
}

/** `poolhouse postman`. */
export const configurePostman = (command: Command): void => {
  command
    .usage('[flags]')
    .addHelpText('before', examples)
    .option('--endpoint <URL>', 'server', 'http://localhost:9339')
    .option('--pool <ID>', 'user pool (default: the only one)')
    .option('--client <ID>', 'app client (default: the only one of the pool)')
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
    .option('--json', 'print the paths as JSON')
    .action(run)
}
