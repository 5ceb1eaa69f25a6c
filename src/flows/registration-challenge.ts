import { hash } from 'node:crypto'
import type { Context } from '../context.ts'
import { webAuthnChallengeNotFound, webAuthnClientMismatch } from '../errors.ts'
import type { SignedIn } from './signed-in.ts'

/** A passkey registration that was begun, as the store keeps it, sealed. */
interface Pending {
  readonly userId: string
  readonly clientUid: string
  /** Of the sign-in that began it. */
  readonly originId: string
  readonly relyingPartyId: string
  readonly expiresAt: number
}

/** In ms. guess: a passkey registration has to be completed within five minutes. */
const lifetime = 5 * 60_000

// The challenge itself is in no table: who reads the database can't complete anybody's registration.
const idOf = (challenge: string): string => `passkey/${hash('sha256', challenge, 'base64url')}`

/** A challenge (base64url) for a registration by the caller; several may be open at once. */
export const beginRegistration = async ({ ctx, pool, client, user, originId }: SignedIn, relyingPartyId: string): Promise<string> => {
  const challenge = Buffer.from(ctx.random.bytes(32)).toString('base64url')
  const id = idOf(challenge)
  const expiresAt = ctx.clock.now() + lifetime
  const pending: Pending = { userId: user.id, clientUid: client.uid, originId, relyingPartyId, expiresAt }
  const sealed = await ctx.keyring.seal('sessions', pool.uid, id, Buffer.from(JSON.stringify(pending), 'utf8'))
  await ctx.store.challengeStates.put(ctx.by(), { poolUid: pool.uid, id, sealed, expiresAt })
  return challenge
}

/**
 * The relying party that the registration was begun for; throws WebAuthnChallengeNotFoundException unless the caller began it in the same
 * session and in time, WebAuthnClientMismatchException when it was with another app client.
 */
export const openRegistration = async (
  { ctx, pool, client, user, originId }: SignedIn,
  challenge: string,
): Promise<Pick<Pending, 'relyingPartyId' | 'expiresAt'>> => {
  const id = idOf(challenge)
  const sealed = await ctx.store.challengeStates.get(pool.uid, id)
  const plain = sealed && (await ctx.keyring.open('sessions', pool.uid, id, sealed))
  const pending = plain ? (JSON.parse(Buffer.from(plain).toString('utf8')) as Pending) : undefined
  if (pending === undefined || pending.userId !== user.id || ctx.clock.now() >= pending.expiresAt) throw webAuthnChallengeNotFound()
  if (pending.clientUid !== client.uid) throw webAuthnClientMismatch()
  if (pending.originId !== originId) throw webAuthnChallengeNotFound()
  return pending
}

/** Uses the challenge up: of all who complete the registration, one gets past; throws WebAuthnChallengeNotFoundException for the others. */
export const spendRegistration = async (ctx: Context, poolUid: string, challenge: string, expiresAt: number): Promise<void> => {
  if ((await ctx.store.spent.spend(ctx.by(), poolUid, idOf(challenge), expiresAt)) === 'again') throw webAuthnChallengeNotFound()
}
