import { availableParallelism } from 'node:os'
import { createDispatcher } from './api/dispatch.ts'
import { createRequestRates } from './api/request-rates.ts'
import { type AdjustableClock, type Clock, createAdjustableClock, systemClock } from './clock.ts'
import { openCompromisedPasswords } from './compromised/open-compromised-passwords.ts'
import { createGate } from './compute/gate.ts'
import { createInlineCompute } from './compute/inline-compute.ts'
import { createThreadCompute } from './compute/thread-compute.ts'
import type { Log, Policy, Services } from './context.ts'
import { newSigningKeyPair } from './crypto/rsa-key.ts'
import { createDeliveryByMedium } from './delivery/by-medium.ts'
import type { Mailbox } from './delivery/delivery.ts'
import { createMailbox } from './delivery/mailbox.ts'
import { createSmsWebhook } from './delivery/sms-webhook.ts'
import { createSmtpDelivery } from './delivery/smtp.ts'
import { ratesOf } from './domain/request-categories.ts'
import { openDevMasterKey, openDevSenderKey } from './keys/master-key-file.ts'
import { openKeyring } from './keys/open-keyring.ts'
import { openSigningKeys } from './keys/open-signing-keys.ts'
import { rotateMasterKey } from './keys/rotate-master-key.ts'
import { createSpareKeyPairs } from './keys/spare-key-pairs.ts'
import { openDevTriggerSecret } from './keys/trigger-secret-file.ts'
import { operations } from './operations/index.ts'
import { type Random, systemRandom } from './random.ts'
import { createAdminApp } from './server/admin-app.ts'
import { commandSocket, listenForCommands } from './server/admin-socket.ts'
import { trustedProxies } from './server/client-address.ts'
import { type Commands, createCommands } from './server/commands.ts'
import type { Config } from './server/config.ts'
import { claimFolder, hiddenPaths, inMemory, masterKeysOf, senderKeyOf, triggerSecretOf } from './server/data-folder.ts'
import { type DemoPool, findDemo, makeDemo } from './server/demo.ts'
import { createHooks } from './server/hooks.ts'
import { createOriginGuard } from './server/host-guard.ts'
import { keepHouse } from './server/housekeeping.ts'
import { createHttpApp } from './server/http-app.ts'
import { type Listener, listen } from './server/listen.ts'
import { hostInUrl, isWildcard, listenerUrl, localUrl } from './server/listener-url.ts'
import { createLog, silentLog } from './server/log.ts'
import { createMetrics, type Metrics } from './server/metrics.ts'
import { createOperatorCall } from './server/operator.ts'
import { createReset } from './server/reset.ts'
import { applySeed } from './server/seed.ts'
import type { SeedDocument, SeededPool } from './server/seed-document.ts'
import { openSqlite } from './storage/open-sqlite.ts'
import type { By, Store } from './storage/store.ts'
import { createTriggers, type OpenedTriggers } from './triggers/create-triggers.ts'
import { functionTarget, type TriggerHandler } from './triggers/function-target.ts'
import { openTargets } from './triggers/open-targets.ts'
import { createPoster } from './triggers/post.ts'
import type { TriggerTarget } from './triggers/trigger-target.ts'

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
  /** SMS leave by this webhook; without one they are refused where e-mail is sent. */
  readonly sms?: { readonly url: string; readonly secret: string } | undefined
  /** The operator's own list of compromised passwords, beside the built-in one. */
  readonly compromisedPasswords?: string | undefined
  /** The key under which codes go to custom senders (32 bytes); asked for once the folder is there, like the master keys. */
  readonly senderKey?: (() => Promise<Uint8Array | undefined>) | undefined
  /** The functions that pools may name in LambdaConfig, by ARN; asked for once the folder is there. */
  readonly triggers?: (() => Promise<ReadonlyMap<string, TriggerTarget>>) | undefined
  /** How many calls of functions are kept for reading; none unless said. */
  readonly keepInvocations?: number | undefined
  readonly log?: Log | undefined
  /** The store can't be trusted any more; the process should end. */
  readonly onFatal?: ((error: unknown) => void) | undefined
}

/** The services, and the parts of them that only the surroundings use. */
export interface OpenedServices extends Services {
  readonly triggers: OpenedTriggers
  /** Present when messages are kept instead of sent. */
  readonly mailbox: Mailbox | undefined
  readonly rotateMasterKey: Commands['rotateMasterKey']
  readonly meter: Metrics
  /** Lets everything go, the store last. */
  close(): Promise<void>
}

// More threads than the one event loop can keep busy would only take memory.
const mostThreads = 8

const mailConnections = 10

const openDelivery = ({
  smtp,
  sms,
  clock,
  random,
  log,
}: Pick<ServiceOptions, 'smtp' | 'sms' | 'clock' | 'random'> & { readonly log: Log }) => {
  if (smtp !== undefined) {
    const email = createSmtpDelivery({ ...smtp, log, gate: createGate(mailConnections) })
    const byWebhook = sms && createSmsWebhook({ ...sms, poster: createPoster(), clock: systemClock, random, log })
    return { delivery: createDeliveryByMedium({ email, sms: byWebhook }), mailbox: undefined }
  }
  const mailbox: Mailbox = createMailbox({ clock })
  return { delivery: mailbox, mailbox }
}

/** Opens store, keys, compute and delivery. Rejects with one clear sentence when the data or the keys don't fit. */
export const openServices = async (options: ServiceOptions): Promise<OpenedServices> => {
  const { clock, random, log = silentLog, policy } = options
  const by = (action: string): By => ({ actor: 'poolhouse', requestId: random.uuid(), action, at: clock.now() })
  const onFatal = options.onFatal ?? ((error) => log.error({ err: error }, 'the store failed'))
  const store = await openSqlite({ folder: options.dataDir, log, onFatal })
  try {
    await options.claim?.(store, by('Start'))
    const masterKeys = await options.masterKeys()
    const senderKey = await options.senderKey?.()
    const targets = (await options.triggers?.()) ?? new Map()
    const compromisedPasswords = await openCompromisedPasswords(options.compromisedPasswords)
    const keyring = await openKeyring({ store, clock, random, masterKeys, by })
    const threads = options.compute === 'threads'
    const compute = threads ? createThreadCompute({ threads: Math.min(availableParallelism(), mostThreads) }) : createInlineCompute()
    const spares = threads ? createSpareKeyPairs({ make: newSigningKeyPair, keep: 2, pause: 1000 }) : undefined
    const newPair = spares?.take ?? newSigningKeyPair
    const { delivery, mailbox } = openDelivery({ ...options, log })
    const triggers = createTriggers({ targets, clock, random, log, keep: options.keepInvocations })
    const [to] = masterKeys
    return {
      store,
      clock,
      random,
      compute,
      delivery,
      mailbox,
      triggers,
      keyring,
      signingKeys: openSigningKeys({ store, keyring, clock, compute, by, newPair }),
      passwordGate: createGate(options.passwordChecks ?? 5),
      senderKey,
      compromisedPasswords,
      log,
      meter: createMetrics(),
      policy,
      rotateMasterKey: async () => ({
        rewrapped: to === undefined ? 0 : await rotateMasterKey({ store, random, from: masterKeys, to, by }),
        loaded: masterKeys.length,
      }),
      close: async () => {
        spares?.close()
        await triggers.close()
        await delivery.close()
        await compromisedPasswords.close()
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
  /** Functions of this process that pools may name in LambdaConfig, by ARN. */
  readonly functions?: Readonly<Record<string, TriggerHandler>> | undefined
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
  refreshReuse: config.refreshReuse,
  lockout: config.lockout,
  sessionsOnPasswordChange: config.sessionsOnPasswordChange,
  unprovedAccounts: config.unprovedAccounts,
})

const smtpOf = ({ delivery, smtpUrl, smtpFrom }: Config) =>
  delivery === 'smtp' && smtpUrl !== undefined && smtpFrom !== undefined ? { url: smtpUrl, from: smtpFrom } : undefined

const smsOf = ({ delivery, smsUrl, smsSecret }: Config) =>
  delivery === 'smtp' && smsUrl !== undefined && smsSecret !== undefined ? { url: smsUrl, secret: smsSecret } : undefined

const keptInvocations = 50

/** The functions of a configuration, and those that a test brings along. */
const triggersOf = (config: Config, log: Log, functions: Readonly<Record<string, TriggerHandler>> = {}) => ({
  senderKey: senderKeyOf(config, systemRandom, openDevSenderKey),
  triggers: async () => {
    const { lambdaAccessKeyId: accessKeyId = 'poolhouse', lambdaSecretAccessKey: secretKey = 'poolhouse' } = config
    const opened = await openTargets({
      mappings: config.triggers,
      secret: triggerSecretOf(config, systemRandom, openDevTriggerSecret),
      credentials: { accessKeyId, secretKey, sessionToken: config.lambdaSessionToken },
      hidden: hiddenPaths(config),
      reload: config.command === 'dev',
      clock: systemClock,
      log,
    })
    const own = Object.entries(functions).map(([arn, handler]) => [arn, functionTarget(handler)] as const)
    return new Map([...opened, ...own])
  },
  keepInvocations: config.command === 'dev' ? keptInvocations : 0,
})

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
    sms: smsOf(config),
    compromisedPasswords: config.compromisedPasswords,
    ...triggersOf(config, log),
    log,
  })
  return { ...commandsOf(services, config.defaultRegion), close: services.close }
}

/** The operators' own listener: nothing of it is reachable from the public one. */
const listenForOperators = ({ adminHost: host, adminPort: port }: Config, services: OpenedServices): Promise<Listener> =>
  listen({ handle: createAdminApp(services, services.meter), host, port })

/** The log of a configuration, on standard error. */
export const openLog = ({ logLevel, logFormat }: Config): Promise<Log> => createLog(logLevel, logFormat, systemClock.now)

/** Starts a server. Rejects with one clear sentence when it can't; what was opened by then is let go. */
export const start = async (config: Config, { log, onFatal, inProcess = false, functions }: StartOptions): Promise<RunningServer> => {
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
    sms: smsOf(config),
    compromisedPasswords: config.compromisedPasswords,
    ...triggersOf(config, log, functions),
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
    const emptyStore = createReset(services, services.mailbox, clock)
    const reset = async () => {
      await emptyStore()
      services.triggers.clear()
    }
    const dispatch = createDispatcher({
      services,
      operations,
      settings: {
        auth: config.auth,
        defaultRegion: config.defaultRegion,
        idsChosenBy: dev ? 'everybody' : 'permission',
        strictErrors: false,
        rates: createRequestRates(ratesOf(config.rateLimits, config.rateLimit), services.clock),
        mayAdminister: dev ? createOriginGuard(allowedHosts) : undefined,
      },
    })
    const hooks =
      clock &&
      services.mailbox &&
      createHooks({ mailbox: services.mailbox, clock, metrics: services.meter, triggers: services.triggers, reset, seed })
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
    services.triggers.start()
    publicUrl ||= localUrl(config.host, listener.port)
    if (config.dataDir !== inMemory) {
      const token = Buffer.from(services.random.bytes(32)).toString('hex')
      letGo.push((await listenForCommands(commandSocket(config.dataDir), commands, token)).close)
    }
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
