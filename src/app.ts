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
import { createTriggersView } from './console/triggers-view.ts'
import type { Log } from './context.ts'
import type { Mailbox } from './delivery/delivery.ts'
import { isLoopback } from './domain/is-loopback.ts'
import { ratesOf } from './domain/request-categories.ts'
import { shareOf } from './domain/share-of.ts'
import { jwks } from './oauth/jwks.ts'
import { commandsOf, openLocalAuthority, serviceOptionsOf } from './open-data.ts'
import { type OpenedServices, openServices } from './open-services.ts'
import { operations } from './operations/index.ts'
import { systemRandom } from './random.ts'
import { createAdminApp } from './server/admin-app.ts'
import { announceCommands, commandSocket, listenForCommands } from './server/admin-socket.ts'
import { trustedProxies } from './server/client-address.ts'
import { codeRedeemer } from './server/code-redeemer.ts'
import type { Config } from './server/config.ts'
import { createConsoleDoor } from './server/console-door.ts'
import { inMemory } from './server/data-folder.ts'
import { type DemoPool, makeDemo, openDemo } from './server/demo.ts'
import type { HookServices } from './server/hooks.ts'
import type { HooksListenerOptions } from './server/hooks-listener.ts'
import { createOriginGuard } from './server/host-guard.ts'
import { keepHouse } from './server/housekeeping.ts'
import { createHttpApp, largestBody } from './server/http-app.ts'
import { type Listener, listen } from './server/listen.ts'
import { hostInUrl, isWildcard, listenerUrl, localUrl } from './server/listener-url.ts'
import { createLog } from './server/log.ts'
import { createReset } from './server/reset.ts'
import type { SeedDocument, SeededPool } from './server/seed-document.ts'
import { timedDispatch } from './server/timed-dispatch.ts'
import { keepFresh, openTls, type ShownAuthority } from './server/tls/open-tls.ts'
import type { WorkerShare } from './server/worker-share.ts'
import type { TriggerHandler } from './triggers/function-target.ts'

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
    views: {
      'signing-keys': (poolId) => jwks(services, poolId),
      audit: createAuditView(services),
      triggers: createTriggersView(services, services.triggers),
    },
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
    faults: services,
    live: liveFacts(services),
    views: {
      'signing-keys': (poolId) => jwks(services, poolId),
      audit: createAuditView(services),
      triggers: createTriggersView(services, services.triggers),
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
    ...serviceOptionsOf(config, log, { publicUrl: () => publicUrl, wantsDemo, functions }),
    clock: clock ?? systemClock,
    compute: inProcess ? 'inline' : 'threads',
    passwordChecks: config.passwordChecks,
    sharers: share?.workers,
    meter: share?.meter,
    onFatal,
  })
  // Whatever of it fails to close, the rest is closed.
  const open = new AsyncDisposableStack()
  open.defer(services.close)
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
    const hooks = clock &&
      mailbox && {
        mailbox,
        clock,
        metrics,
        triggers,
        publicUrl: () => publicUrl,
        reset,
        seed,
        redeemer: (code: string) => codeRedeemer(services, code),
      }
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
    open.defer(listener.stop)
    if (tls !== undefined) open.defer(keepFresh(tls.identity, listener, { log }).stop)
    services.triggers.start()
    publicUrl ||= localUrl(config.host, listener.port, tls && 'https')
    const console = dev
      ? undefined
      : operatorConsole(services, settings, config, { adminUrl: () => adminUrl, sharers: share?.workers ?? 1 })
    const operators = console && (await listenForOperators(config, services, console))
    if (operators !== undefined) {
      open.defer(operators.stop)
      adminUrl ||= localUrl(config.adminHost, operators.port)
    }
    if (config.dataDir !== inMemory) {
      const path = commandSocket(config.dataDir)
      const token = share?.commands.token ?? Buffer.from(services.random.bytes(32)).toString('hex')
      if (share?.commands.isFirst !== false) await announceCommands(path, token)
      open.defer((await listenForCommands(path, commands, token)).close)
    }
    if (share?.keepsHouse !== false) open.defer(keepHouse(services).stop)
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
      stop: () => open.disposeAsync(),
    }
  } catch (error) {
    await open.disposeAsync().catch((fault: unknown) => log.error({ err: fault }, 'what was open could not be closed'))
    throw error
  }
}
