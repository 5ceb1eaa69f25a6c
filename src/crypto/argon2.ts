import { argon2 } from 'node:crypto'
import { equalBytes } from './constant-time.ts'

/** How much work a hash takes: memory in KiB, passes over it, and lanes (RFC 9106 section 3.1). */
export interface Argon2Cost {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** 19 MiB, two passes, one lane: what OWASP's "Password Storage Cheat Sheet" names first. */
export const argon2Cost: Argon2Cost = { memory: 19_456, passes: 2, parallelism: 1 }

/** Bytes of a salt (RFC 9106 section 3.1). */
export const argon2SaltSize = 16

const tagSize = 32

// Stored hashes of other costs stay good; what asks for more than this is none of ours.
const most = { memory: 1_048_576, passes: 64, parallelism: 16 }

/** The longest password that is hashed, in code points: normalising takes time that grows with the square of the length. */
export const longestHashedPassword = 256

// A code point has at most two units, so nothing long is ever counted.
const isTooLong = (password: string): boolean => password.length > 2 * longestHashedPassword || [...password].length > longestHashedPassword

// The same password typed on two machines may be composed differently (NIST SP 800-63B section 3.1.1.2).
const bytesOf = (password: string): Buffer => Buffer.from(password.normalize('NFKC'), 'utf8')

const tagOf = (message: Buffer, nonce: Uint8Array, cost: Argon2Cost, tagLength: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, ...cost, tagLength }, (error, tag) => (error === null ? resolve(tag) : reject(error)))
  })

const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

/**
 * Argon2id of a password as a PHC string (`$argon2id$v=19$m=…,t=…,p=…$salt$hash`); `salt` is 16 unpredictable bytes. The work is done
 * on a thread of Node's pool. Rejects with a RangeError for a password of more than 256 code points.
 */
export const hashPassword = async (password: string, salt: Uint8Array, cost: Argon2Cost = argon2Cost): Promise<string> => {
  if (salt.length !== argon2SaltSize) throw new RangeError(`a salt has ${argon2SaltSize} bytes`)
  if (isTooLong(password)) throw new RangeError(`a password has at most ${longestHashedPassword} characters`)
  const tag = await tagOf(bytesOf(password), salt, cost, tagSize)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${encode(salt)}$${encode(tag)}`
}

const form = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/

/**
 * Whether the password is the one that was hashed; one that is too long never is, at the same cost. Rejects with an Error when the text is no
 * hash that `hashPassword` could have made.
 */
export const passwordMatches = async (password: string, phc: string): Promise<boolean> => {
  const [, memory, passes, parallelism, salt = '', hash = ''] = form.exec(phc) ?? []
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  if (!(cost.memory <= most.memory && cost.passes <= most.passes && cost.parallelism <= most.parallelism))
    throw new Error('a stored password hash is none of Argon2id')
  const expected = Buffer.from(hash, 'base64')
  const isLong = isTooLong(password)
  const fits = equalBytes(await tagOf(bytesOf(isLong ? '' : password), Buffer.from(salt, 'base64'), cost, expected.length), expected)
  return fits && !isLong
}
