import type { SchemaAttributeType } from '../model/types.gen.ts'
import { customAttributesPerPool } from './quotas.ts'

/** An attribute of a pool's schema with every default filled in. */
export interface SchemaAttribute extends SchemaAttributeType {
  readonly Name: string
  readonly AttributeDataType: NonNullable<SchemaAttributeType['AttributeDataType']>
}

const text = (name: string, minimum = 0, maximum = 2048): SchemaAttribute => ({
  Name: name,
  AttributeDataType: 'String',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength: String(minimum), MaxLength: String(maximum) },
})
const flag = (name: string): SchemaAttribute => ({
  Name: name,
  AttributeDataType: 'Boolean',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
})

/** The schema of a pool that asked for nothing, in the order of DescribeUserPool (API_DescribeUserPool, sample response). */
export const standardAttributes: SchemaAttribute[] = [
  { ...text('sub', 1), Mutable: false, Required: true },
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture', 'website', 'email'].map(
    (name) => text(name),
  ),
  flag('email_verified'),
  text('gender'),
  text('birthdate', 10, 10),
  text('zoneinfo'),
  text('locale'),
  text('phone_number'),
  flag('phone_number_verified'),
  text('address'),
  { ...flag('updated_at'), AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '0' } },
  { ...text('identities'), StringAttributeConstraints: {} },
]

// Measured on AWS: a schema can't name the verified flags; under their names it makes custom attributes.
const standardNames = new Map(
  standardAttributes.filter(({ Name }) => !Name.endsWith('_verified')).map((attribute) => [attribute.Name, attribute]),
)

const isLimit = (value: string | undefined): boolean => value === undefined || /^\d{1,15}$/.test(value)
const isBound = (value: string | undefined): boolean => value === undefined || /^-?\d{1,100}(\.\d{1,100})?$/.test(value)

const constraintsFault = (name: string, attribute: SchemaAttributeType): string | undefined => {
  const { MinLength, MaxLength } = attribute.StringAttributeConstraints ?? {}
  const { MinValue, MaxValue } = attribute.NumberAttributeConstraints ?? {}
  if (attribute.AttributeDataType === 'String') {
    if (!isLimit(MinLength) || !isLimit(MaxLength)) return `Invalid StringAttributeConstraints for schema attribute ${name}`
    if (Number(MinLength ?? 0) > 2048 || Number(MaxLength ?? 0) > 2048)
      return `user.${name}: String attributes cannot have a length of more than 2048`
    if (MaxLength !== undefined && Number(MinLength ?? 0) > Number(MaxLength))
      return `Attribute ${name} cannot have a max length shorter than it's min length`
  }
  if (attribute.AttributeDataType === 'Number') {
    if (!isBound(MinValue) || !isBound(MaxValue)) return `Invalid NumberAttributeConstraints for schema attribute ${name}`
    if (MinValue !== undefined && MaxValue !== undefined && Number(MinValue) > Number(MaxValue))
      return `Attribute ${name} cannot have a max value smaller than it's min value`
  }
  return undefined
}

const fullName = (requested: SchemaAttributeType): string =>
  `${requested.DeveloperOnlyAttribute ? 'dev:' : ''}custom:${requested.Name ?? ''}`

const customFault = (requested: SchemaAttributeType): string | undefined => {
  const name = requested.Name ?? ''
  // guess: a custom attribute's missing or overlong name is refused without the place in the list that AWS would name.
  if (name === '') return 'Schema attributes must have a name.'
  if ([...name].length > 20)
    return `1 validation error detected: Value '${name}' at 'schema.1.member.name' failed to satisfy constraint: Member must have length less than or equal to 20`
  if (requested.AttributeDataType === undefined)
    return 'Invalid AttributeDataType input, consider using the provided AttributeDataType enum.'
  if (requested.Required) return 'Required custom attributes are not supported currently.'
  return constraintsFault(fullName(requested), requested)
}

// Measured on AWS: an attribute that a request names is mutable only where it says so, a standard one too.
const isMutable = ({ Mutable }: SchemaAttributeType): boolean => Mutable ?? false

const customAttribute = (requested: SchemaAttributeType): SchemaAttribute => {
  const type = requested.AttributeDataType ?? 'String'
  return {
    Name: fullName(requested),
    AttributeDataType: type,
    DeveloperOnlyAttribute: requested.DeveloperOnlyAttribute ?? false,
    Mutable: isMutable(requested),
    Required: false,
    ...(type === 'String' ? { StringAttributeConstraints: { ...requested.StringAttributeConstraints } } : {}),
    ...(type === 'Number' ? { NumberAttributeConstraints: { ...requested.NumberAttributeConstraints } } : {}),
  }
}

const standardFault = (requested: SchemaAttributeType, standard: SchemaAttribute): string | undefined => {
  const retyped = requested.AttributeDataType !== undefined && requested.AttributeDataType !== standard.AttributeDataType
  if (retyped || requested.DeveloperOnlyAttribute)
    return `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${standard.Name}`
  return constraintsFault(standard.Name, { ...requested, AttributeDataType: standard.AttributeDataType })
}

const changedStandard = (requested: SchemaAttributeType, standard: SchemaAttribute): SchemaAttribute => {
  // guess: what a schema says about sub and identities is read and changes nothing.
  if (['sub', 'identities'].includes(standard.Name)) return standard
  return {
    ...standard,
    Mutable: isMutable(requested),
    Required: requested.Required ?? standard.Required,
    ...(standard.AttributeDataType === 'String'
      ? { StringAttributeConstraints: { ...standard.StringAttributeConstraints, ...requested.StringAttributeConstraints } }
      : {}),
    ...(standard.AttributeDataType === 'Number'
      ? { NumberAttributeConstraints: { ...standard.NumberAttributeConstraints, ...requested.NumberAttributeConstraints } }
      : {}),
  }
}

const duplicateFault = (names: readonly string[]): string | undefined => {
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  return twice === undefined ? undefined : `Duplicate custom attribute names ${twice} are not allowed in a user pool schema.`
}

/**
 * The whole schema of a new pool: the standard attributes as changed by the request, then the custom ones under their full names
 * (`custom:x`, `dev:custom:x`); a name that a standard attribute has means that one, the verified flags apart.
 */
export const schemaFrom = (requested: SchemaAttributeType[] | undefined): { schema: SchemaAttribute[] } | { fault: string } => {
  const asked = requested ?? []
  const changes = new Map<string, SchemaAttributeType>()
  const custom: SchemaAttributeType[] = []
  for (const attribute of asked) {
    const standard = standardNames.get(attribute.Name ?? '')
    const fault = standard ? standardFault(attribute, standard) : customFault(attribute)
    if (fault !== undefined) return { fault }
    if (standard) changes.set(standard.Name, attribute)
    else custom.push(attribute)
  }
  const fault = duplicateFault(
    asked.map((attribute) => (standardNames.has(attribute.Name ?? '') ? (attribute.Name ?? '') : fullName(attribute))),
  )
  if (fault !== undefined) return { fault }
  if (custom.length > customAttributesPerPool) return { fault: tooManyAttributes }
  const standard = standardAttributes.map((attribute) => {
    const change = changes.get(attribute.Name)
    return change ? changedStandard(change, attribute) : attribute
  })
  return { schema: [...standard, ...custom.map(customAttribute)] }
}

const tooManyAttributes = `A user pool can have at most ${customAttributesPerPool} custom attributes.`

const isCustom = (attribute: SchemaAttributeType): boolean => /^(dev:)?custom:/.test(attribute.Name ?? '')

/** Why AddCustomAttributes may not extend the schema; a name that a standard attribute has is a custom one here. */
export const customAttributesFault = (
  schema: readonly SchemaAttributeType[],
  added: readonly SchemaAttributeType[],
): string | undefined => {
  const known = new Set(schema.map((attribute) => attribute.Name))
  for (const attribute of added) {
    const fault = customFault(attribute)
    if (fault !== undefined) return fault
    const name = fullName(attribute)
    if (known.has(name)) return `${name}: Existing attribute already has name ${name}.`
  }
  const fault = duplicateFault(added.map(fullName))
  if (fault !== undefined) return fault
  return schema.filter(isCustom).length + added.length > customAttributesPerPool ? tooManyAttributes : undefined
}

/** The schema with the attributes of AddCustomAttributes at its end, once `customAttributesFault` has found nothing. */
export const withCustomAttributes = (
  schema: readonly SchemaAttributeType[],
  added: readonly SchemaAttributeType[],
): SchemaAttributeType[] => [...schema, ...added.map(customAttribute)]
