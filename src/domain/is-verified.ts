/** Whether the attributes hold the address and say that its owner proved it. */
export const isVerified = (attributes: Readonly<Record<string, string>>, attribute: 'email' | 'phone_number'): boolean =>
  Boolean(attributes[attribute]) && attributes[`${attribute}_verified`]?.toLowerCase() === 'true'
