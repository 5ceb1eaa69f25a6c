import { mayWrite } from '../domain/attributes.ts'
import { offersFactor } from '../domain/second-factor.ts'
import { askedAtSignUp } from '../domain/sign-up-attributes.ts'
import type { User } from '../domain/user.ts'
import type { AttributeType, SchemaAttributeType } from '../model/types.gen.ts'
import { type Person, ref } from './person.ts'
import type { NameKind } from './scripts/new-user.ts'
import { type PostmanTarget, planningClient, planningPool } from './target.ts'

/** A user that the collection makes, and what is known of it while requests are planned. */
export interface PlannedUser {
  readonly person: Person
  readonly kind: NameKind
  /** Without the address that is its name. */
  readonly attributes: readonly AttributeType[]
  /** As the rules of `domain/` see it; its addresses are references to variables. */
  readonly user: User
}

const values: Readonly<Record<string, string>> = {
  name: 'Ana Example',
  given_name: 'Ana',
  family_name: 'Example',
  middle_name: 'Maria',
  nickname: 'Ani',
  profile: 'https://example.com/ana',
  picture: 'https://example.com/ana.png',
  website: 'https://example.com',
  gender: 'female',
  birthdate: '2000-01-31',
  zoneinfo: 'Europe/Zurich',
  locale: 'en-GB',
  address: 'Main Street 1, Springfield',
  updated_at: '1700000000',
}

/** A value for an attribute within the limits of its schema. */
export const attributeValue = (attribute: SchemaAttributeType, person: Person): string => {
  const { Name = '', AttributeDataType, StringAttributeConstraints, NumberAttributeConstraints } = attribute
  if (Name === 'email') return ref(person.email)
  if (Name === 'phone_number') return ref(person.phone)
  if (Name === 'preferred_username') return `preferred-${ref(person.name)}`
  if (AttributeDataType === 'Boolean') return 'true'
  if (AttributeDataType === 'Number') return values[Name] ?? NumberAttributeConstraints?.MinValue ?? '1'
  const { MinLength = '0', MaxLength = '2048' } = StringAttributeConstraints ?? {}
  return (values[Name] ?? 'example').padEnd(Number(MinLength), 'x').slice(0, Number(MaxLength))
}

/** Whether somebody in a pool that requires MFA can't do without a phone number. */
const needsPhone = (target: PostmanTarget): boolean => {
  const pool = planningPool(target)
  return pool.MfaConfiguration === 'ON' && offersFactor(pool, 'SMS_MFA') && !offersFactor(pool, 'SOFTWARE_TOKEN_MFA')
}

/** The names of the attributes that a person gets: what the pool asks for, an e-mail address and a name where they can be given. */
const attributeNames = (target: PostmanTarget, kind: NameKind): string[] => {
  const pool = planningPool(target)
  const client = planningClient(target)
  const required = pool.SchemaAttributes.flatMap(({ Name = '', Required }) => (Required && Name !== 'sub' ? [Name] : []))
  const asked = askedAtSignUp(pool, client).map(({ attribute }) => attribute.Name)
  const wished = ['email', 'name', ...(needsPhone(target) ? ['phone_number'] : [])].filter((name) =>
    mayWrite(client, pool.SchemaAttributes, [name]),
  )
  const aliases = pool.AliasAttributes ?? []
  return [...new Set([...wished, ...asked, ...required])].filter(
    (name) => name !== kind && !(name === 'preferred_username' && aliases.includes(name) && !required.includes(name)),
  )
}

/** A user of the target's pool as a sign-up makes it, or an administrator (whose word verifies addresses). */
export const plannedUser = (target: PostmanTarget, person: Person, { verified = false } = {}): PlannedUser => {
  const pool = planningPool(target)
  const [kind = 'username'] = pool.UsernameAttributes ?? []
  const named = attributeNames(target, kind)
  const given = pool.SchemaAttributes.filter(({ Name = '' }) => named.includes(Name)).map((attribute) => ({
    Name: attribute.Name ?? '',
    Value: attributeValue(attribute, person),
  }))
  const addresses = [...given.map(({ Name }) => Name), kind].filter((name) => name === 'email' || name === 'phone_number')
  const flags = verified ? addresses.map((name) => ({ Name: `${name}_verified`, Value: 'true' })) : []
  const own = kind === 'username' ? [] : [{ Name: kind, Value: ref(person.name) }]
  const attributes = [...given, ...flags]
  return {
    person,
    kind,
    attributes,
    user: {
      poolUid: '',
      id: '',
      username: ref(person.name),
      status: 'CONFIRMED',
      enabled: true,
      attributes: Object.fromEntries([...attributes, ...own].map(({ Name, Value = '' }) => [Name, Value])),
      generation: 0,
      version: 1,
      createdAt: 0,
      modifiedAt: 0,
      selfNamed: verified ? [] : addresses,
    },
  }
}

/** The user once an address was proved. */
export const withProved = (planned: PlannedUser, address: 'email' | 'phone_number'): PlannedUser => ({
  ...planned,
  user: { ...planned.user, attributes: { ...planned.user.attributes, [`${address}_verified`]: 'true' } },
})
