import type { AddressName } from './recipient.ts'

/** Whether the attributes hold the address and say that its owner proved it. */
export const isVerified = (attributes: Readonly<Record<string, string>>, attribute: AddressName): boolean =>
  Boolean(attributes[attribute]) && attributes[`${attribute}_verified`]?.toLowerCase() === 'true'
