import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSrpClient, timestampOf } from '../../tests/support/srp-client.ts'
import { modPowN } from './mod-pow.ts'
import {
  generator,
  parsePublicValue,
  parseTimestamp,
  passwordClaim,
  privateKey,
  scrambler,
  serverBase,
  serverPublicValue,
  sessionKey,
  srpN,
} from './srp.ts'
import { clientClaim, clientPublicValue, clientSessionKey, formatTimestamp } from './srp-client.ts'

const bytes = (text: string) => createHash('sha256').update(text).digest()
const user = { poolName: 'AbCdEf123', userId: '3f1c7a52-0000-4000-8000-7d1f3c2b9a10', password: 'Correct-Horse-7' }
const salt = bytes('salt').subarray(0, 16)
const verifier = modPowN(generator, privateKey(user.poolName, user.userId, user.password, salt))

/** The server's key for what a client sent, and the B that it answered. */
const exchange = (clientPublic: Buffer, b: Buffer) => {
  const serverPublic = serverPublicValue(verifier, modPowN(generator, b))
  const u = scrambler(clientPublic, serverPublic)
  return { serverPublic, key: sessionKey(modPowN(serverBase(clientPublic, modPowN(verifier, u)), b), u) }
}

describe("the client's side of SRP", () => {
  it.each(['one', 'two', 'three'])('derives the key of the server (%s)', (seed) => {
    const a = bytes(`a ${seed}`)
    const { serverPublic, key } = exchange(clientPublicValue(a), bytes(`b ${seed}`))
    expect(clientSessionKey(a, user, { salt, serverPublic })?.toString('hex')).toBe(key.toString('hex'))
    expect(clientSessionKey(a, { ...user, password: 'Another-Horse-7' }, { salt, serverPublic })?.equals(key)).toBe(false)
  })

  it('signs what the server expects', () => {
    const a = bytes('a')
    const { serverPublic, key } = exchange(clientPublicValue(a), bytes('b'))
    const secretBlock = bytes('secret block')
    const timestamp = 'Sat Nov 7 09:05:03 UTC 2026'
    const expected = passwordClaim(key, user.poolName, user.userId, secretBlock, timestamp).toString('base64')
    expect(clientClaim(a, user, { salt, serverPublic, secretBlock }, timestamp)).toBe(expected)
  })

  it('refuses a B that would give every password the same key', () => {
    const rest = { salt, secretBlock: bytes('secret block') }
    for (const serverPublic of [Buffer.alloc(1), Buffer.alloc(384), srpN]) {
      expect(clientSessionKey(bytes('a'), user, { salt, serverPublic })).toBeUndefined()
      expect(clientClaim(bytes('a'), user, { ...rest, serverPublic }, 'Sat Nov 7 09:05:03 UTC 2026')).toBeUndefined()
    }
  })

  it('sends an A that servers take', () => {
    const hex = clientPublicValue(bytes('a')).toString('hex')
    expect(parsePublicValue(hex)?.toString('hex')).toBe(hex)
    expect(parsePublicValue(createSrpClient('us-east-1_x').srpA)).toHaveLength(384)
  })

  it.each([Date.UTC(2026, 10, 7, 9, 5, 3), Date.UTC(2027, 0, 31, 23, 59, 59), Date.UTC(2028, 1, 29)])('writes the moment %d', (at) => {
    expect(parseTimestamp(formatTimestamp(at))).toBe(at)
    expect(formatTimestamp(at)).toBe(timestampOf(at))
  })
})
