import { hidesUserExistence } from '../../domain/app-client.ts'
import { hourlyLimits } from '../../domain/quotas.ts'
import type { User } from '../../domain/user.ts'
import { codeMismatch, userDisabled, userNotConfirmed, userNotFound } from '../../errors.ts'
import { checkCode, takeFromAllowance } from '../../flows/codes.ts'
import { findUser } from '../../flows/find-user.ts'
import { newCredential } from '../../flows/new-credential.ts'
import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { historySize, requireGoodPassword, requireNewPassword } from '../../flows/password-rules.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import { userChange } from '../../flows/user-change.ts'
import type { Operation } from '../operation.ts'

/** Sets a new password with the code that ForgotPassword or AdminResetUserPassword sent, and ends every session of the user. */
export const confirmForgotPassword: Operation<'ConfirmForgotPassword'> = async (ctx, input) => {
  const { client, pool } = await openClient(ctx, input.ClientId)
  await requireSecretHash(ctx, client, [input.Username], input.SecretHash)
  ctx.triggers.requireNone(pool, 'PostConfirmation')
  requireGoodPassword(pool, input.Password)
  const hides = hidesUserExistence(client)
  const found = await findUser(ctx, pool, input.Username)
  await takeFromAllowance(ctx, pool.uid, found?.id ?? `name:${input.Username}`, 'ForgotPassword', hourlyLimits.forgotPassword)
  if (found === undefined) throw hides ? codeMismatch() : userNotFound()
  if (!found.enabled) throw hides ? codeMismatch() : userDisabled()
  // An unconfirmed user's code proves the address just as well, but the sign-up has to be confirmed first.
  if (found.status === 'UNCONFIRMED' && !hides) throw userNotConfirmed()
  const code = await checkCode(ctx, found, 'ForgotPassword', input.ConfirmationCode, hides)
  if (found.status === 'UNCONFIRMED') throw userNotConfirmed()
  await requireNewPassword(ctx, pool, found, input.Password)
  const credential = { new: await newCredential(ctx, pool, found, input.Password), historySize: historySize(pool) }
  await retryingLostRaces(async () => {
    const user = (await ctx.store.users.byId(pool.uid, found.id)) ?? found
    const { target } = code
    const proven = target !== undefined && user.attributes[target.attribute] === target.value
    const after: User = {
      ...user,
      status: 'CONFIRMED',
      attributes: proven ? { ...user.attributes, [`${target.attribute}_verified`]: 'true' } : user.attributes,
      generation: user.generation + 1,
    }
    await save(ctx, { ...userChange(pool, user, after), credential, spendCode: { purpose: 'ForgotPassword', id: code.id } })
  })
  await ctx.store.attempts.clear(ctx.by(), { poolUid: pool.uid, subject: found.id, kind: 'password' })
  return {}
}
