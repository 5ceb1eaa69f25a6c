import type { Context } from '../context.ts'
import { hidesUserExistence } from '../domain/app-client.ts'
import type { Code } from '../domain/code.ts'
import { hourlyLimits } from '../domain/quotas.ts'
import { subjectOf } from '../domain/subject.ts'
import type { User } from '../domain/user.ts'
import { codeExpired, codeMismatch, userDisabled, userNotConfirmed, userNotFoundForClient } from '../errors.ts'
import type { SignInRequest } from './attempt.ts'
import { checkCode, pretendCode, takeFromAllowance } from './codes.ts'
import { requireUncompromised } from './compromised.ts'
import { findUser } from './find-user.ts'
import { saveMovingAliases } from './move-aliases.ts'
import { newCredential } from './new-credential.ts'
import type { OpenClient } from './open-client.ts'
import { historySize, requireGoodPassword, requireNewPassword } from './password-rules.ts'
import { recordingOutcome } from './record-auth-event.ts'
import { retryingLostRaces } from './save-user.ts'
import { postConfirmation } from './triggers/post-confirmation.ts'
import { userChange } from './user-change.ts'

/** What somebody who forgot the password gives to set another one. */
export interface PasswordReset {
  readonly username: string
  readonly code: string
  readonly password: string
  readonly request: SignInRequest
}

/** The user with sessions ended; a code that went to an address that is no longer there is void. */
const recovered = (user: User, { target }: Code): User => {
  if (target === undefined || user.attributes[target.attribute] !== target.value || !user.enabled) throw codeExpired()
  const attributes = { ...user.attributes, [`${target.attribute}_verified`]: 'true' }
  return { ...user, status: 'CONFIRMED', attributes, generation: user.generation + 1 }
}

const setPassword = async (ctx: Context, { pool }: OpenClient, found: User, code: Code, password: string): Promise<User> => {
  const credential = { new: await newCredential(ctx, pool, found, password), historySize: historySize(pool) }
  return retryingLostRaces(async () => {
    const user = await ctx.store.users.byId(pool.uid, found.id)
    if (user === undefined) throw codeExpired()
    const change = userChange(pool, user, recovered(user, code))
    await requireNewPassword(ctx, pool, user, password)
    return saveMovingAliases(ctx, pool, { ...change, credential, spendCode: { purpose: code.purpose, id: code.id } })
  })
}

/**
 * Sets a new password with the code that ForgotPassword or AdminResetUserPassword sent, ends every session of the user and answers the user
 * as stored; throws what API_ConfirmForgotPassword lists.
 */
export const resetPassword = async (
  ctx: Context,
  opened: OpenClient,
  { username, code: typed, password, request }: PasswordReset,
): Promise<User> => {
  const { client, pool } = opened
  requireGoodPassword(pool, password)
  const compromised = await requireUncompromised(ctx, opened, password, 'PASSWORD_CHANGE')
  const hides = hidesUserExistence(client)
  const found = await findUser(ctx, pool, username)
  await takeFromAllowance(ctx, pool.uid, subjectOf(pool, found, username), 'ForgotPassword', hourlyLimits.forgotPassword)
  if (found === undefined || !found.enabled) {
    if (!hides) throw found === undefined ? userNotFoundForClient() : userDisabled()
    await pretendCode(ctx, pool.uid, 'ForgotPassword')
    throw codeMismatch()
  }
  // An unconfirmed user's code proves the address just as well, but the sign-up has to be confirmed first.
  if (found.status === 'UNCONFIRMED' && !hides) throw userNotConfirmed()
  const occurrence = { opened, user: found, type: 'ForgotPassword', request, compromised } as const
  const user = await recordingOutcome(ctx, occurrence, async () => {
    const code = await checkCode(ctx, found, 'ForgotPassword', typed, hides)
    if (found.status === 'UNCONFIRMED') throw userNotConfirmed()
    return setPassword(ctx, opened, found, code, password)
  })
  await ctx.store.attempts.clear(ctx.by(), { poolUid: pool.uid, subject: found.id, kind: 'password' })
  await postConfirmation(ctx, pool, user, 'ConfirmForgotPassword', { clientId: client.ClientId, clientMetadata: request.clientMetadata })
  return user
}
