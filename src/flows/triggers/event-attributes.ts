import type { User } from '../../domain/user.ts'
import type { AttributeType } from '../../model/types.gen.ts'

/** A user's attributes as events carry them: text, with `sub` and the status, and without anything that only the server knows. */
export const userAttributesOf = (user: Pick<User, 'id' | 'status' | 'attributes'>): Record<string, string> => ({
  sub: user.id,
  'cognito:user_status': user.status,
  ...user.attributes,
})

/** What a caller sends along for functions: a name and a value each. */
export type ClientMetadata = Readonly<Record<string, string>>

/** The `clientMetadata` member of an event's request, which is left out where the caller sent none. */
export const clientMetadataOf = (given: ClientMetadata | undefined): { readonly clientMetadata?: ClientMetadata } =>
  given === undefined ? {} : { clientMetadata: given }

/** ValidationData as events carry it; undefined where the caller sent none. */
export const validationDataOf = (given: readonly AttributeType[] | undefined): Record<string, string> | undefined =>
  given && Object.fromEntries(given.map(({ Name, Value = '' }) => [Name, Value]))
