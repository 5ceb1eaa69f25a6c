/** A random whole number, 0 <= x < n, without modulo bias. */
export type Below = (n: number) => number

const digits = '0123456789'
const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()

const pick = (alphabet: string, length: number, below: Below): string =>
  Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join('')

/** A new user pool id: `<region>_` and 9 letters and digits. */
export const newPoolId = (region: string, below: Below): string => `${region}_${pick(upper + lower + digits, 9, below)}`

/** A new app client id: 26 lower-case letters and digits. */
export const newClientId = (below: Below): string => pick(lower + digits, 26, below)

/** A new app client secret: 52 lower-case letters and digits, about 268 bits. */
export const newClientSecret = (below: Below): string => pick(lower + digits, 52, below)

/** A new token session's id: `tkn` and 25 lower-case letters and digits, about 129 bits. */
export const newTokenSessionId = (below: Below): string => `tkn${pick(lower + digits, 25, below)}`

/** A one-time code of decimal digits, leading zeros included. */
export const newCode = (below: Below, size: number): string => pick(digits, size, below)

/** A new access key id: `AKIA` and 16 base32 characters. */
export const newAccessKeyId = (below: Below): string => `AKIA${pick(`${upper}234567`, 16, below)}`

/** A new secret access key: 40 base64 characters, 240 bits. */
export const newSecretAccessKey = (below: Below): string => pick(`${upper}${lower}${digits}+/`, 40, below)
