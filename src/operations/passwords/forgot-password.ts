import { poolRecoveryFault, recoveryMedium } from '../../domain/account-recovery.ts'
import { hidesUserExistence } from '../../domain/app-client.ts'
import { mayResetPassword } from '../../domain/may-reset-password.ts'
import { hourlyLimits } from '../../domain/quotas.ts'
import { subjectOf } from '../../domain/subject.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { type CognitoError, cannotResetPassword, invalidParameter, notAuthorized, userDisabled, userNotFound } from '../../errors.ts'
import { reportedBy } from '../../flows/client-context.ts'
import { pretendCode, storeCode, takeFromAllowance } from '../../flows/codes.ts'
import { findUser } from '../../flows/find-user.ts'
import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { recordAuthEvent } from '../../flows/record-auth-event.ts'
import { pretendDelivery, sendMessage, sendUnobserved } from '../../flows/send-message.ts'
import { migrateForgetfulUser } from '../../flows/triggers/user-migration.ts'
import type { Operation } from '../operation.ts'

/** Who gets a code and where, or why nobody does. */
const recoveryOf = (pool: UserPool, user: User | undefined) => {
  const no = (refused: CognitoError) => ({ refused })
  if (user === undefined) return no(userNotFound())
  if (!user.enabled) return no(userDisabled())
  if (!mayResetPassword(user)) return no(cannotResetPassword())
  const recipient = recoveryMedium(pool, user)
  return 'fault' in recipient ? no(invalidParameter(recipient.fault)) : { user, recipient }
}

/** Sends a code with which a user sets a new password. */
export const forgotPassword: Operation<'ForgotPassword'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  const { client, pool } = opened
  await requireSecretHash(ctx, client, [input.Username], input.SecretHash)
  // The same for everybody, so it tells nothing about anybody.
  const closed = poolRecoveryFault(pool)
  if (closed !== undefined) throw notAuthorized(closed)
  const hides = hidesUserExistence(client)
  const found = await findUser(ctx, pool, input.Username)
  await takeFromAllowance(ctx, pool.uid, subjectOf(pool, found, input.Username), 'ForgotPassword', hourlyLimits.forgotPassword)
  const recovery = recoveryOf(pool, found ?? (await migrateForgetfulUser(ctx, opened, input.Username, input.ClientMetadata)))
  if ('refused' in recovery) {
    if (!hides) throw recovery.refused
    await pretendCode(ctx, pool.uid, 'ForgotPassword')
    return { CodeDeliveryDetails: await pretendDelivery(ctx, pool, input.Username, 'recovery') }
  }
  const { user, recipient } = recovery
  const text = await storeCode(ctx, user, 'ForgotPassword', recipient)
  await recordAuthEvent(ctx, { opened, user, type: 'ForgotPassword', response: 'InProgress', request: reportedBy(input) })
  const send = hides ? sendUnobserved : sendMessage
  const from = { clientId: client.ClientId, clientMetadata: input.ClientMetadata }
  return { CodeDeliveryDetails: await send(ctx, pool, user, 'ForgotPassword', recipient, text, from) }
}
