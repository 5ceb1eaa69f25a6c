import { availableParallelism } from 'node:os'
import { createDispatcher } from './api/dispatch.ts'
import { type AdjustableClock, type Clock, createAdjustableClock, systemClock } from './clock.ts'
import { createGate } from './compute/gate.ts'
import { createInlineCompute } from './compute/inline-compute.ts'
import { createThreadCompute } from './compute/thread-compute.ts'
import type { Log, Policy, Services } from './context.ts'
import { newSigningKeyPair } from './crypto/rsa-key.ts'
import type { Mailbox } from './delivery/delivery.ts'
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
import { commandSocket, listenForCommands } from './server/admin-socket.ts'
import { trustedProxies } from './server/client-address.ts'
import { type Commands, createCommands } from './server/commands.ts'
import type { Config } from './server/config.ts'
import { claimFolder, inMemory, masterKeysOf } from './server/data-folder.ts'
import { type DemoPool, findDemo, makeDemo } from './server/demo.ts'
import { createHooks } from './server/hooks.ts'
import { createOriginGuard } from './server/host-guard.ts'
import { keepHouse } from './server/housekeeping.ts'
import { createHttpApp } from './server/http-app.ts'
import { type Listener, listen } from './server/listen.ts'
import { hostInUrl, isWildcard, listenerUrl, localUrl } from './server/listener-url.ts'
import { createLog, silentLog } from './server/log.ts'
import { createOperatorCall } from './server/operator.ts'
import { createReset } from './server/reset.ts'
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
  readonly rotateMasterKey: Commands['rotateMasterKey']
  /** Lets everything go, the store last. */
  close(): Promise<void>
}

// More threads than the one event loop can keep busy would only take memory.
const mostThreads = 8

const mailConnections = 10

const openDelivery = ({ smtp, clock, log }: Pick<ServiceOptions, 'smtp' | 'clock'> & { readonly log: Log }) => {
  if (smtp !== undefined) return { delivery: createSmtpDelivery({ ...smtp, log, gate: createGate(mailConnections) }), mailbox: undefined }
  const mailbox: Mailbox = createMailbox({ clock })
  return { delivery: mailbox, mailbox }
}

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
    const { delivery, mailbox } = openDelivery({ smtp, clock, log })
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
      rotateMasterKey: async () => ({
        rewrapped: to === undefined ? 0 : await rotateMasterKey({ store, random, from: masterKeys, to, by }),
        loaded: masterKeys.length,
      }),
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
    masterKeys: masterKeysOf(config, systemRandom, openDevMasterKey),
    policy: policyOf(config, () => config.publicUrl ?? ''),
    clock: systemClock,
    random: systemRandom,
    compute: 'inline',
    claim: claimFolder(config, { wantsDemo: false }),
    smtp: smtpOf(config),
    log,
  })
  return { ...commandsOf(services, config.defaultRegion), close: services.close }
}

/** The operators' own listener: nothing of it is reachable from the public one. */
const listenForOperators = ({ adminHost: host, adminPort: port }: Config, services: Services): Promise<Listener> =>
  listen({ handle: createAdminApp(services), host, port })

/** The log of a configuration, on standard error. */
export const openLog = ({ logLevel, logFormat }: Config): Promise<Log> => createLog(logLevel, logFormat, systemClock.now)

/** Starts a server. Rejects with one clear sentence when it can't; what was opened by then is let go. */
export const start = async (config: Config, { log, onFatal, inProcess = false }: StartOptions): Promise<RunningServer> => {
  const dev = config.command === 'dev'
  const clock = dev ? createAdjustableClock() : undefined
  let publicUrl = config.publicUrl ?? ''
  // The banner names the address that it listens on, so that must be answered too.
  const allowedHosts = isWildcard(config.host) ? config.allowedHosts : [...config.allowedHosts, hostInUrl(config.host)]
  const wantsDemo = dev && !config.empty
  const services = await openServices({
    dataDir: config.dataDir,
    masterKeys: masterKeysOf(config, systemRandom, openDevMasterKey),
    policy: policyOf(config, () => publicUrl),
    clock: clock ?? systemClock,
    random: systemRandom,
    compute: inProcess ? 'inline' : 'threads',
    passwordChecks: config.passwordChecks,
    claim: claimFolder(config, { wantsDemo }),
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
    const reset = createReset(services, services.mailbox, clock)
    const dispatch = createDispatcher({
      services,
      operations,
      settings: {
        auth: config.auth,
        defaultRegion: config.defaultRegion,
        idsChosenBy: dev ? 'everybody' : 'permission',
        strictErrors: false,
        mayAdminister: dev ? createOriginGuard(allowedHosts) : undefined,
      },
    })
    const hooks = clock && services.mailbox && createHooks({ mailbox: services.mailbox, clock, reset, seed })
    // Before anybody is told that the server is ready.
    if (wantsDemo) await makeDemo(services, config.defaultRegion, seed)
    const listener = await listen({
      handle: createHttpApp({
        services,
        dispatch,
        allowedHosts: dev ? allowedHosts : undefined,
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
    publicUrl ||= localUrl(config.host, listener.port)
    if (config.dataDir !== inMemory) letGo.push((await listenForCommands(commandSocket(config.dataDir), commands)).close)
    const operators = dev ? undefined : await listenForOperators(config, services)
    if (operators !== undefined) letGo.push(operators.stop)
    letGo.push(keepHouse(services).stop)
    return {
      url: publicUrl,
      port: listener.port,
      adminUrl: operators && listenerUrl(config.adminHost, operators.port),
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
