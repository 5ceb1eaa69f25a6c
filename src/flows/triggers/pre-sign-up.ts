import type { Context } from '../../context.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { invalidLambdaResponse } from '../../errors.ts'
import { callTrigger } from './call-trigger.ts'
import { type ClientMetadata, clientMetadataOf } from './event-attributes.ts'

/** Somebody who is about to be stored, and what came along. */
export interface PreSignUpCall {
  readonly source: 'PreSignUp_SignUp' | 'PreSignUp_AdminCreateUser' | 'PreSignUp_ExternalProvider'
  readonly clientId?: string | undefined
  readonly validationData?: ClientMetadata | undefined
  readonly clientMetadata?: ClientMetadata | undefined
}

const flags = { email: 'autoVerifyEmail', phone_number: 'autoVerifyPhone' } as const

/** What was given of the attributes: the flags of a sign-up are the pool's own. */
const givenAttributes = ({ attributes, status }: User): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => status !== 'UNCONFIRMED' || !name.endsWith('_verified')))

/** The user as the function wants it; throws InvalidLambdaResponseException for a flag about an address that is not there. */
const ruled = (user: User, response: Readonly<Record<string, unknown>>): User => {
  const attributes = { ...user.attributes }
  for (const attribute of ['email', 'phone_number'] as const) {
    if (response[flags[attribute]] !== true) continue
    // guess: a PreSignUp function that verifies an address which is not there is refused with InvalidLambdaResponseException.
    if (!attributes[attribute]) throw invalidLambdaResponse(`${flags[attribute]} is set and the user has no ${attribute}`)
    attributes[`${attribute}_verified`] = 'true'
  }
  return { ...user, attributes, status: response['autoConfirmUser'] === true ? 'CONFIRMED' : user.status }
}

/**
 * Lets the pool's PreSignUp function refuse somebody before they are stored, and answers them as the function wants them; what it says about
 * confirming and verifying counts only for those who sign themselves up (developer guide, "Pre sign-up Lambda trigger").
 */
export const preSignUp = async (
  ctx: Context,
  pool: UserPool,
  user: User,
  { source, clientId, validationData, clientMetadata }: PreSignUpCall,
): Promise<User> => {
  const response = await callTrigger(ctx, {
    pool,
    trigger: 'PreSignUp',
    source,
    userName: user.username,
    clientId,
    request: { userAttributes: givenAttributes(user), validationData: validationData ?? null, ...clientMetadataOf(clientMetadata) },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  })
  return response === undefined || source === 'PreSignUp_AdminCreateUser' ? user : ruled(user, response)
}
