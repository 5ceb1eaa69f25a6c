import type { Context } from '../context.ts'
import { poolRecoveryFault, recoveryMedium } from '../domain/account-recovery.ts'
import { hidesUserExistence } from '../domain/app-client.ts'
import { mayResetPassword } from '../domain/may-reset-password.ts'
import { hourlyLimits } from '../domain/quotas.ts'
import { subjectOf } from '../domain/subject.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { type CognitoError, cannotResetPassword, invalidParameter, notAuthorized, userDisabled, userNotFoundForClient } from '../errors.ts'
import type { CodeDeliveryDetailsType } from '../model/types.gen.ts'
import type { SignInRequest } from './attempt.ts'
import { pretendCode, storeCode, takeFromAllowance } from './codes.ts'
import { findUser } from './find-user.ts'
import type { OpenClient } from './open-client.ts'
import { recordAuthEvent } from './record-auth-event.ts'
import { pretendDelivery, sendMessage, sendUnobserved } from './send-message.ts'
import { migrateForgetfulUser } from './triggers/user-migration.ts'

/** Who gets a code and where, or why nobody does. */
const recoveryOf = (pool: UserPool, user: User | undefined) => {
  const no = (refused: CognitoError) => ({ refused })
  if (user === undefined) return no(userNotFoundForClient())
  if (!user.enabled) return no(userDisabled())
  if (!mayResetPassword(user)) return no(cannotResetPassword())
  const recipient = recoveryMedium(pool, user)
  return 'fault' in recipient ? no(invalidParameter(recipient.fault)) : { user, recipient }
}

/** Sends a code with which a user sets a new password, and answers where it went; throws what API_ForgotPassword lists. */
export const sendResetCode = async (
  ctx: Context,
  opened: OpenClient,
  { username, request }: { readonly username: string; readonly request: SignInRequest },
): Promise<CodeDeliveryDetailsType> => {
  const { client, pool } = opened
  // The same for everybody, so it tells nothing about anybody.
  const closed = poolRecoveryFault(pool)
  if (closed !== undefined) throw notAuthorized(closed)
  const hides = hidesUserExistence(client)
  const found = await findUser(ctx, pool, username)
  await takeFromAllowance(ctx, pool.uid, subjectOf(pool, found, username), 'ForgotPassword', hourlyLimits.forgotPassword)
  const recovery = recoveryOf(pool, found ?? (await migrateForgetfulUser(ctx, opened, username, request.clientMetadata)))
  if ('refused' in recovery) {
    if (!hides) throw recovery.refused
    await pretendCode(ctx, pool.uid, 'ForgotPassword')
    return pretendDelivery(ctx, pool, username, 'recovery')
  }
  const { user, recipient } = recovery
  const text = await storeCode(ctx, user, 'ForgotPassword', recipient)
  await recordAuthEvent(ctx, { opened, user, type: 'ForgotPassword', response: 'InProgress', request })
  const send = hides ? sendUnobserved : sendMessage
  const from = { clientId: client.ClientId, clientMetadata: request.clientMetadata }
  return send(ctx, pool, user, 'ForgotPassword', recipient, text, from)
}
