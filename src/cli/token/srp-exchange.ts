import { clientClaim, clientPublicValue, formatTimestamp } from '../../crypto/srp-client.ts'
import type { Random } from '../../random.ts'
import { Refusal } from '../client/refusal.ts'

/** The client's side of one SRP exchange. */
export interface SrpExchange {
  /** Hexadecimal. */
  readonly srpA: string
  /** The responses to PASSWORD_VERIFIER at a moment (epoch ms). Throws a Refusal for a server whose numbers prove nothing. */
  answer(parameters: Readonly<Record<string, string>>, password: string, at: number): Record<string, string>
}

const bytes = (hex: string): Buffer => Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')

/** Begins an exchange; `poolName` is the user pool's id without its region. */
export const createSrpExchange = (random: Random, poolName: string): SrpExchange => {
  const a = random.bytes(32)
  return {
    // Computed where it is wanted.
    get srpA() {
      return clientPublicValue(a).toString('hex')
    },
    answer: (parameters, password, at) => {
      const { SALT = '', SRP_B = '', SECRET_BLOCK = '', USER_ID_FOR_SRP: userId = '' } = parameters
      const question = { salt: bytes(SALT), serverPublic: bytes(SRP_B), secretBlock: Buffer.from(SECRET_BLOCK, 'base64') }
      const timestamp = formatTimestamp(at)
      const signature = clientClaim(a, { poolName, userId, password }, question, timestamp)
      if (signature === undefined) throw new Refusal('The server sent an SRP_B that would take any password.')
      return { PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK, PASSWORD_CLAIM_SIGNATURE: signature, TIMESTAMP: timestamp }
    },
  }
}
