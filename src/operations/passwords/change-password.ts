import { hourlyLimits } from '../../domain/quotas.ts'
import type { User } from '../../domain/user.ts'
import { accessTokenRevoked, missingParameter } from '../../errors.ts'
import { openAccessToken, type TokenCaller } from '../../flows/access-token.ts'
import { takeFromAllowance } from '../../flows/codes.ts'
import { requireUncompromised } from '../../flows/compromised.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import { newCredential } from '../../flows/new-credential.ts'
import { passwordFits } from '../../flows/password-fits.ts'
import { historySize, requireGoodPassword, requireNewPassword } from '../../flows/password-rules.ts'
import { provePassword } from '../../flows/prove-password.ts'
import { recordingOutcome } from '../../flows/record-auth-event.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import type { Operation } from '../operation.ts'

/** The caller, who knows the present password or has none; the state is the one that was proved, so that a later one refuses the save. */
const proveCaller = async (caller: TokenCaller, previous: string | undefined): Promise<User> => {
  const { ctx, pool } = caller
  const user = await rereadCaller(ctx, caller.user)
  if ((await ctx.store.users.credential(pool.uid, user.id)) === undefined) return user
  if (!previous) throw missingParameter('PreviousPassword')
  const candidate = { typed: user.username, user, subject: user.id }
  const proved = await provePassword(ctx, caller, candidate, () => passwordFits(ctx, pool, candidate, previous))
  if (proved.generation !== user.generation) throw accessTokenRevoked()
  return proved
}

/** Changes the caller's password; sessions live on, as on AWS, unless the policy ends them. Wrong previous passwords count towards the sign-in lock-out. */
export const changePassword: Operation<'ChangePassword'> = async (request, input) => {
  const caller = await openAccessToken(request, input.AccessToken)
  const { ctx, pool } = caller
  await takeFromAllowance(ctx, pool.uid, caller.user.id, 'ChangePassword', hourlyLimits.changePassword)
  const whose = { user: caller.user, request: { surface: 'public' } } as const
  const compromised = await requireUncompromised(ctx, caller, input.ProposedPassword, 'PASSWORD_CHANGE', whose)
  const change = async (): Promise<void> => {
    const user = await proveCaller(caller, input.PreviousPassword)
    requireGoodPassword(pool, input.ProposedPassword)
    await requireNewPassword(ctx, pool, user, input.ProposedPassword)
    const credential = { new: await newCredential(ctx, pool, user, input.ProposedPassword), historySize: historySize(pool) }
    const generation = ctx.policy.sessionsOnPasswordChange === 'end' ? user.generation + 1 : user.generation
    await save(ctx, { user: { ...user, generation }, credential })
  }
  const occurrence = { opened: caller, ...whose, type: 'PasswordChange', compromised } as const
  await recordingOutcome(ctx, occurrence, () => retryingLostRaces(change))
  return {}
}
