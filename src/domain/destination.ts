const firstOf = (text: string): string => [...text][0] ?? ''

/** An e-mail address as CodeDeliveryDetails shows it: `t***@e***`. */
export const maskEmail = (email: string): string => {
  const at = email.lastIndexOf('@')
  return `${firstOf(email.slice(0, at))}***@${firstOf(email.slice(at + 1))}***`
}

/** A phone number as CodeDeliveryDetails shows it: `+*******1234`, all hidden when it has no more than four digits. */
export const maskPhone = (phone: string): string => {
  const number = phone.replace(/\D/g, '')
  const shown = number.length > 4 ? number.slice(-4) : ''
  return `+${'*'.repeat(number.length - shown.length)}${shown}`
}
