import type { UserPool } from '../domain/user-pool.ts'
import { isPhoneNumber } from '../domain/username.ts'
import { plainPhone } from './attribute-field.ts'

/** A name as it was meant that somebody typed or a browser filled in: no name begins or ends with a space, and no phone number has any. */
export const typedIdentifier = ({ UsernameAttributes = [], AliasAttributes = [] }: UserPool, typed: string): string => {
  const name = typed.trim()
  const phone = plainPhone(name)
  const mayBePhone = [...UsernameAttributes, ...AliasAttributes].includes('phone_number')
  return mayBePhone && isPhoneNumber(phone) ? phone : name
}
