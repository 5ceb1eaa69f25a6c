import type { Context } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'
import type { ChallengeData, Progress } from '../domain/progress.ts'
import { hour } from '../domain/quotas.ts'
import { invalidSession, missingParameter, sessionExpired, sessionSpent } from '../errors.ts'

/** What a wire `Session` carries from one step of a sign-in to the next. */
export interface ChallengeSession {
  /** Random; what single use is counted by. */
  readonly id: string
  /** The name as it was typed. */
  readonly typed: string
  /** Undefined for the stand-in of a name that nobody has. */
  readonly userId: string | undefined
  /** The user's generation when it was made; a sign-out everywhere ends it. */
  readonly generation: number
  /** The challenge that it waits for. */
  readonly challenge: string
  readonly madeAt: number
  readonly progress: Progress
  readonly data?: ChallengeData | undefined
}

/** All sessions seal to the same size, so that length tells nothing. */
const plainSize = 1056
/** Real ones begin so; nothing reads it. */
const prefix = 'AYAB'

const entity = (client: AppClient) => `session/${client.uid}`

/** The longest AuthSessionValidity, in ms. */
export const longestSession = 15 * 60_000

/** When a session or an SRP exchange of the client that began then is over. */
export const sessionExpiry = (client: AppClient, madeAt: number): number => madeAt + client.AuthSessionValidity * 60_000

/** The wire `Session` for a challenge: sealed, bound to the pool and the client, one size. */
export const sealSession = async (ctx: Context, client: AppClient, session: ChallengeSession): Promise<string> => {
  const whole = JSON.stringify(session)
  const carried = Buffer.byteLength(whole) <= plainSize ? whole : await putAside(ctx, client, session, whole)
  const plain = Buffer.alloc(plainSize, ' ')
  plain.write(carried)
  return prefix + (await ctx.keyring.seal('sessions', client.poolUid, entity(client), plain))
}

/** Stands in the sealed text for a session that is too long for it, whose rest is in the store. */
interface Aside {
  readonly aside: string
}

const asideEntity = (id: string) => `session-state/${id}`

const putAside = async (ctx: Context, client: AppClient, { id, madeAt }: ChallengeSession, whole: string): Promise<string> => {
  const sealed = await ctx.keyring.seal('sessions', client.poolUid, asideEntity(id), Buffer.from(whole, 'utf8'))
  await ctx.store.challengeStates.put(ctx.by(), { poolUid: client.poolUid, id, sealed, expiresAt: madeAt + longestSession })
  return JSON.stringify({ aside: id } satisfies Aside)
}

const fetched = async (ctx: Context, client: AppClient, carried: ChallengeSession | Aside): Promise<ChallengeSession> => {
  if (!('aside' in carried)) return carried
  const sealed = await ctx.store.challengeStates.get(client.poolUid, carried.aside)
  const plain = sealed && (await ctx.keyring.open('sessions', client.poolUid, asideEntity(carried.aside), sealed))
  // Gone with its time.
  if (!plain) throw sessionExpired()
  return JSON.parse(Buffer.from(plain).toString('utf8')) as ChallengeSession
}

/**
 * The session that the client was given for one of the challenges; throws NotAuthorizedException for anything else, or when it is too old:
 * older than its AuthSessionValidity, or than `lifetime` ms.
 * guess: an answer to a challenge without a session is refused with InvalidParameterException.
 */
export const openSession = async (
  ctx: Context,
  client: AppClient,
  challenges: readonly string[],
  text: string | undefined,
  lifetime?: number,
): Promise<ChallengeSession> => {
  if (!text) throw missingParameter('Session')
  if (!text.startsWith(prefix)) throw invalidSession()
  const plain = await ctx.keyring.open('sessions', client.poolUid, entity(client), text.slice(prefix.length))
  if (plain === undefined) throw invalidSession()
  const session = await fetched(ctx, client, JSON.parse(Buffer.from(plain).toString('utf8')) as ChallengeSession | Aside)
  if (!challenges.includes(session.challenge)) throw invalidSession()
  const expiresAt = lifetime === undefined ? sessionExpiry(client, session.madeAt) : session.madeAt + lifetime
  if (ctx.clock.now() >= expiresAt) throw sessionExpired()
  return session
}

/** Uses the session up: of all who answer it, one gets past; throws NotAuthorizedException for the others. */
export const spendSession = async (ctx: Context, client: AppClient, session: Pick<ChallengeSession, 'id' | 'madeAt'>): Promise<void> => {
  // Remembered for longer than any setting can keep a session alive: neither a longer AuthSessionValidity nor a clock set back revives it.
  const until = session.madeAt + longestSession + hour
  const outcome = await ctx.store.spent.spend(ctx.by(), client.poolUid, `session/${session.id}`, until)
  if (outcome === 'again') throw sessionSpent()
}
