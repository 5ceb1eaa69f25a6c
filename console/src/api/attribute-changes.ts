import type { AttributeType, SchemaAttributeType } from '../../../src/model/types.gen.ts'

/** What somebody makes of a user's attributes. */
export interface AttributeDraft {
  /** By name; an empty text takes the attribute away. */
  readonly values: Readonly<Record<string, string>>
  readonly emailVerified: boolean
  readonly phoneVerified: boolean
}

const notWritten: readonly string[] = ['sub', 'identities', 'email_verified', 'phone_number_verified']

/** Attributes of a pool's schema that a form shows as fields; flags stand beside their address, and `sub` never changes. */
export const writtenAttributes = (schema: readonly SchemaAttributeType[]): readonly SchemaAttributeType[] =>
  schema.filter(({ Name = '' }) => Name !== '' && !notWritten.includes(Name))

/** The form as a user's attributes fill it in. */
export const draftOf = (attributes: readonly AttributeType[]): AttributeDraft => {
  const has = (name: string) => attributes.some(({ Name, Value }) => Name === name && Value === 'true')
  return {
    values: Object.fromEntries(attributes.filter(({ Name }) => !notWritten.includes(Name)).map(({ Name, Value = '' }) => [Name, Value])),
    emailVerified: has('email_verified'),
    phoneVerified: has('phone_number_verified'),
  }
}

/**
 * What AdminUpdateUserAttributes has to be told: only what differs. The flag of an address goes with a changed address, because the API
 * takes a new one for unverified otherwise.
 */
export const attributeChanges = (before: AttributeDraft, after: AttributeDraft): AttributeType[] => {
  const changed = (name: string) => (after.values[name] ?? '') !== (before.values[name] ?? '')
  const flags = [
    { address: 'email', was: before.emailVerified, is: after.emailVerified },
    { address: 'phone_number', was: before.phoneVerified, is: after.phoneVerified },
  ]
  return [
    ...Object.entries(after.values)
      .filter(([name]) => changed(name))
      .map(([Name, Value]) => ({ Name, Value })),
    ...flags
      .filter(({ address, was, is }) => (after.values[address] ?? '') !== '' && (was !== is || changed(address)))
      .map(({ address, is }) => ({ Name: `${address}_verified`, Value: String(is) })),
  ]
}
