import type { Recipient } from '../../domain/recipient.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { loginNames, signsInWith } from '../../domain/username.ts'
import type { AttributeType } from '../../model/types.gen.ts'

/** The addresses that sign the user in, by the names that captured events give them; a preferred_username is not among those. */
const signInAddresses = (pool: UserPool, user: User): Record<string, string> =>
  Object.fromEntries(
    loginNames(pool, user).flatMap(({ kind, name }) => {
      const address = kind === 'email' || kind === 'phone_number' ? user.attributes[kind] : undefined
      return address !== undefined && signsInWith(pool, user, name) ? [[`cognito:${kind}_alias`, address]] : []
    }),
  )

/**
 * The attributes of a stored user as events carry them: text, with `sub`, the status and the addresses that sign the user in, and without
 * anything that only the server knows.
 */
export const userAttributesOf = (pool: UserPool, user: User): Record<string, string> => ({
  sub: user.id,
  'cognito:user_status': user.status,
  ...signInAddresses(pool, user),
  ...user.attributes,
})

/**
 * The same in the event of a message to the user: an address that it goes to and that is not the user's yet stands in the place of theirs,
 * because functions send what proves an address to the one that they find here.
 * guess: an event about a message to an address that waits for its code has that address, unverified and no sign-in name, in the place of
 * the user's own.
 */
export const recipientAttributes = (pool: UserPool, user: User, { attribute, destination }: Recipient): Record<string, string> => {
  const own = userAttributesOf(pool, user)
  if (own[attribute] === destination) return own
  const { [`cognito:${attribute}_alias`]: _, ...others } = own
  return { ...others, [attribute]: destination, [`${attribute}_verified`]: 'false' }
}

/** What a caller sends along for functions: a name and a value each. */
export type ClientMetadata = Readonly<Record<string, string>>

/** The `clientMetadata` member of an event's request, which is left out where the caller sent none. */
export const clientMetadataOf = (given: ClientMetadata | undefined): { readonly clientMetadata?: ClientMetadata } =>
  given === undefined ? {} : { clientMetadata: given }

/** ValidationData as events carry it; undefined where the caller sent none. */
export const validationDataOf = (given: readonly AttributeType[] | undefined): Record<string, string> | undefined =>
  given && Object.fromEntries(given.map(({ Name, Value = '' }) => [Name, Value]))
