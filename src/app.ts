import type { RequestListener } from 'node:http'
import { type ApiSettings, createDispatcher } from './api/dispatch.ts'
import { createRequestRates } from './api/request-rates.ts'
import { type AdjustableClock, createAdjustableClock, monotonicClock, systemClock } from './clock.ts'
import { createGate } from './compute/gate.ts'
import { createAuditView } from './console/audit-view.ts'
import { authenticateOperator } from './console/authenticate-operator.ts'
import { type Console, createConsole } from './console/create-console.ts'
import { createHashLine } from './console/hash-line.ts'
import type { LiveFacts } from './console/live-facts.ts'
import { everybodyIsOperator } from './console/operator.ts'
import { createOperatorConsole } from './console/operator-console.ts'
import type { Log, Policy } from './context.ts'
import type { Mailbox } from './delivery/delivery.ts'
import { isLoopback } from './domain/is-loopback.ts'
import { isObject } from './domain/is-object.ts'
import { ratesOf } from './domain/request-categories.ts'
import { shareOf } from './domain/share-of.ts'
import { openAuthority, passingAuthority } from './keys/authority-files.ts'
import { openDevMasterKey, openDevSenderKey } from './keys/master-key-file.ts'
import { openDevTriggerSecret } from './keys/trigger-secret-file.ts'
import { jwks } from './oauth/jwks.ts'
import { type OpenedServices, openServices } from './open-services.ts'
import { operations } from './operations/index.ts'
import { createPoster } from './posting/create-poster.ts'
import { systemRandom } from './random.ts'
import { createAdminApp } from './server/admin-app.ts'
import { announceCommands, commandSocket, listenForCommands } from './server/admin-socket.ts'
import { trustedProxies } from './server/client-address.ts'
import { type Commands, createCommands } from './server/commands.ts'
import { type Config, ConfigError } from './server/config.ts'
import { createConsoleDoor } from './server/console-door.ts'
import { claimFolder, hiddenPaths, inMemory, makeFolder, masterKeysOf, senderKeyOf, triggerSecretOf } from './server/data-folder.ts'
import { type DemoPool, makeDemo, openDemo } from './server/demo.ts'
import type { HookServices } from './server/hooks.ts'
import type { HooksListenerOptions } from './server/hooks-listener.ts'
import { createOriginGuard } from './server/host-guard.ts'
import { keepHouse } from './server/housekeeping.ts'
import { createHttpApp, largestBody } from './server/http-app.ts'
import { type Listener, listen } from './server/listen.ts'
import { hostInUrl, isWildcard, listenerUrl, localUrl } from './server/listener-url.ts'
import { ensureLoadTarget, type LoadFacts, type LoadRequest } from './server/load-target.ts'
import { createLog } from './server/log.ts'
import { createOperatorCall } from './server/operator.ts'
import { createReset } from './server/reset.ts'
import { applySeed } from './server/seed.ts'
import type { SeedDocument, SeededPool } from './server/seed-document.ts'
import { timedDispatch } from './server/timed-dispatch.ts'
import { keepFresh, openTls, type ShownAuthority } from './server/tls/open-tls.ts'
import { vouchedNames } from './server/tls/served-names.ts'
import type { WorkerShare } from './server/worker-share.ts'
import { loadUsers } from './storage/load-users.ts'
import type { PostgresOptions } from './storage/open-postgres.ts'
import { functionTarget, type TriggerHandler } from './triggers/function-target.ts'
import { openTargets } from './triggers/open-targets.ts'

/** What a started server shows of itself. */
export interface RunningServer {
  /** The public address, without a trailing slash. */
  readonly url: string
  /** The port that it listens on, which behind a proxy is not the URL's. */
  readonly port: number
  /** The operators' listener; `dev` has none. */
  readonly adminUrl: string | undefined
  /** Who signed its certificates, if it makes them itself. */
  readonly authority: ShownAuthority | undefined
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
  /** Present in a worker of `serve --workers`. */
  readonly share?: WorkerShare | undefined
}

const commandsOf = (services: OpenedServices, { command, defaultRegion }: Config, adminUrl: () => string): Commands => {
  const call = createOperatorCall(services, operations)
  return createCommands({
    services,
    rotateMasterKey: services.rotateMasterKey,
    seed: (document) => applySeed(call, defaultRegion, document),
    adminUrl: command === 'serve' ? adminUrl : undefined,
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
  requirePkce: config.requirePkce,
  requirePkceClients: config.requirePkceClients,
  responseIss: config.responseIss,
  rpInitiatedLogout: config.rpInitiatedLogout,
  introspection: config.introspection,
  strictOidc: config.strictOidc,
  backchannelLogout: new Map(config.backchannelLogout.map(({ clientId, url }) => [clientId, url])),
  pageOpener: config.pageOpener,
  customAuthPages: config.customAuthPages,
})

const databaseOf = ({ database, databaseConnections, databaseUnprepared, migrate }: Config): PostgresOptions | undefined =>
  database === undefined
    ? undefined
    : {
        url: database,
        connections: databaseConnections,
        prepared: !databaseUnprepared,
        migrate: migrate === 'auto',
        clock: systemClock,
        random: systemRandom,
      }

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
      poster: createPoster(),
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

/** The certificate authority of development servers, made where there is none yet. Throws its fault. */
export const openLocalAuthority = async (config: Config) => {
  const options = { names: vouchedNames(config), clock: systemClock, random: systemRandom }
  const { authorityFolder: folder } = config
  const opened = folder === undefined ? await passingAuthority(options) : await openAuthority(folder, options)
  if ('fault' in opened) throw new ConfigError(opened.fault)
  return opened
}

/** Where the data lies; the folder is made where a database leaves nobody else to make it. */
const dataOf = (config: Config) => {
  const database = databaseOf(config)
  if (database !== undefined && config.dataDir !== inMemory) makeFolder(config.dataDir)
  return { dataDir: config.dataDir, database, migrate: config.migrate === 'auto' }
}

const openData = (config: Config, log: Log): Promise<OpenedServices> =>
  openServices({
    ...dataOf(config),
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

/** Opens the data of a configuration for a command line, without listening; `close` lets it go. */
export const openForCommands = async (config: Config, log: Log): Promise<Commands & { close(): Promise<void> }> => {
  const services = await openData(config, log)
  const adminUrl = config.adminUrl ?? localUrl(config.adminHost, config.adminPort)
  return { ...commandsOf(services, config, () => adminUrl), close: services.close }
}

/** A transaction takes at most 500 rows and 1 MiB (PostgreSQL and what speaks its protocol); a file has nobody to wait for. */
const rowsAtOnce = { postgres: 400, sqlite: 10_000 }

/** Fills a pool of a configuration's data with users for load tests (storage/load-users.ts); on a data folder no server may run. */
export const loadPool = async (
  config: Config,
  log: Log,
  { pool: named, users, step, groups, progress }: LoadRequest,
): Promise<LoadFacts> => {
  const services = await openData(config, log)
  try {
    const { store, random, clock } = services
    const call = createOperatorCall(services, operations)
    const wanted = { ...config, pool: named, users, groups }
    const { pool, clientId, groupUid, groups: filled } = await ensureLoadTarget(call, store, wanted)
    const before = clock.now()
    const by = { actor: 'command-line', requestId: random.uuid(), action: 'Load', at: before }
    const isDatabase = config.database !== undefined
    const rows = isDatabase ? rowsAtOnce.postgres : rowsAtOnce.sqlite
    const how = { rowsAtOnce: rows, sideBySide: isDatabase, progress }
    const added = await loadUsers({ ...services, ...how, by, pool, users, step, groups, groupUid })
    const { users: loaded, step: every } = (await store.loads.find(pool.uid)) ?? { users: 0, step }
    const seconds = (clock.now() - before) / 1000
    return { userPoolId: pool.Id, region: pool.region, clientId, users: loaded, step: every, added, groups: filled, seconds }
  } finally {
    await services.close()
  }
}

/** Passwords of operators that are hashed at once: the threads for it sign the tokens of users as well. */
const operatorHashes = 2

/** Calls of the console are no traffic of applications: they are not counted with it and use nothing up of its rates. */
const consoleDispatcher = (services: OpenedServices, settings: ApiSettings) =>
  createDispatcher({
    services: { ...services, meter: { count: () => undefined } },
    operations,
    settings: { ...settings, rates: undefined },
  })

/** The console of `serve`, for operators who sign in. */
const operatorConsole = (
  services: OpenedServices,
  settings: ApiSettings,
  config: Config,
  { adminUrl, sharers }: { readonly adminUrl: () => string; readonly sharers: number },
) => {
  const { regions, defaultRegion, accountId } = config
  return createOperatorConsole({
    services: { ...services, hashing: createHashLine(createGate(shareOf(operatorHashes, sharers))), adminUrl },
    dispatcherFor: (authenticate) => consoleDispatcher(services, { ...settings, authenticate }),
    facts: { accountId, regions, defaultRegion, operations: Object.keys(operations) },
    publicUrl: services.policy.publicUrl,
    ...createConsoleDoor(config.adminUrl, trustedProxies(config.trustedProxies)),
    live: liveFacts(services),
    views: { 'signing-keys': (poolId) => jwks(services, poolId), audit: createAuditView(services) },
  })
}

const liveFacts = (services: OpenedServices): LiveFacts => ({
  messages: services.mailbox && (() => services.mailbox?.messages() ?? []),
  metrics: () => services.meter.text(),
  history: services.meter.history.steps,
})

/** The operators' own listener: nothing of it is reachable from the public one. */
const listenForOperators = (
  { adminHost: host, adminPort: port, trustedProxies: proxies, maxBody, maxHeaders, headersTimeout }: Config,
  services: OpenedServices,
  console: Console,
): Promise<Listener> =>
  listen({
    handle: createAdminApp({ services, metrics: services.meter, console, trustedProxies: trustedProxies(proxies), maxBody }),
    host,
    port,
    maxHeaders,
    headersTimeout,
  })

/** The console of a development server: open without a password to whoever sits at its machine. */
const devConsole = (services: OpenedServices, settings: ApiSettings, { regions, defaultRegion, accountId }: Config) =>
  createConsole({
    dispatch: consoleDispatcher(services, {
      ...settings,
      authenticate: authenticateOperator(everybodyIsOperator, { served: regions, default: defaultRegion }),
    }),
    findOperator: everybodyIsOperator,
    facts: { mode: 'dev', accountId, regions, defaultRegion, operations: Object.keys(operations) },
    refuse: ({ remoteAddress }) =>
      remoteAddress !== undefined && isLoopback(remoteAddress)
        ? undefined
        : 'A development server opens its console without a password, so only to browsers on its own machine.',
    publicUrl: () => services.policy.publicUrl,
    live: liveFacts(services),
    views: {
      'signing-keys': (poolId) => jwks(services, poolId),
      audit: createAuditView(services),
      triggers: async (poolId) => ({
        invocations: services.triggers.invocations().filter(({ event }) => isObject(event) && event['userPoolId'] === poolId),
      }),
    },
  })

/** The log of a configuration, on standard error. */
export const openLog = ({ logLevel, logFormat }: Config): Promise<Log> => createLog(logLevel, logFormat, systemClock.now)

/** Only tests ask for them, so what they alone need is loaded when they do. */
const openHooks = async (hooks: HookServices, options: HooksListenerOptions): Promise<RequestListener> => {
  const [{ createHooks }, { createHooksListener }] = await Promise.all([import('./server/hooks.ts'), import('./server/hooks-listener.ts')])
  return createHooksListener(createHooks(hooks), options)
}

/** Starts a server. Rejects with one clear sentence when it can't; what was opened by then is let go. */
export const start = async (
  config: Config,
  { log, onFatal, inProcess = false, functions, share }: StartOptions,
): Promise<RunningServer> => {
  const dev = config.command === 'dev'
  const clock = dev ? createAdjustableClock() : undefined
  let publicUrl = config.publicUrl ?? ''
  // The banner names the address that it listens on, so that must be answered too.
  const allowedHosts = isWildcard(config.host) ? config.allowedHosts : [...config.allowedHosts, hostInUrl(config.host)]
  const wantsDemo = dev && !config.empty
  // Before anything is opened, because a certificate that can't be used is a setting that can't be obeyed.
  const tls = await openTls(config, { openAuthority: () => openLocalAuthority(config), clock: systemClock, random: systemRandom, log })
  const services = await openServices({
    ...dataOf(config),
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
    sharers: share?.workers,
    meter: share?.meter,
    onFatal,
  })
  const letGo: (() => Promise<void>)[] = [services.close]
  const stop = async () => {
    for (const close of letGo.splice(0).reverse()) await close()
  }
  try {
    let adminUrl = config.adminUrl ?? ''
    const commands = commandsOf(services, config, () => adminUrl)
    const seed = (document: SeedDocument) => commands.seed({ document })
    const emptyStore = createReset(services, services.mailbox, clock)
    const reset = async () => {
      await emptyStore()
      services.triggers.clear()
    }
    const rates = createRequestRates(ratesOf(config.rateLimits, config.rateLimit), services.clock, share?.ratePeers)
    const settings: ApiSettings = {
      auth: config.auth,
      defaultRegion: config.defaultRegion,
      idsChosenBy: dev ? 'everybody' : 'permission',
      strictErrors: false,
      rates,
      mayAdminister: dev ? createOriginGuard(allowedHosts) : undefined,
    }
    const dispatch = timedDispatch(createDispatcher({ services, operations, settings }), services.meter, monotonicClock)
    const { mailbox, triggers, meter: metrics } = services
    const maxBody = config.maxBody ?? largestBody
    const hooks = clock && mailbox && { mailbox, clock, metrics, triggers, publicUrl: () => publicUrl, reset, seed }
    // Before anybody is told that the server is ready.
    if (wantsDemo) await makeDemo(services, config.defaultRegion, seed)
    const listener = await listen({
      handle: createHttpApp({
        services,
        dispatch,
        allowedHosts: dev ? allowedHosts : undefined,
        trustedProxies: trustedProxies(config.trustedProxies),
        oauth: { defaultRegion: config.defaultRegion, rates },
        maxBody,
        openHooks: hooks && (() => openHooks(hooks, { services, maxBody })),
        console: dev ? devConsole(services, settings, config) : undefined,
      }),
      host: config.host,
      port: config.port,
      maxHeaders: config.maxHeaders,
      headersTimeout: config.headersTimeout,
      tls: tls?.identity,
    })
    letGo.push(listener.stop)
    if (tls !== undefined) letGo.push(keepFresh(tls.identity, listener).stop)
    services.triggers.start()
    publicUrl ||= localUrl(config.host, listener.port, tls && 'https')
    const console = dev
      ? undefined
      : operatorConsole(services, settings, config, { adminUrl: () => adminUrl, sharers: share?.workers ?? 1 })
    const operators = console && (await listenForOperators(config, services, console))
    if (operators !== undefined) {
      letGo.push(operators.stop)
      adminUrl ||= localUrl(config.adminHost, operators.port)
    }
    if (config.dataDir !== inMemory) {
      const path = commandSocket(config.dataDir)
      const token = share?.commands.token ?? Buffer.from(services.random.bytes(32)).toString('hex')
      if (share?.commands.isFirst !== false) await announceCommands(path, token)
      letGo.push((await listenForCommands(path, commands, token)).close)
    }
    if (share?.keepsHouse !== false) letGo.push(keepHouse(services).stop)
    return {
      url: publicUrl,
      port: listener.port,
      adminUrl: operators && listenerUrl(config.adminHost, operators.port),
      authority: tls?.authority,
      demo: dev ? await openDemo(services, config.defaultRegion, publicUrl) : undefined,
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
