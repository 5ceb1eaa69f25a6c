import type { Context } from '../context.ts'
import type { Progress } from '../domain/progress.ts'
import { hasThreatProtection } from '../domain/threat-mode.ts'
import { requestNotAllowed, riskBlocked } from '../errors.ts'
import type { ChallengeResponseType } from '../model/types.gen.ts'
import type { KnownAttempt, SignInRequest } from './attempt.ts'
import { FailedProof } from './failed-proof.ts'
import type { OpenClient } from './open-client.ts'
import { recordAuthEvent } from './record-auth-event.ts'
import { assessRisk } from './risk.ts'

const challengesOf = ({ proofs, secondFactor }: Progress): ChallengeResponseType[] => [
  ...(proofs.includes('pwd') ? [{ ChallengeName: 'Password' as const, ChallengeResponse: 'Success' as const }] : []),
  ...(secondFactor ? [{ ChallengeName: 'Mfa' as const, ChallengeResponse: 'Success' as const }] : []),
]

/**
 * The attempt as risk assessment sees it, asked once, as soon as something is proved: what it demands stands in the progress from then on.
 * Throws NotAuthorizedException where the rules block the sign-in.
 */
export const assessed = async (ctx: Context, attempt: KnownAttempt): Promise<KnownAttempt> => {
  const { user, progress, request } = attempt
  if (progress.assessment !== undefined || !hasThreatProtection(attempt.pool)) return attempt
  const risk = await assessRisk(ctx, attempt)
  const challenges = challengesOf(progress)
  const occurrence = { opened: attempt, user, type: 'SignIn', request, flow: progress.flow, risk, challenges } as const
  if (risk.action === 'BLOCK') {
    await recordAuthEvent(ctx, { ...occurrence, response: 'Fail' })
    throw risk.blockedAddress ? requestNotAllowed() : riskBlocked()
  }
  if (risk.action === 'NO_ACTION') return { ...attempt, progress: { ...progress, assessment: risk } }
  // Told now: whoever has no second factor never gets to the end.
  await recordAuthEvent(ctx, { ...occurrence, response: 'InProgress' })
  return { ...attempt, progress: { ...progress, assessment: { ...risk, notify: false }, risk: risk.action } }
}

/** Keeps a sign-in that ended in tokens in the user's history, and tells the user of it where it was risky. */
export const recordSignIn = (ctx: Context, { user, progress, request, ...opened }: KnownAttempt, eventId: string): Promise<void> =>
  recordAuthEvent(ctx, {
    eventId,
    opened,
    user,
    type: 'SignIn',
    response: 'Pass',
    request,
    flow: progress.flow,
    risk: progress.assessment,
    compromised: progress.compromised,
    challenges: challengesOf(progress),
  })

/** Does one step of a sign-in, and keeps a proof that failed in the history of the user against whom it was counted. */
export const recordingFailures = async <T>(
  ctx: Context,
  opened: OpenClient,
  request: SignInRequest,
  step: () => Promise<T>,
): Promise<T> => {
  try {
    return await step()
  } catch (error) {
    if (error instanceof FailedProof) {
      await recordAuthEvent(ctx, { opened, user: error.user, type: 'SignIn', response: 'Fail', request })
    }
    throw error
  }
}
