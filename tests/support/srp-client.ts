import { createDiffieHellmanGroup, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

// Written from the protocol (RFC 5054, and AWS's amazon-cognito-identity-js), sharing nothing with the server's arithmetic.

const bytesOf = (n: bigint): Buffer => {
  const hex = n.toString(16)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  // Two's complement of a positive number.
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex')
}

const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex') || '0'}`)

const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** N of Cognito's SRP. */
export const N = numberOf(createDiffieHellmanGroup('modp15').getPrime())
const g = 2n
const k = numberOf(sha256(bytesOf(N), bytesOf(g)))

const modPow = (base: bigint, exponent: bigint): bigint => {
  let [result, square, rest] = [1n, base % N, exponent]
  while (rest > 0n) {
    if (rest & 1n) result = (result * square) % N
    square = (square * square) % N
    rest >>= 1n
  }
  return result
}

/** The TIMESTAMP of a moment: `Sat Nov 7 09:05:03 UTC 2026`. */
export const timestampOf = (at: number): string => {
  const [weekday, day, month, year, time] = new Date(at).toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`
}

/** What a client registers for a secret: g^x, in the bytes of its two's complement form. */
export const verifierOf = (group: string, name: string, secret: string, salt: Buffer): Buffer =>
  bytesOf(modPow(g, numberOf(sha256(bytesOf(numberOf(salt)), sha256(`${group}${name}:${secret}`)))))

/** What a client may do differently from what is right. */
export interface SrpSlips {
  readonly username?: string
  readonly userId?: string
  readonly poolName?: string
  readonly timestamp?: string
}

/** A client's side of one exchange: `srpA` begins it, `answer` makes the ChallengeResponses for what the server said. */
export const createSrpClient = (poolId: string) => {
  const a = numberOf(randomBytes(32))
  const A = modPow(g, a)
  return {
    srpA: A.toString(16),
    answer: (parameters: Readonly<Record<string, string>>, password: string, at: number, slips: SrpSlips = {}): Record<string, string> => {
      const { SALT = '', SRP_B = '', SECRET_BLOCK = '', USER_ID_FOR_SRP = '' } = parameters
      const poolName = slips.poolName ?? poolId.split('_')[1] ?? ''
      const userId = slips.userId ?? USER_ID_FOR_SRP
      const B = BigInt(`0x${SRP_B}`)
      const u = numberOf(sha256(bytesOf(A), bytesOf(B)))
      const x = numberOf(sha256(bytesOf(BigInt(`0x${SALT}`)), sha256(`${poolName}${userId}:${password}`)))
      const base = (((B - k * modPow(g, x)) % N) + N) % N
      const S = modPow(base, a + u * x)
      const key = Buffer.from(hkdfSync('sha256', bytesOf(S), bytesOf(u), 'Caldera Derived Key', 16))
      const timestamp = slips.timestamp ?? timestampOf(at)
      const message = Buffer.concat([Buffer.from(poolName + userId), Buffer.from(SECRET_BLOCK, 'base64'), Buffer.from(timestamp)])
      return {
        USERNAME: slips.username ?? USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: createHmac('sha256', key).update(message).digest('base64'),
        TIMESTAMP: timestamp,
      }
    },
  }
}
