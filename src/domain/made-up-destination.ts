import { maskEmail, maskPhone } from './destination.ts'
import type { AddressName } from './recipient.ts'
import { isEmail, isPhoneNumber } from './username.ts'

/**
 * The masked destination of a message to somebody who does not exist: what was typed where it is an address of the kind, else a made-up one
 * drawn from `noise`, at least four bytes that are the same for the same name and that nobody else can compute.
 */
export const madeUpDestination = (attribute: AddressName, name: string, noise: Uint8Array): string => {
  const [first = 0, second = 0, third = 0, fourth = 0] = noise
  if (attribute === 'phone_number') {
    return maskPhone(isPhoneNumber(name) ? name : `+1000000${String((third * 256 + fourth) % 10_000).padStart(4, '0')}`)
  }
  const letter = (value: number) => String.fromCharCode(97 + (value % 26))
  return maskEmail(isEmail(name) ? name : `${letter(first)}@${letter(second)}`)
}
