import type { SchemaAttributeType } from '../model/types.gen.ts'
import { isEmail, isPhoneNumber } from './username.ts'

const numberText = /^-?\d+(\.\d+)?$/
// guess: a DateTime attribute takes ISO 8601 or epoch seconds.
const dateTimeText = /^(\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?|\d{1,13})$/

const stringFault = (attribute: SchemaAttributeType, value: string): string | undefined => {
  const length = [...value].length
  const { MinLength, MaxLength } = attribute.StringAttributeConstraints ?? {}
  if (length < Number(MinLength ?? 0)) return `String must be no shorter than ${MinLength} characters`
  const longest = MaxLength ?? '2048'
  return length > Number(longest) ? `String must be no longer than ${longest} characters` : undefined
}

const numberFault = (attribute: SchemaAttributeType, value: string): string | undefined => {
  const { MinValue, MaxValue } = attribute.NumberAttributeConstraints ?? {}
  if (!numberText.test(value)) return 'Value must be a number'
  if (MinValue !== undefined && Number(value) < Number(MinValue)) return `Number must be no less than ${MinValue}`
  return MaxValue !== undefined && Number(value) > Number(MaxValue) ? `Number must be no greater than ${MaxValue}` : undefined
}

/**
 * What is wrong with a value for its attribute's type and limits, lengths in code points.
 * guess: all sentences about attribute values but those on lengths are our own.
 */
export const valueFault = (attribute: SchemaAttributeType, value: string): string | undefined => {
  if (!value.isWellFormed()) return 'Value must be well-formed text'
  switch (attribute.AttributeDataType) {
    case 'Number':
      return numberFault(attribute, value)
    case 'Boolean':
      return /^(true|false)$/i.test(value) ? undefined : 'Value must be true or false'
    case 'DateTime':
      return dateTimeText.test(value) ? undefined : 'Value must be a date and time'
    default:
      return stringFault(attribute, value)
  }
}

/** A complete sentence when an e-mail address or phone number has not the shape of one (developer guide, "Standard attributes"). */
export const contactFault = (name: string, value: string): string | undefined => {
  if (name === 'email' && !isEmail(value)) return 'Invalid email address format.'
  if (name === 'phone_number' && !isPhoneNumber(value)) return 'Invalid phone number format.'
  return undefined
}
