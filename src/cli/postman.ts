import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import type { PostmanTarget, SigningKeys } from '../postman/target.ts'
import { ConfigError } from '../server/config.ts'
import { demoSeed } from '../server/demo.ts'
import type { TargetRequest } from './postman/read-target.ts'

const examples = `Writes a Postman collection and an environment for a user pool and an app client: sign-up to deletion, every OAuth grant, every
operation of the API. They run as they are, in Postman and in Newman.

Examples:
  poolhouse postman                                  the only pool and client of \`poolhouse dev\`, into this folder
  newman run demo-demo-app.postman_collection.json -e demo-demo-app.postman_environment.json
  poolhouse postman --pool us-east-1_EXAMPLE --client CLIENT --out ./postman
  poolhouse postman --endpoint https://login.example.com --pool POOL --client CLIENT --vault
  poolhouse postman --openapi --jmeter               also the OAuth endpoints as OpenAPI 3.1, and a JMeter plan

The access key, which must be allowed to read the pool, comes from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from --access-key
and --secret-key, which other users of the machine can see; development servers take any. It and the client's secret stand in the environment file (mode 0600): leave the key out
with --vault.
`

type Options = Readonly<Record<string, unknown>>

const text = (options: Options, name: string): string | undefined => {
  const value = options[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const endpointOf = (options: Options): string => {
  const given = text(options, 'endpoint') ?? ''
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new ConfigError(`--endpoint is ${JSON.stringify(given)}. It must be the URL of a server, such as http://localhost:9339.`)
  }
  return url.href.replace(/\/+$/, '')
}

/** What a development server takes from anybody. */
const anyKeys: SigningKeys = { accessKeyId: 'any', secretKey: 'any' }

const keysOf = (options: Options, env: NodeJS.ProcessEnv): SigningKeys => {
  const accessKeyId = text(options, 'accessKey') ?? env['AWS_ACCESS_KEY_ID']
  const secretKey = text(options, 'secretKey') ?? env['AWS_SECRET_ACCESS_KEY']
  if (!accessKeyId && !secretKey) return anyKeys
  if (!accessKeyId || !secretKey) throw new ConfigError('An access key has two parts: give both --access-key and --secret-key.')
  // A session token of the environment belongs to the key that is there.
  const sessionToken = text(options, 'accessKey') === undefined ? env['AWS_SESSION_TOKEN'] : undefined
  return { accessKeyId, secretKey, sessionToken }
}

const requestOf = (options: Options): TargetRequest => ({
  endpoint: endpointOf(options),
  poolId: text(options, 'pool'),
  clientId: text(options, 'client'),
  region: text(options, 'region') ?? 'us-east-1',
  keys: keysOf(options, process.env),
  vault: options['vault'] === true,
  mailbox: text(options, 'mailbox'),
})

const readAuthority = (path: string | undefined): Promise<string | undefined> =>
  path === undefined
    ? Promise.resolve(undefined)
    : readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw new ConfigError(`The certificate ${path} can't be read: ${error.message}`)
      })

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

const run = async (options: Options): Promise<void> => {
  const request = requestOf(options)
  const [{ readTarget }, { createSend }] = await Promise.all([import('./postman/read-target.ts'), import('./token/http.ts')])
  const target = await readTarget(createSend(await readAuthority(text(options, 'cacert'))), systemClock, request)
  const folder = text(options, 'out') ?? '.'
  const files = await filesOf(target, options)
  await mkdir(folder, { recursive: true })
  const paths: [Written['kind'], string][] = []
  for (const { kind, name, content } of files) {
    const path = join(folder, name)
    const isSecret = kind === 'environment' || kind === 'jmeter'
    // A file that is there would keep its mode.
    if (isSecret) await rm(path, { force: true })
    await writeFile(path, content, { mode: isSecret ? 0o600 : 0o644 })
    paths.push([kind, path])
  }
  if (options['json'] === true) return void process.stdout.write(json(Object.fromEntries(paths)))
  for (const [, path] of paths) process.stdout.write(`${path}\n`)
  const [[, collection = ''] = [], [, environment = ''] = []] = paths
  process.stderr.write(`\nImport both into Postman and choose the environment, or: newman run ${collection} -e ${environment}\n`)
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
    .option('--access-key <ID>', 'access key that may read the pool, and with which the collection signs')
    .option('--secret-key <SECRET>', 'its secret')
    .option('--vault', "the collection takes access_key and secret_key from Postman's vault, which Newman does not have")
    .option('--region <REGION>', 'where to look for a pool without --pool', 'us-east-1')
    .option('--mailbox <URL>', 'list of sent messages (default: that of a development server)')
    .option('--cacert <FILE>', 'certificate of an authority to trust')
    .option('--openapi', 'also describe the OAuth endpoints in OpenAPI 3.1')
    .option('--jmeter', 'also write a JMeter plan: sign-in, and a call with the token')
    .option('--json', 'print the paths as JSON')
    .action(run)
}
