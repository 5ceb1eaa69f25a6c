import { createHash } from 'node:crypto'

/**
 * The id under which a login session is listed: `sso` and 25 lower-case letters and digits, about 129 bits (API_SessionDescriptionType).
 * The same origin id always has the same one, and can't be found from it.
 */
export const ssoSessionId = (originId: string): string => {
  const digest = createHash('sha256').update(`sso session ${originId}`).digest('hex')
  return `sso${BigInt(`0x${digest}`).toString(36).padStart(25, '0').slice(-25)}`
}
