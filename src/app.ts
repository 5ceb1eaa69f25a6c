import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createDispatcher } from './api/dispatch.ts'
import { type AdjustableClock, type Clock, createAdjustableClock, systemClock } from './clock.ts'
import { createGate } from './compute/gate.ts'
import { createInlineCompute } from './compute/inline-compute.ts'
import { createThreadCompute } from './compute/thread-compute.ts'
import type { Log, Policy, Services } from './context.ts'
import { newSigningKeyPair } from './crypto/rsa-key.ts'
import type { Delivery, Mailbox } from './delivery/delivery.ts'
import { createMailbox } from './delivery/mailbox.ts'
import { createSmtpDelivery } from './delivery/smtp.ts'
import { openDevMasterKey } from './keys/master-key-file.ts'
import { openKeyring } from './keys/open-keyring.ts'
import { openSigningKeys } from './keys/open-signing-keys.ts'
import { rotateMasterKey } from './keys/rotate-master-key.ts'
import { createSpareKeyPairs } from './keys/spare-key-pairs.ts'
import { operations } from './operations/index.ts'
import { type Random, systemRandom } from './random.ts'
import { createAdminApp } from './server/admin-app.ts'
import { listenForCommands } from './server/admin-socket.ts'
import { trustedProxies } from './server/client-address.ts'
import { type Commands, createCommands } from './server/commands.ts'
import type { Config } from './server/config.ts'
import { type DemoPool, demoSeed, findDemo } from './server/demo.ts'
import { createHooks } from './server/hooks.ts'
import { createOriginGuard } from './server/host-guard.ts'
import { createHttpApp } from './server/http-app.ts'
import { type Listener, listen } from './server/listen.ts'
import { createOperatorCall } from './server/operator.ts'
import { applySeed } from './server/seed.ts'
import type { SeedDocument, SeededPool } from './server/seed-document.ts'
import { openSqlite } from './storage/open-sqlite.ts'
import type { By, Store } from './storage/store.ts'
import { noTriggers } from './triggers/none.ts'

/** What the services are built from. */
export interface ServiceOptions {
  /** A folder, or ':memory:'. */
  readonly dataDir: string
  /** The first wraps the keys of a new store; all of them open old ones. Asked for once the folder is there, locked and fit for use. */
  readonly masterKeys: () => Promise<readonly Buffer[]>
  /** Looks at the store before anything is written to it; what it throws keeps the services from opening. */
  readonly claim?: ((store: Store, by: By) => Promise<void>) | undefined
  readonly policy: Policy
  readonly clock: Clock
  readonly random: Random
  readonly compute: 'inline' | 'threads'
  /** Password checks of one user that may run at once. */
  readonly passwordChecks?: number
  /** E-mail leaves by this server; without one, messages are kept in a mailbox. */
  readonly smtp?: { readonly url: string; readonly from: string } | undefined
  readonly log?: Log | undefined
  /** The store can't be trusted any more; the process should end. */
  readonly onFatal?: ((error: unknown) => void) | undefined
}

/** The services, and the parts of them that only the surroundings use. */
export interface OpenedServices extends Services {
  /** Present when messages are kept instead of sent. */
  readonly mailbox: Mailbox | undefined
  readonly rotateMasterKey: () => Promise<number>
  /** Lets everything go, the store last. */
  close(): Promise<void>
}

/** Says nothing. */
export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

// More threads than the one event loop can keep busy would only take memory.
const mostThreads = 8

/** Opens store, keys, compute and delivery. Rejects with one clear sentence when the data or the keys don't fit. */
export const openServices = async (options: ServiceOptions): Promise<OpenedServices> => {
  const { clock, random, log = silentLog, policy, smtp } = options
  const by = (action: string): By => ({ actor: 'poolhouse', requestId: random.uuid(), action, at: clock.now() })
  const onFatal = options.onFatal ?? ((error) => log.error({ err: error }, 'the store failed'))
  const store = await openSqlite({ folder: options.dataDir, log, onFatal })
  try {
    await options.claim?.(store, by('Start'))
    const masterKeys = await options.masterKeys()
    const keyring = await openKeyring({ store, clock, random, masterKeys, by })
    const threads = options.compute === 'threads'
    const compute = threads ? createThreadCompute({ threads: Math.min(availableParallelism(), mostThreads) }) : createInlineCompute()
    const spares = threads ? createSpareKeyPairs({ make: newSigningKeyPair, keep: 2, pause: 1000 }) : undefined
    const newPair = spares?.take ?? newSigningKeyPair
    const mailbox = smtp === undefined ? createMailbox({ clock }) : undefined
    const delivery: Delivery = smtp === undefined ? (mailbox as Mailbox) : createSmtpDelivery({ ...smtp, log })
    const [to] = masterKeys
    return {
      store,
      clock,
      random,
      compute,
      delivery,
      mailbox,
      triggers: noTriggers,
      keyring,
      signingKeys: openSigningKeys({ store, keyring, clock, compute, by, newPair }),
      passwordGate: createGate(options.passwordChecks ?? 5),
      log,
      policy,
      rotateMasterKey: async () => (to === undefined ? 0 : rotateMasterKey({ store, random, from: masterKeys, to, by })),
      close: async () => {
        spares?.close()
        await delivery.close()
        await compute.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** What a started server shows of itself. */
export interface RunningServer {
  /** The public address, without a trailing slash. */
  readonly url: string
  /** The port that it listens on, which behind a proxy is not the URL's. */
  readonly port: number
  /** The operators' listener; `dev` has none. */
  readonly adminUrl: string | undefined
  /** The demo pool, while it is there. */
  readonly demo: DemoPool | undefined
  readonly mailbox: Mailbox | undefined
  /** The clock that test hooks move; `serve` has none. */
  readonly clock: AdjustableClock | undefined
  readonly seed: (document: SeedDocument) => Promise<SeededPool[]>
  readonly reset: () => Promise<void>
  /** Finishes what is under way, then lets everything go. */
  stop(): Promise<void>
}

/** How the process around the server wants to hear of it. */
export interface StartOptions {
  readonly log: Log
  readonly onFatal: (error: unknown) => void
  /** Arithmetic on the event loop instead of in threads: a faster start for short-lived servers. */
  readonly inProcess?: boolean
}

const inMemory = ':memory:'

const masterKeysOf = (config: Config, random: Random) => async (): Promise<readonly Buffer[]> => {
  if (config.masterKeys.length > 0) return config.masterKeys
  // Only `dev` gets here: `serve` does not start without a key.
  if (config.dataDir === inMemory) return [Buffer.from(random.bytes(32))]
  const made = await openDevMasterKey(config.dataDir, random)
  if ('fault' in made) throw new Error(made.fault)
  return [made.key]
}

/** A folder belongs to the command that made it: what `dev` let in unchecked must not become production, nor production be let open. */
const claimFolder =
  ({ command, dataDir }: Config) =>
  async (store: Store, by: By): Promise<void> => {
    const maker = await store.meta.putIfAbsent(by, 'made-by', command)
    if (maker === command) return
    throw new Error(
      command === 'serve'
        ? `The data folder ${dataDir} was made by \`poolhouse dev\`, which checks nobody. Start \`poolhouse serve\` on a folder of its own.`
        : `The data folder ${dataDir} was made by \`poolhouse serve\`. Give its master key to commands that work on it, and start \`poolhouse dev\`, which checks nobody, on a folder of its own.`,
    )
  }

const commandsOf = (services: OpenedServices, defaultRegion: string): Commands => {
  const call = createOperatorCall(services, operations)
  return createCommands({
    services,
    rotateMasterKey: services.rotateMasterKey,
    seed: (document) => applySeed(call, defaultRegion, document),
  })
}

const policyOf = (config: Config, publicUrl: () => string): Policy => ({
  accountId: config.accountId,
  // Known once the port is.
  get publicUrl() {
    return publicUrl()
  },
  issuer: config.issuer,
  regions: config.regions,
  fixedCode: config.fixedCode,
})

const smtpOf = ({ delivery, smtpUrl, smtpFrom }: Config) =>
  delivery === 'smtp' && smtpUrl !== undefined && smtpFrom !== undefined ? { url: smtpUrl, from: smtpFrom } : undefined

/** Opens the data of a configuration for a command line, without listening; `close` lets it go. */
export const openForCommands = async (config: Config, log: Log): Promise<Commands & { close(): Promise<void> }> => {
  const services = await openServices({
    dataDir: config.dataDir,
    masterKeys: masterKeysOf(config, systemRandom),
    policy: policyOf(config, () => config.publicUrl ?? ''),
    clock: systemClock,
    random: systemRandom,
    compute: 'inline',
    claim: claimFolder(config),
    smtp: smtpOf(config),
    log,
  })
  return { ...commandsOf(services, config.defaultRegion), close: services.close }
}

/** Where a server that runs on the folder listens for commands. */
export const commandSocket = (dataDir: string): string => join(dataDir, 'poolhouse.sock')

const housekeepingInterval = 30_000
const housekeepingChunk = 500

/** Removes what has expired, in small steps, for as long as the server runs. */
const keepHouse = (services: Services): { stop(): Promise<void> } => {
  let stopped = false
  let round: Promise<void> = Promise.resolve()
  const sweep = async () => {
    let removed = housekeepingChunk
    while (!stopped && removed > 0) {
      const by: By = { actor: 'poolhouse', requestId: services.random.uuid(), action: 'Housekeeping', at: services.clock.now() }
      removed = await services.store.maintenance.purge(by, housekeepingChunk)
    }
  }
  const timer = setInterval(() => {
    round = round.then(sweep).catch((error: unknown) => services.log.warn({ err: error }, 'expired rows could not be removed'))
  }, housekeepingInterval)
  timer.unref()
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await round
    },
  }
}

/** The operators' own listener: nothing of it is reachable from the public one. */
const listenForOperators = ({ adminHost: host, adminPort: port }: Config, services: Services): Promise<Listener> =>
  listen({ handle: createAdminApp(services), host, port })

/** Starts a server. Rejects with one clear sentence when it can't; what was opened by then is let go. */
export const start = async (config: Config, { log, onFatal, inProcess = false }: StartOptions): Promise<RunningServer> => {
  const dev = config.command === 'dev'
  const clock = dev ? createAdjustableClock() : undefined
  let publicUrl = config.publicUrl ?? ''
  let isNew = false
  const services = await openServices({
    dataDir: config.dataDir,
    masterKeys: masterKeysOf(config, systemRandom),
    policy: policyOf(config, () => publicUrl),
    clock: clock ?? systemClock,
    random: systemRandom,
    compute: inProcess ? 'inline' : 'threads',
    passwordChecks: config.passwordChecks,
    claim: async (store, by) => {
      isNew = (await store.meta.get('made-by')) === undefined
      await claimFolder(config)(store, by)
    },
    smtp: smtpOf(config),
    log,
    onFatal,
  })
  const letGo: (() => Promise<void>)[] = [services.close]
  const stop = async () => {
    for (const close of letGo.splice(0).reverse()) await close()
  }
  try {
    const commands = commandsOf(services, config.defaultRegion)
    const seed = (document: SeedDocument) => commands.seed({ document })
    const reset = async () => {
      await services.store.maintenance.wipe({
        actor: 'operator',
        requestId: services.random.uuid(),
        action: 'Reset',
        at: services.clock.now(),
      })
      services.mailbox?.clear()
      clock?.reset()
    }
    const dispatch = createDispatcher({
      services,
      operations,
      settings: {
        auth: config.auth,
        defaultRegion: config.defaultRegion,
        idsChosenBy: dev ? 'everybody' : 'permission',
        strictErrors: false,
        mayAdminister: dev ? createOriginGuard(config.allowedHosts) : undefined,
      },
    })
    const hooks = clock && services.mailbox && createHooks({ mailbox: services.mailbox, clock, reset, seed })
    // Before anybody is told that the server is ready.
    if (dev && !config.empty && isNew) await seed(demoSeed(config.defaultRegion))
    const listener = await listen({
      handle: createHttpApp({
        services,
        dispatch,
        allowedHosts: dev ? config.allowedHosts : undefined,
        trustedProxies: trustedProxies(config.trustedProxies),
        maxBody: config.maxBody,
        hooks,
      }),
      host: config.host,
      port: config.port,
      maxHeaders: config.maxHeaders,
      headersTimeout: config.headersTimeout,
    })
    letGo.push(listener.stop)
    publicUrl ||= `http://localhost:${listener.port}`
    if (config.dataDir !== inMemory) letGo.push((await listenForCommands(commandSocket(config.dataDir), commands)).close)
    const operators = dev ? undefined : await listenForOperators(config, services)
    if (operators !== undefined) letGo.push(operators.stop)
    letGo.push(keepHouse(services).stop)
    return {
      url: publicUrl,
      port: listener.port,
      adminUrl: operators && `http://${config.adminHost}:${operators.port}`,
      demo: dev ? await findDemo(services.store, config.defaultRegion) : undefined,
      mailbox: services.mailbox,
      clock,
      seed,
      reset,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
