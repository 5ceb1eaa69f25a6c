import { createHash, createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { modPowN } from './mod-pow.ts'
import {
  multiplier,
  padHex,
  parsePublicValue,
  parseTimestamp,
  parseVerifier,
  passwordClaim,
  privateKey,
  publicValueFault,
  scrambler,
  serverBase,
  serverPublicValue,
  sessionKey,
  srpN,
} from './srp.ts'

// AWS's own client, unmodified; its inner files have no types.
const require = createRequire(import.meta.url)
const AuthenticationHelper = require('amazon-cognito-identity-js/lib/AuthenticationHelper.js').default
const BigInteger = require('amazon-cognito-identity-js/lib/BigInteger.js').default
const DateHelper = require('amazon-cognito-identity-js/lib/DateHelper.js').default

const hex = (text: string) => Buffer.from(text, 'hex')
const sha256 = (text: string) => createHash('sha256').update(text).digest()

const clientKey = (client: typeof AuthenticationHelper, user: string, password: string, b: Buffer, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    client.getPasswordAuthenticationKey(
      user,
      password,
      new BigInteger(b.toString('hex'), 16),
      new BigInteger(salt.toString('hex'), 16),
      (error: Error | null, key: Uint8Array) => (error ? reject(error) : resolve(Buffer.from(key))),
    ),
  )

const signIn = async (registered: string, typed: string, salt: Buffer, secret: Buffer) => {
  const [pool, user] = ['AbCdEf123', '3f1c7a52-0000-4000-8000-7d1f3c2b9a10']
  const verifier = modPowN(Uint8Array.of(2), privateKey(pool, user, registered, salt))
  const client = new AuthenticationHelper(pool)
  const clientPublic = parsePublicValue(client.largeAValue.toString(16)) as Buffer
  const serverPublic = serverPublicValue(verifier, modPowN(Uint8Array.of(2), secret))
  const u = scrambler(clientPublic, serverPublic)
  const server = sessionKey(modPowN(serverBase(clientPublic, modPowN(verifier, u)), secret), u)
  return { client: await clientKey(client, user, typed, serverPublic, salt), server }
}

describe('SRP against the client of amazon-cognito-identity-js', () => {
  const helper = new AuthenticationHelper('pool')

  it('has the same N and k', () => {
    expect(srpN.toString('hex')).toBe(helper.N.toString(16))
    expect(multiplier.toString('hex')).toBe(helper.k.toString(16).padStart(64, '0'))
  })

  it('pads numbers in the same way', () => {
    for (const text of ['00', '01', '7f', '80', 'ec', '0080', '000000ff', 'ff00', '7fff']) {
      expect(padHex(hex(text)).toString('hex'), text).toBe(helper.padHex(new BigInteger(text, 16)))
    }
    expect(padHex(new Uint8Array()).toString('hex')).toBe('00')
  })

  it('agrees on the session key, also for salts with a high bit or leading zeros', async () => {
    for (const salt of ['b0f3', '00000000000000000000000000000001', `00ff${'11'.repeat(14)}`, 'ff'.repeat(16)]) {
      const keys = await signIn('Pässw0rd! 🔑', 'Pässw0rd! 🔑', hex(salt), sha256(salt))
      expect(keys.server.length).toBe(16)
      expect(keys.server.equals(keys.client), salt).toBe(true)
    }
  })

  it('does not agree when the password is another', async () => {
    const keys = await signIn('Passw0rd!', 'Passw0rd?', hex('b0f3'), sha256('b'))
    expect(keys.server.equals(keys.client)).toBe(false)
  })

  it('accepts the verifier that the client makes for its device', async () => {
    helper.generateHashDevice('-group', 'eu-west-1_key', () => {})
    const salt = hex(helper.getSaltDevices())
    const x = privateKey('-group', 'eu-west-1_key', helper.getRandomPassword(), salt)
    expect(padHex(modPowN(Uint8Array.of(2), x)).toString('hex')).toBe(helper.getVerifierDevices())
  })

  it('reads the timestamp that the client writes', () => {
    const before = Math.floor(Date.now() / 1000) * 1000
    expect(parseTimestamp(new DateHelper().getNowString())).toBeGreaterThanOrEqual(before)
  })
})

describe('passwordClaim', () => {
  it('is the HMAC over pool name, user id, secret block and timestamp', () => {
    const key = Buffer.alloc(16, 7)
    const message = Buffer.concat([Buffer.from('pool' + 'user'), hex('00ff80'), Buffer.from('Sat Nov 7 09:05:03 UTC 2026')])
    expect(passwordClaim(key, 'pool', 'user', hex('00ff80'), 'Sat Nov 7 09:05:03 UTC 2026')).toEqual(
      createHmac('sha256', key).update(message).digest(),
    )
  })
})

describe('publicValueFault', () => {
  const twice = (2n * BigInt(`0x${srpN.toString('hex')}`)).toString(16)

  it('refuses what would give the secret away or is no number', () => {
    const bad = [
      '',
      '0',
      '000',
      srpN.toString('hex'),
      `00${srpN.toString('hex')}`,
      twice,
      'xyz',
      '-1',
      '0x1',
      ' 1',
      '1'.repeat(769),
      '0'.repeat(2000),
    ]
    for (const text of bad) {
      expect(publicValueFault(text), text).toBeTypeOf('string')
      expect(parsePublicValue(text), text).toBeUndefined()
    }
    for (const bytes of [new Uint8Array(), Uint8Array.of(0), srpN, Buffer.alloc(385, 1)])
      expect(publicValueFault(bytes)).toBeTypeOf('string')
  })

  it('lets numbers through with leading zeros, odd length and capitals', () => {
    expect(parsePublicValue('aBc')).toEqual(Buffer.concat([Buffer.alloc(382), hex('0abc')]))
    expect(parsePublicValue(`0000${'f'.repeat(768)}`)).toEqual(Buffer.alloc(384, 255))
    expect(publicValueFault(Buffer.alloc(385, 1).fill(0, 0, 1))).toBeUndefined()
  })
})

describe('parseVerifier', () => {
  const less = Buffer.from(srpN)
  less.writeUInt8(0xfe, 383)

  it('answers numbers from 1 to N - 1 as 384 bytes, whatever zeros they begin with', () => {
    const one = Buffer.alloc(384)
    one.writeUInt8(1, 383)
    for (const bytes of [Buffer.of(1), Buffer.of(0, 0, 1), one]) expect(parseVerifier(bytes)).toEqual(one)
    for (const bytes of [less, Buffer.concat([Buffer.of(0), less])]) expect(parseVerifier(bytes)).toEqual(less)
  })

  it('knows no other verifiers', () => {
    const more = Buffer.concat([Buffer.of(1), less])
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(384), srpN, Buffer.alloc(384, 255), more])
      expect(parseVerifier(bytes)).toBeUndefined()
  })
})

describe('parseTimestamp', () => {
  it('reads days with and without a zero', () => {
    expect(parseTimestamp('Sat Nov 7 09:05:03 UTC 2026')).toBe(Date.UTC(2026, 10, 7, 9, 5, 3))
    expect(parseTimestamp('Sat Nov 07 09:05:03 UTC 2026')).toBe(Date.UTC(2026, 10, 7, 9, 5, 3))
    expect(parseTimestamp('Tue Feb 29 23:59:59 UTC 2028')).toBe(Date.UTC(2028, 1, 29, 23, 59, 59))
  })

  it('refuses everything else', () => {
    const bad = [
      '',
      'Sat Nov 7 9:05:03 UTC 2026',
      'Sat Nov 7 09:05:03 GMT 2026',
      'Sa Nov 7 09:05:03 UTC 2026',
      'Tue Nov 31 09:05:03 UTC 2026',
      'Sat Nov 0 09:05:03 UTC 2026',
      'Sat Nov 7 24:00:00 UTC 2026',
      'Sat Nov 7 09:60:00 UTC 2026',
      'Sat Nov 7 09:05:60 UTC 2026',
      'Sat Nov 7 09:05:03 UTC 0026',
      'Sat Nov 7 09:05:03 UTC 2026\n',
      '2026-11-07T09:05:03Z',
    ]
    for (const text of bad) expect(parseTimestamp(text), text).toBeUndefined()
  })
})
