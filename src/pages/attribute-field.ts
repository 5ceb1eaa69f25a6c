import { contactFault, valueFault } from '../domain/attribute-value.ts'
import { isPhoneNumber } from '../domain/username.ts'
import type { SchemaAttributeType } from '../model/types.gen.ts'
import { type Field, field } from './components/field.ts'
import type { Html } from './html.ts'
import { fill } from './strings/fill.ts'
import type { Strings } from './strings/strings.ts'

/** The tokens of the HTML standard's "Autofill" that mean the same as a standard attribute. */
const tokens: Readonly<Record<string, string>> = {
  address: 'street-address',
  birthdate: 'bday',
  email: 'email',
  family_name: 'family-name',
  gender: 'sex',
  given_name: 'given-name',
  locale: 'language',
  middle_name: 'additional-name',
  name: 'name',
  nickname: 'nickname',
  phone_number: 'tel',
  picture: 'photo',
  website: 'url',
}

const types: Readonly<Record<string, Field['type']>> = { birthdate: 'date', email: 'email', phone_number: 'tel' }

/** The name of an attribute's field, as AWS's pages have it. */
export const attributeFieldName = (name: string): string => `requiredAttributes[${name}]`

/** A phone number without what people put between its digits. */
export const plainPhone = (typed: string): string => typed.replaceAll(/[\s\p{Pd}\p{Cf}().]/gu, '')

/** What was typed for an attribute, as it was meant; empty when nothing was. */
export const typedAttribute = (name: string, typed = ''): string => {
  const text = typed.trim()
  const phone = plainPhone(text)
  return name === 'phone_number' && isPhoneNumber(phone) ? phone : text
}

/** What people call an attribute; custom ones have no other name than the operator gave them. */
const labelOf = (name: string, { attributes }: Strings): string =>
  Object.hasOwn(attributes, name) ? attributes[name as keyof Strings['attributes']] : name.replace(/^(dev:)?custom:/, '')

/** The field in which somebody types an attribute of theirs. */
export const attributeField = (
  { Name = '', AttributeDataType }: SchemaAttributeType,
  strings: Strings,
  given: Pick<Field, 'value' | 'error' | 'required' | 'autofocus'>,
): Html =>
  field({
    name: attributeFieldName(Name),
    label: labelOf(Name, strings),
    type: types[Name] ?? (AttributeDataType === 'Number' ? 'number' : 'text'),
    hint: Name === 'phone_number' ? strings.signIn.phoneHint : undefined,
    autocomplete: tokens[Name],
    ...given,
  })

const limitIn = (sentence: string): string => /\S+(?= characters$)|\S+$/.exec(sentence)?.[0] ?? ''

/** Why what was typed can't be the attribute's value, in the person's words; undefined when it can. */
export const attributeFault = (attribute: SchemaAttributeType, value: string, { errors }: Strings): string | undefined => {
  const { Name = '', AttributeDataType } = attribute
  if (contactFault(Name, value) !== undefined) return Name === 'email' ? errors.invalidEmail : errors.invalidPhone
  const fault = valueFault(attribute, value)
  if (fault === undefined) return undefined
  if (Name === 'birthdate' || AttributeDataType === 'DateTime') return errors.invalidDate
  if (fault.startsWith('String must be no shorter')) return fill(errors.tooShort, { count: limitIn(fault) })
  if (fault.startsWith('String must be no longer')) return fill(errors.tooLong, { count: limitIn(fault) })
  if (fault.startsWith('Number must be no less')) return fill(errors.numberTooSmall, { count: limitIn(fault) })
  if (fault.startsWith('Number must be no greater')) return fill(errors.numberTooLarge, { count: limitIn(fault) })
  return AttributeDataType === 'Number' ? errors.invalidNumber : errors.invalidValue
}
