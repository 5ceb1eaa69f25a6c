import type { Context } from '../../context.ts'
import { type PresentedCredential, readCredential } from '../../crypto/presented-credential.ts'
import { standInKey, verifyAssertion } from '../../crypto/webauthn.ts'
import { hasMultiFactorPasskeys, usesMultiFactorPasskeys } from '../../domain/auth-factors.ts'
import { type Passkey, passkeyProof } from '../../domain/passkey.ts'
import { passkeysPerUser } from '../../domain/quotas.ts'
import { allowsPasskeys, isOriginOf, relyingPartyOf } from '../../domain/relying-party.ts'
import { incorrectCredentials } from '../../errors.ts'
import { type Answer, type Attempt, type Challenge, openAttempt, type Passed, requiredResponse, sealAttempt } from '../attempt.ts'
import { type ChallengeSession, spendSession } from '../challenge-session.ts'
import type { OpenClient } from '../open-client.ts'
import { provePasskey } from '../prove-password.ts'
import { openRelyingParty } from '../relying-party.ts'

const challengeName = 'WEB_AUTHN'

interface Allowed {
  readonly type: 'public-key'
  readonly id: string
  readonly transports: readonly string[]
}

/** What passkeys of authenticators that people have look like: bytes of the id, and how browsers say to reach them. */
const common = [
  { size: 32, transports: ['internal'] },
  { size: 20, transports: ['hybrid', 'internal'] },
  { size: 16, transports: ['hybrid', 'internal'] },
  { size: 16, transports: ['internal'] },
  { size: 48, transports: ['nfc', 'usb'] },
  { size: 64, transports: ['usb'] },
  { size: 32, transports: [] },
] as const

const mostSimulated = 3

/** Stand for the passkeys of somebody who has none; the same for the same name for ever. */
const simulatedPasskeys = async (ctx: Context, { pool, candidate }: Attempt): Promise<Allowed[]> => {
  const noise = (what: string) => ctx.keyring.fingerprint('fake-salts', pool.uid, `${candidate.subject}/passkey${what}`)
  // All of them, so that their number costs nothing.
  const [draws, ...ids] = await Promise.all([noise(''), ...Array.from({ length: 2 * mostSimulated }, (_, part) => noise(`/${part}`))])
  const draw = (place: number, outOf: number) => (draws[place] ?? 0) % outOf
  // One is what most people have.
  const count = Math.max(1, draw(0, mostSimulated + 2) - 1)
  return Array.from({ length: count }, (_, index) => {
    const { size, transports } = common[draw(index + 1, common.length)] ?? common[0]
    const id = Buffer.concat(ids.slice(2 * index, 2 * index + 2)).subarray(0, size)
    return { type: 'public-key', id: id.toString('base64url'), transports }
  })
}

/**
 * Asks for an assertion by one of the user's passkeys.
 * guess: somebody without passkeys who begins a WEB_AUTHN challenge is shown the ids of one to three made-up ones, always the same, so that the
 * challenge does not tell who exists.
 */
export const issueWebAuthn = async (ctx: Context, attempt: Attempt): Promise<Challenge> => {
  const { pool, candidate } = attempt
  const party = openRelyingParty(ctx, pool)
  const challenge = Buffer.from(ctx.random.bytes(32)).toString('base64url')
  // Looked for under a name that may not be told of, and made up for known users too, so that both cost the same.
  const [{ rows }, simulated] = await Promise.all([
    ctx.store.passkeys.list(pool.uid, candidate.subject, { limit: passkeysPerUser }),
    simulatedPasskeys(ctx, attempt),
  ])
  const own = rows
    .filter(({ userId, relyingPartyId }) => userId === candidate.user?.id && relyingPartyId === party.id)
    .map(({ credentialId, transports }): Allowed => ({ type: 'public-key', id: credentialId, transports }))
  const options = {
    challenge,
    timeout: 180_000,
    rpId: party.id,
    allowCredentials: own.length === 0 ? simulated : own,
    // Asked of everybody where it may be needed: whether it is for this user must not be told.
    userVerification: hasMultiFactorPasskeys(pool) ? 'required' : party.userVerification,
  }
  return {
    kind: 'challenge',
    name: challengeName,
    session: await sealAttempt(ctx, attempt, challengeName, { challenge }),
    parameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
  }
}

/** A passkey that was used, and whether it verified its user while it was. */
interface Used {
  readonly passkey: Passkey
  readonly userVerified: boolean
}

// Authenticators send the handle that the passkey was made for, if they send one (WebAuthn Level 3, 7.2 step 6).
const isHandleOf = (userId: string, { response: { userHandle } }: PresentedCredential): boolean =>
  !userHandle || Buffer.from(userHandle, 'base64url').toString('utf8') === userId

/**
 * The user's passkey that made the assertion; undefined when none did. One use of a session and of a counter gets past; throws
 * NotAuthorizedException when the session was spent before.
 */
const usedPasskey = async (
  ctx: Context,
  { pool, client, candidate }: Attempt,
  session: ChallengeSession,
  credential: PresentedCredential | undefined,
): Promise<Used | undefined> => {
  const party = allowsPasskeys(pool) ? relyingPartyOf(pool, ctx.policy.publicUrl) : undefined
  if (credential === undefined || party === undefined) return undefined
  const passkey = await ctx.store.passkeys.byId(pool.uid, candidate.subject, credential.id)
  const expected = {
    challenge: String(session.data?.['challenge']),
    relyingPartyId: party.id,
    isAllowedOrigin: (origin: string) => isOriginOf(party.id, origin),
    requireUserVerification:
      party.userVerification === 'required' || (candidate.user !== undefined && usesMultiFactorPasskeys(pool, candidate.user)),
  }
  const use = await verifyAssertion(credential, expected, passkey?.publicKey ?? standInKey)
  if (use === undefined || passkey?.relyingPartyId !== party.id || !isHandleOf(passkey.userId, credential)) return undefined
  await spendSession(ctx, client, session)
  const counted = await ctx.store.passkeys.count(ctx.by(), passkey, use.counter)
  return counted === 'counted' ? { passkey, userVerified: use.userVerified } : undefined
}

/**
 * Checks the assertion.
 * guess: a passkey that fails is refused in the words of a wrong password; a counter that has not grown is a failure.
 */
export const answerWebAuthn = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Passed> => {
  const credential = readCredential(requiredResponse(answer, 'CREDENTIAL'))
  const { session, attempt } = await openAttempt(ctx, opened, [challengeName], answer)
  let used: Used | undefined
  const prove = async () => {
    used = await usedPasskey(ctx, attempt, session, credential)
    return used !== undefined
  }
  const user = await provePasskey(ctx, opened, attempt.candidate, prove)
  if (used === undefined) throw incorrectCredentials()
  const { progress } = session
  const secondFactor = usesMultiFactorPasskeys(opened.pool, user) && used.userVerified ? { secondFactor: true as const } : {}
  return { kind: 'passed', user, progress: { ...progress, ...secondFactor, proofs: [...progress.proofs, passkeyProof(used.passkey)] } }
}
