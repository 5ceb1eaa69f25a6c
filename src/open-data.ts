import { systemClock } from './clock.ts'
import type { Log, Policy } from './context.ts'
import { openAuthority, passingAuthority } from './keys/authority-files.ts'
import { openDevMasterKey, openDevSenderKey } from './keys/master-key-file.ts'
import { openDevTriggerSecret } from './keys/trigger-secret-file.ts'
import { makeFolder } from './make-folder.ts'
import { type OpenedServices, openServices } from './open-services.ts'
import { operations } from './operations/index.ts'
import { createPoster } from './posting/create-poster.ts'
import { systemRandom } from './random.ts'
import { type Commands, createCommands } from './server/commands.ts'
import { type Config, ConfigError } from './server/config.ts'
import { claimFolder, hiddenPaths, inMemory, masterKeysOf, senderKeyOf, triggerSecretOf } from './server/data-folder.ts'
import { localUrl } from './server/listener-url.ts'
import { ensureLoadTarget, type LoadFacts, type LoadRequest } from './server/load-target.ts'
import { createOperatorCall } from './server/operator.ts'
import { applySeed } from './server/seed.ts'
import { vouchedNames } from './server/tls/served-names.ts'
import { loadUsers } from './storage/load-users.ts'
import type { PostgresOptions } from './storage/open-postgres.ts'
import { unwritable } from './storage/sqlite-folder.ts'
import { functionTarget, type TriggerHandler } from './triggers/function-target.ts'
import { openTargets } from './triggers/open-targets.ts'

/** What a command line may have done to a server's data. */
export const commandsOf = (services: OpenedServices, { command, defaultRegion }: Config, adminUrl: () => string): Commands => {
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

/** Makes the folder that a database elsewhere leaves empty but for the server's socket. Throws a StorageError. */
const makeSocketFolder = (folder: string): void => {
  try {
    makeFolder(folder)
  } catch (error) {
    throw unwritable(folder, error)
  }
}

/** Where the data lies; the folder is made where a database leaves nobody else to make it. */
const dataOf = (config: Config) => {
  const database = databaseOf(config)
  if (database !== undefined && config.dataDir !== inMemory) makeSocketFolder(config.dataDir)
  return { dataDir: config.dataDir, database, migrate: config.migrate === 'auto' }
}

/** How services are opened beside what the configuration says. */
export interface DataUse {
  /** Asked at each use, because a server knows its port late. */
  readonly publicUrl: () => string
  /** Whether a new folder is to get the demo. */
  readonly wantsDemo: boolean
  /** Functions of this process that pools may name in LambdaConfig, by ARN. */
  readonly functions?: Readonly<Record<string, TriggerHandler>> | undefined
}

/** What a configuration says of the services, for a server and for a command line alike. */
export const serviceOptionsOf = (config: Config, log: Log, { publicUrl, wantsDemo, functions }: DataUse) => ({
  ...dataOf(config),
  masterKeys: masterKeysOf(config, systemRandom, openDevMasterKey),
  policy: policyOf(config, publicUrl),
  random: systemRandom,
  claim: claimFolder(config, { wantsDemo }),
  smtp: smtpOf(config),
  sms: smsOf(config),
  compromisedPasswords: config.compromisedPasswords,
  ...triggersOf(config, log, functions),
  log,
})

const openData = (config: Config, log: Log): Promise<OpenedServices> =>
  openServices({
    ...serviceOptionsOf(config, log, { publicUrl: () => config.publicUrl ?? '', wantsDemo: false }),
    clock: systemClock,
    compute: 'inline',
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
