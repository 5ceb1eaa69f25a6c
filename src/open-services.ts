import { availableParallelism } from 'node:os'
import { type Clock, systemClock } from './clock.ts'
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
import { shareOf } from './domain/share-of.ts'
import { openKeyring } from './keys/open-keyring.ts'
import { openSigningKeys } from './keys/open-signing-keys.ts'
import { rotateMasterKey } from './keys/rotate-master-key.ts'
import { createSpareKeyPairs } from './keys/spare-key-pairs.ts'
import { createPostNotices } from './logout-notices/post-notices.ts'
import { createPoster } from './posting/create-poster.ts'
import type { Random } from './random.ts'
import type { Commands } from './server/commands.ts'
import { silentLog } from './server/log.ts'
import { createMetrics, type Metrics } from './server/metrics.ts'
import type { PostgresOptions } from './storage/open-postgres.ts'
import { openSqlite } from './storage/open-sqlite.ts'
import type { By, Store } from './storage/store.ts'
import { createTriggers, type OpenedTriggers } from './triggers/create-triggers.ts'
import type { TriggerTarget } from './triggers/trigger-target.ts'

/** What the services are built from. */
export interface ServiceOptions {
  /** A folder, or ':memory:'. */
  readonly dataDir: string
  /** A PostgreSQL database that keeps the data instead. */
  readonly database?: PostgresOptions | undefined
  /** Off: the schema of a data folder has to be this version's already. */
  readonly migrate?: boolean
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
  /** How many processes share the machine with the same settings; what runs at once is divided by it. One unless said. */
  readonly sharers?: number | undefined
  /** Who counts; the process by itself unless said. */
  readonly meter?: Metrics | undefined
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

/** Logout tokens that one application gets at once. */
const noticesAtOnce = 4

const openDelivery = ({
  smtp,
  sms,
  clock,
  random,
  log,
  sharers = 1,
}: Pick<ServiceOptions, 'smtp' | 'sms' | 'clock' | 'random' | 'sharers'> & { readonly log: Log }) => {
  if (smtp !== undefined) {
    const email = createSmtpDelivery({ ...smtp, log, gate: createGate(shareOf(mailConnections, sharers)) })
    const byWebhook = sms && createSmsWebhook({ ...sms, poster: createPoster(), clock: systemClock, random, log })
    return { delivery: createDeliveryByMedium({ email, sms: byWebhook }), mailbox: undefined }
  }
  const mailbox: Mailbox = createMailbox({ clock })
  return { delivery: mailbox, mailbox }
}

const openStore = async (
  { dataDir, database, migrate = true }: ServiceOptions,
  log: Log,
  onFatal: (error: unknown) => void,
): Promise<Store> => {
  if (database === undefined) return openSqlite({ folder: dataDir, migrate, log, onFatal })
  const { openPostgres } = await import('./storage/open-postgres.ts')
  return openPostgres(database)
}

/** Opens store, keys, compute and delivery. Rejects with one clear sentence when the data or the keys don't fit. */
export const openServices = async (options: ServiceOptions): Promise<OpenedServices> => {
  const { clock, random, log = silentLog, policy, sharers = 1 } = options
  const by = (action: string): By => ({ actor: 'poolhouse', requestId: random.uuid(), action, at: clock.now() })
  const onFatal = options.onFatal ?? ((error) => log.error({ err: error }, 'the store failed'))
  // Whatever of it fails to close, the rest is closed.
  const open = new AsyncDisposableStack()
  try {
    const store = await openStore(options, log, onFatal)
    open.defer(store.close)
    await options.claim?.(store, by('Start'))
    const masterKeys = await options.masterKeys()
    const senderKey = await options.senderKey?.()
    const targets = (await options.triggers?.()) ?? new Map()
    const triggers = createTriggers({ targets, clock, random, log, keep: options.keepInvocations })
    open.defer(triggers.close)
    const compromisedPasswords = await openCompromisedPasswords(options.compromisedPasswords)
    open.defer(compromisedPasswords.close)
    const keyring = await openKeyring({ store, clock, random, masterKeys, by })
    const threads = options.compute === 'threads'
    const compute = threads
      ? createThreadCompute({ threads: Math.min(shareOf(availableParallelism(), sharers), mostThreads), random })
      : createInlineCompute(random)
    open.defer(compute.close)
    const spares = threads ? createSpareKeyPairs({ make: newSigningKeyPair, keep: 2, pause: 1000 }) : undefined
    if (spares !== undefined) open.defer(async () => spares.close())
    const newPair = spares?.take ?? newSigningKeyPair
    const { delivery, mailbox } = openDelivery({ ...options, log })
    open.defer(delivery.close)
    const logoutNotices = createPostNotices({ poster: createPoster(), log, gate: createGate(shareOf(noticesAtOnce, sharers)) })
    open.defer(logoutNotices.close)
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
      passwordGate: createGate(shareOf(options.passwordChecks ?? 5, sharers)),
      senderKey,
      compromisedPasswords,
      logoutNotices,
      log,
      meter: options.meter ?? createMetrics(systemClock),
      policy,
      rotateMasterKey: async () => ({
        rewrapped: to === undefined ? 0 : await rotateMasterKey({ store, random, from: masterKeys, to, by }),
        loaded: masterKeys.length,
      }),
      close: () => open.disposeAsync(),
    }
  } catch (error) {
    await open.disposeAsync().catch((fault: unknown) => log.error({ err: fault }, 'what was open could not be closed'))
    throw error
  }
}
