import type { Context } from '../context.ts'
import { equalText } from '../crypto/constant-time.ts'
import { hidesUserExistence } from '../domain/app-client.ts'
import { allowedFirstFactors } from '../domain/auth-factors.ts'
import { newCode } from '../domain/ids.ts'
import { madeUpDestination } from '../domain/made-up-destination.ts'
import { messagesPerHour } from '../domain/quotas.ts'
import { type AddressName, mediumOf, recipientAt } from '../domain/recipient.ts'
import { offersFactor } from '../domain/second-factor.ts'
import { lookupName } from '../domain/username.ts'
import { invalidSession, messageLimitExceeded } from '../errors.ts'
import type { ChallengeNameType } from '../model/types.gen.ts'
import { type Attempt, type Challenge, sealAttempt } from './attempt.ts'
import type { ChallengeSession } from './challenge-session.ts'
import { type CodeKind, chargeGuess } from './code-guesses.ts'
import { takeFromAllowance } from './codes.ts'
import { lockoutSubject } from './lockout-subject.ts'
import { deliveryDetails, deliveryNoise, sendMessage, sendUnobserved } from './send-message.ts'

/** What a code that is sent in a sign-in is to prove. */
export interface CodeOrder {
  readonly challenge: Extract<ChallengeNameType, 'SMS_MFA' | 'SMS_OTP' | 'EMAIL_OTP'>
  readonly use: 'first factor' | 'second factor' | 'set-up'
  readonly attribute: AddressName
  /** Where it goes; undefined for somebody who is to believe that it went somewhere. */
  readonly destination: string | undefined
}

/** Measured on AWS: eight digits sign in alone, six after a password. */
const digitsFor = { 'first factor': 8, 'second factor': 6, 'set-up': 6 } as const

/** What a session remembers of a code: never the code itself. */
interface CodePrint {
  readonly use: CodeOrder['use']
  /** Random; makes the same digits of two sign-ins two codes. */
  readonly id: string
  /** HMAC of the code and of everything that it is bound to under the pool's `codes` key, base64. */
  readonly print: string
  /** The address that is being set up. */
  readonly address?: string | undefined
}

/** What the session of a code challenge remembers. */
export const codePrint = ({ data }: ChallengeSession): CodePrint => data as unknown as CodePrint

const printOf = async (
  ctx: Context,
  { pool, candidate }: Attempt,
  { challenge, use, attribute, destination }: CodeOrder,
  id: string,
  code: string,
): Promise<string> => {
  const bound = JSON.stringify([challenge, use, candidate.subject, attribute, destination ?? '', id, code])
  return Buffer.from(await ctx.keyring.fingerprint('codes', pool.uid, bound)).toString('base64')
}

/**
 * Throws NotAuthorizedException for a factor that the pool does not offer, or no longer.
 * guess: a code for a factor that was taken out of the pool while it was on its way is refused like one of a session that has ended.
 */
const requireOffered = ({ pool }: Attempt, { use, challenge }: CodeOrder): void => {
  const offered =
    use === 'first factor' || challenge === 'SMS_OTP'
      ? allowedFirstFactors(pool).some((factor) => factor === challenge)
      : offersFactor(pool, challenge)
  if (!offered) throw invalidSession()
}

/** Throws TooManyRequestsException once the user, or the name that nobody has, got as many messages as an hour allows. */
const takeMessage = async (ctx: Context, { pool, candidate }: Attempt, { use }: CodeOrder): Promise<void> => {
  // Anybody can have first factors sent to a user, and must not use up what the second factor needs.
  const kind = use === 'first factor' ? 'sign-in message' : 'mfa message'
  await takeFromAllowance(ctx, pool.uid, candidate.subject, kind, messagesPerHour, messageLimitExceeded)
}

/** The destination as the answer shows it. What somebody hidden is told depends neither on whether anything is sent nor on how that goes. */
const send = async (ctx: Context, attempt: Attempt, order: CodeOrder, code: string): Promise<string> => {
  const { pool, client, candidate, request } = attempt
  const { attribute, destination, use } = order
  const name = lookupName(pool, candidate.typed)
  const noise = await deliveryNoise(ctx, pool, candidate.typed)
  if (candidate.user === undefined || destination === undefined) return madeUpDestination(attribute, name, noise)
  const recipient = recipientAt(attribute, destination)
  const sending = { clientId: client.ClientId, clientMetadata: request.clientMetadata }
  const deliver = use === 'first factor' && hidesUserExistence(client) ? sendUnobserved : sendMessage
  await deliver(ctx, pool, candidate.user, 'Authentication', recipient, code, sending)
  return deliveryDetails(recipient).Destination ?? ''
}

/**
 * Sends a code and asks for it. The session alone knows the code, by its fingerprint: sign-ins of one user don't disturb each other, and what
 * is never answered leaves nothing behind. A fixed code (`dev`) is used as it is, whatever the number of digits. Throws
 * TooManyRequestsException, or what keeps the message from being sent.
 */
export const issueCode = async (ctx: Context, attempt: Attempt, order: CodeOrder): Promise<Challenge> => {
  const { challenge, use, attribute, destination } = order
  const { user } = attempt.candidate
  requireOffered(attempt, order)
  await takeMessage(ctx, attempt, order)
  const code = ctx.policy.fixedCode ?? newCode(ctx.random.below, digitsFor[use])
  const id = ctx.random.uuid()
  const remembered = { use, id, print: await printOf(ctx, attempt, order, id, code) }
  const session = await sealAttempt(ctx, attempt, challenge, use === 'set-up' ? { ...remembered, address: destination } : remembered)
  return {
    kind: 'challenge',
    name: challenge,
    session,
    parameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: mediumOf[attribute],
      CODE_DELIVERY_DESTINATION: await send(ctx, attempt, order, code),
      ...(use !== 'first factor' && user !== undefined ? { USER_ID_FOR_SRP: user.username } : {}),
    },
  }
}

/**
 * Whom tries at a code are counted against. A first factor's can be asked for by anybody, so the policy that keeps strangers from locking
 * somebody out of the password keeps them from this too; a second factor's only by who has proved the first, who must not find it locked.
 */
export const guessed = (
  ctx: Context,
  { candidate: { user, subject } }: Attempt,
  use: CodeOrder['use'],
): readonly [subject: string, kind: CodeKind] =>
  use === 'first factor' ? [lockoutSubject(ctx, user, subject), 'sign-in code'] : [subject, 'code']

/**
 * Whether the typed code is the one that the session was made with, for an address that is still the same. The try is counted first;
 * nobody's code never fits. Throws NotAuthorizedException while wrong codes lock the user.
 */
export const codeFits = async (
  ctx: Context,
  attempt: Attempt,
  session: ChallengeSession,
  order: CodeOrder,
  typed: string,
): Promise<boolean> => {
  requireOffered(attempt, order)
  await chargeGuess(ctx, attempt.pool.uid, ...guessed(ctx, attempt, order.use))
  const { id, print } = codePrint(session)
  const fits = equalText(print, await printOf(ctx, attempt, order, id, typed))
  return fits && attempt.candidate.user !== undefined && order.destination !== undefined
}
