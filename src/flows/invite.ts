import type { Context } from '../context.ts'
import { addressOf, type Medium, type Recipient, recipientAt } from '../domain/recipient.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { invalidParameter } from '../errors.ts'
import type { AdminCreateUserRequest } from '../model/types.gen.ts'
import { sendMessage, sendUnobserved } from './send-message.ts'

type Mediums = AdminCreateUserRequest['DesiredDeliveryMediums']

const missing = {
  EMAIL: 'No email provided but desired delivery medium was Email',
  // guess: the sentence about a missing phone number is formed like the one about a missing e-mail address.
  SMS: 'No phone number provided but desired delivery medium was SMS',
} as const

const chosenMediums = ({ attributes }: User, wanted: Mediums): Medium[] => {
  if (wanted?.length) return [...new Set(wanted)]
  return attributes['phone_number'] === undefined && attributes['email'] !== undefined ? ['EMAIL'] : ['SMS']
}

const recipientBy = ({ attributes }: User, medium: Medium): Recipient | undefined => {
  const attribute = addressOf[medium]
  const destination = attributes[attribute]
  return destination === undefined ? undefined : recipientAt(attribute, destination)
}

const reachable = (user: User, wanted: Mediums): Recipient[] =>
  chosenMediums(user, wanted).flatMap((medium) => recipientBy(user, medium) ?? [])

/**
 * Where an invitation goes: SMS unless asked otherwise (API_AdminCreateUser). Throws InvalidParameterException when a medium that was
 * asked for has no address. guess: an invitation whose medium is left out goes by e-mail when that is all there is, and nowhere when
 * there is neither.
 */
export const invitationRecipients = (user: User, wanted: Mediums): Recipient[] => {
  const lost = wanted?.find((medium) => recipientBy(user, medium) === undefined)
  if (lost !== undefined) throw invalidParameter(missing[lost])
  return reachable(user, wanted)
}

/** Sends the invitation by every medium, with the temporary password if the user has one; throws CodeDeliveryFailureException. */
export const invite = async (
  ctx: Context,
  pool: UserPool,
  user: User,
  password: string | undefined,
  {
    DesiredDeliveryMediums: wanted,
    ClientMetadata: clientMetadata,
  }: Pick<AdminCreateUserRequest, 'DesiredDeliveryMediums' | 'ClientMetadata'>,
): Promise<void> => {
  const sent = await Promise.allSettled(
    invitationRecipients(user, wanted).map((recipient) =>
      sendMessage(ctx, pool, user, 'Invitation', recipient, password, { clientMetadata }),
    ),
  )
  const failed = sent.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/**
 * Sends the invitation to somebody who was not invited but migrated, without a password and without waiting; a sign-in does not fail for it.
 * guess: a migrated user whose message has no address to go to is welcomed by no message.
 */
export const welcome = (ctx: Context, pool: UserPool, user: User, wanted: Mediums, clientId: string): void => {
  for (const recipient of reachable(user, wanted)) sendUnobserved(ctx, pool, user, 'Invitation', recipient, undefined, { clientId })
}
