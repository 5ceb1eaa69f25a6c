import { createDiffieHellmanGroup, createHash, hkdfSync } from 'node:crypto'
import { modPowN } from '../src/crypto/mod-pow.ts'
import { multiplier, padHex, passwordClaim, privateKey, scrambler, srpN } from '../src/crypto/srp.ts'
import { benchPool, password } from './pool.ts'

// A client's side of SRP. Its arithmetic is done between the timed parts, so nothing of it is charged to the server.

const toBigInt = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const toBytes = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(768, '0'), 'hex')

const n = toBigInt(srpN)
const group = createDiffieHellmanGroup('modp15')
const a = createHash('sha256').update('the same for all exchanges').digest()

/** The public value that every exchange begins with, in hexadecimal digits. */
export const publicValue = modPowN(group.getGenerator(), a)

/** The challenge parameters that a proof is made from. */
export interface SrpChallenge {
  readonly SALT: string
  readonly SECRET_BLOCK: string
  readonly SRP_B: string
  readonly USER_ID_FOR_SRP: string
}

/** The ChallengeResponses that prove the password. */
export const srpProof = (challenge: SrpChallenge, now: Date): Record<string, string> => {
  const { SALT: salt, SECRET_BLOCK: block, SRP_B: srpB, USER_ID_FOR_SRP: userId } = challenge
  const pool = benchPool.id.slice(benchPool.id.indexOf('_') + 1)
  const B = Buffer.from(srpB.padStart(768, '0'), 'hex')
  const x = privateKey(pool, userId, password, Buffer.from(salt.padStart(salt.length + (salt.length % 2), '0'), 'hex'))
  const u = scrambler(publicValue, B)
  const kv = (toBigInt(multiplier) * toBigInt(modPowN(group.getGenerator(), x))) % n
  const S = modPowN(toBytes((toBigInt(B) - kv + n) % n), toBytes(toBigInt(a) + toBigInt(u) * toBigInt(x)).subarray(384 - 80))
  const key = Buffer.from(hkdfSync('sha256', padHex(S), padHex(u), 'Caldera Derived Key', 16))
  const timestamp = timestampOf(now)
  return {
    USERNAME: userId,
    PASSWORD_CLAIM_SECRET_BLOCK: block,
    PASSWORD_CLAIM_SIGNATURE: passwordClaim(key, pool, userId, Buffer.from(block, 'base64'), timestamp).toString('base64'),
    TIMESTAMP: timestamp,
  }
}

/** `Sat Nov 7 09:05:03 UTC 2026` */
const timestampOf = (now: Date): string => {
  const [weekday = '', day = '', month = '', year = '', time = ''] = now.toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`
}
