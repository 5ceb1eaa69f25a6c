import { createDiffieHellmanGroup, createHash } from 'node:crypto'
import { fromBigInt, toBigInt } from '../src/crypto/big-integer.ts'
import { modPowN } from '../src/crypto/mod-pow.ts'
import { multiplier, passwordClaim, privateKey, scrambler, sessionKey, srpN } from '../src/crypto/srp.ts'
import { benchPool, password } from './pool.ts'

// A client's side of SRP. Its arithmetic is done between the timed parts, so nothing of it is charged to the server.

const n = toBigInt(srpN)
const generator = createDiffieHellmanGroup('modp15').getGenerator()
const a = createHash('sha256').update('the same for all exchanges').digest()
const pool = benchPool.id.slice(benchPool.id.indexOf('_') + 1)

/** The public value that every exchange begins with. */
export const publicValue = modPowN(generator, a)

/** The challenge parameters that a proof is made from. */
interface SrpChallenge {
  readonly SALT: string
  readonly SECRET_BLOCK: string
  readonly SRP_B: string
  readonly USER_ID_FOR_SRP: string
}

/** The ChallengeResponses that prove the password. */
export const srpProof = (challenge: SrpChallenge, now: Date): Record<string, string> => {
  const { SALT: salt, SECRET_BLOCK: block, SRP_B: srpB, USER_ID_FOR_SRP: userId } = challenge
  const B = Buffer.from(srpB, 'hex')
  const x = privateKey(pool, userId, password, Buffer.from(salt, 'hex'))
  const u = scrambler(publicValue, B)
  const kv = (toBigInt(multiplier) * toBigInt(modPowN(generator, x))) % n
  const S = modPowN(fromBigInt((toBigInt(B) - kv + n) % n, srpN.length), fromBigInt(toBigInt(a) + toBigInt(u) * toBigInt(x), 65))
  const timestamp = timestampOf(now)
  return {
    USERNAME: userId,
    PASSWORD_CLAIM_SECRET_BLOCK: block,
    PASSWORD_CLAIM_SIGNATURE: passwordClaim(sessionKey(S, u), pool, userId, Buffer.from(block, 'base64'), timestamp).toString('base64'),
    TIMESTAMP: timestamp,
  }
}

/** `Sat Nov 7 09:05:03 UTC 2026` */
const timestampOf = (now: Date): string => {
  const [weekday = '', day = '', month = '', year = '', time = ''] = now.toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`
}
