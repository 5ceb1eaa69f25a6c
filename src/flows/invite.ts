import type { Context } from '../context.ts'
import type { CodeMedium } from '../domain/account-recovery.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { invalidParameter } from '../errors.ts'
import type { AdminCreateUserRequest } from '../model/types.gen.ts'
import { recipientAt } from './change-attributes.ts'
import { sendMessage } from './send-message.ts'

type Mediums = AdminCreateUserRequest['DesiredDeliveryMediums']

const missing = {
  EMAIL: 'No email provided but desired delivery medium was Email',
  // guess: the sentence about a missing phone number is formed like the one about a missing e-mail address.
  SMS: 'No phone number provided but desired delivery medium was SMS',
} as const

/**
 * Where an invitation goes: SMS unless asked otherwise (API_AdminCreateUser). Throws InvalidParameterException when a medium that was
 * asked for has no address. guess: an invitation whose medium is left out goes by e-mail when that is all there is, and nowhere when
 * there is neither.
 */
export const invitationRecipients = (user: User, wanted: Mediums): CodeMedium[] => {
  const { email, phone_number: phone } = user.attributes
  const chosen = wanted?.length
    ? [...new Set(wanted)]
    : [phone === undefined && email !== undefined ? ('EMAIL' as const) : ('SMS' as const)]
  return chosen.flatMap((medium) => {
    const attribute = medium === 'EMAIL' ? 'email' : 'phone_number'
    const destination = user.attributes[attribute]
    if (destination !== undefined) return [recipientAt(attribute, destination)]
    if (wanted?.length) throw invalidParameter(missing[medium])
    return []
  })
}

/** Sends the invitation by every medium, with the temporary password if the user has one; throws CodeDeliveryFailureException. */
export const invite = async (ctx: Context, pool: UserPool, user: User, password: string | undefined, wanted: Mediums): Promise<void> => {
  const sent = await Promise.allSettled(
    invitationRecipients(user, wanted).map((recipient) => sendMessage(ctx, pool, user, 'Invitation', recipient, password)),
  )
  const failed = sent.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
