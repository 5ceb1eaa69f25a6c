import type { Context } from '../context.ts'
import { riskRules } from '../domain/risk-configuration.ts'
import { threatMode } from '../domain/threat-mode.ts'
import type { User } from '../domain/user.ts'
import { compromisedPassword, compromisedPasswordReset } from '../errors.ts'
import type { EventFilterType } from '../model/types.gen.ts'
import type { Reported } from './client-context.ts'
import type { OpenClient } from './open-client.ts'
import { type Occurrence, recordAuthEvent } from './record-auth-event.ts'
import { retryingLostRaces, save } from './save-user.ts'

interface Verdict {
  readonly detected: boolean
  readonly blocks: boolean
}

const verdict = async (ctx: Context, { pool, client }: OpenClient, password: string, event: EventFilterType): Promise<Verdict> => {
  const mode = threatMode(pool)
  const { compromised } = riskRules(pool, client)
  if (mode === 'OFF' || !compromised.events.includes(event)) return { detected: false, blocks: false }
  const detected = await ctx.compromisedPasswords.includes(password)
  return { detected, blocks: detected && mode === 'ENFORCED' && compromised.action === 'BLOCK' }
}

/** Somebody who signs in with a password that others know too has to set another one. */
const requireReset = (ctx: Context, { id, poolUid }: User): Promise<void> =>
  retryingLostRaces(async () => {
    const user = await ctx.store.users.byId(poolUid, id)
    if (user?.status === 'CONFIRMED') await save(ctx, { user: { ...user, status: 'RESET_REQUIRED' } })
  })

/**
 * Whether the password that was just proved is a compromised one, for the sign-in's event. Where the rules block it, sets the user's
 * status to RESET_REQUIRED, keeps an event and throws PasswordResetRequiredException (developer guide, "Working with
 * compromised-credentials detection").
 * guess: a temporary password that is compromised is left to the challenge that replaces it.
 */
export const compromisedAtSignIn = async (
  ctx: Context,
  opened: OpenClient & { readonly request: Reported },
  user: User,
  password: string,
): Promise<boolean> => {
  const { detected, blocks } = await verdict(ctx, opened, password, 'SIGN_IN')
  if (!blocks || user.status !== 'CONFIRMED') return detected
  await requireReset(ctx, user)
  await recordAuthEvent(ctx, {
    opened,
    user,
    type: 'SignIn',
    response: 'Fail',
    request: opened.request,
    compromised: true,
    challenges: [{ ChallengeName: 'Password', ChallengeResponse: 'Success' }],
  })
  throw compromisedPasswordReset()
}

/**
 * Whether a new password is a compromised one, for the event of the change; throws InvalidPasswordException where the rules block it, and
 * keeps an event of that for a known user.
 */
export const requireUncompromised = async (
  ctx: Context,
  opened: OpenClient,
  password: string,
  event: 'PASSWORD_CHANGE' | 'SIGN_UP',
  whose?: Pick<Occurrence, 'user' | 'request'>,
): Promise<boolean> => {
  const { detected, blocks } = await verdict(ctx, opened, password, event)
  if (!blocks) return detected
  if (whose !== undefined) await recordAuthEvent(ctx, { opened, ...whose, type: 'PasswordChange', response: 'Fail', compromised: true })
  throw compromisedPassword()
}
