import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { attachSignature, parseJwt, signingInput, verifyRs256 } from './jwt.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
const payload = { sub: 'a', name: 'Zoë 🔑', n: 1 }

const signed = (header: object, content: object = payload): string => {
  const input = signingInput(header, content)
  return attachSignature(input, sign('RSA-SHA256', Buffer.from(input), privateKey))
}
const part = (text: string | Uint8Array) => Buffer.from(text).toString('base64url')
const verifies = (text: string, key = publicKey): boolean => {
  const jwt = parseJwt(text)
  return jwt !== undefined && verifyRs256(jwt, key)
}

describe('RS256 against jose', () => {
  it('writes what jose verifies', async () => {
    const { payload: read, protectedHeader } = await jwtVerify(signed({ kid: 'k=', alg: 'RS256' }), publicKey)
    expect(read).toEqual(payload)
    expect(protectedHeader).toEqual({ kid: 'k=', alg: 'RS256' })
  })

  it('verifies what jose writes', async () => {
    const text = await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(privateKey)
    const jwt = parseJwt(text)
    expect(jwt?.payload).toEqual(payload)
    expect(jwt?.header).toEqual({ alg: 'RS256', kid: 'k' })
    expect(verifies(text)).toBe(true)
    expect(verifies(text, other)).toBe(false)
  })

  it('refuses other algorithms, even when the RSA signature is right', async () => {
    for (const alg of ['none', 'HS256', 'RS512', 'PS256', 'rs256', undefined]) expect(verifies(signed({ alg })), `${alg}`).toBe(false)
    const confused = await new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })))
    expect(verifies(confused)).toBe(false)
  })

  it('refuses keys that are not RSA public keys', () => {
    expect(verifies(signed({ alg: 'RS256' }), privateKey)).toBe(false)
    expect(verifies(signed({ alg: 'RS256' }), generateKeyPairSync('ed25519').publicKey)).toBe(false)
  })

  it('refuses a changed character anywhere', () => {
    const text = signed({ alg: 'RS256' })
    for (let i = 0; i < text.length; i++) {
      const changed = text.slice(0, i) + (text[i] === 'A' ? 'B' : 'A') + text.slice(i + 1)
      expect(verifies(changed), changed).toBe(false)
    }
  })
})

describe('parseJwt', () => {
  const header = part('{"alg":"RS256"}')

  it('refuses what is not three canonical parts with JSON objects', () => {
    const bad = [
      '',
      '..',
      header,
      `${header}.${part('{}')}`,
      `${header}.${part('{}')}.AA.AA`,
      `${header}=.${part('{}')}.AA`,
      `${header}.${part('{}')}.AB`,
      ` ${header}.${part('{}')}.AA`,
      `${header}.${part('[]')}.AA`,
      `${header}.${part('null')}.AA`,
      `${header}.${part('1')}.AA`,
      `${header}.${part('{')}.AA`,
      `${header}.${part(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d))}.AA`,
      `${header}.${part(`\uFEFF{}`)}.AA`,
      `${part('{"alg":"RS256","crit":["exp"]}')}.${part('{}')}.AA`,
      `${part('{"alg":"RS256","crit":null}')}.${part('{}')}.AA`,
    ]
    for (const text of bad) expect(parseJwt(text), text).toBeUndefined()
    expect(parseJwt(`${header}.${part('{}')}.AA`)).toBeDefined()
  })

  it('refuses more than 16,384 characters', () => {
    const sized = (length: number) => `${header}.${part(`{"a":"${'x'.repeat(length)}"}`)}.AA`
    const fits = Array.from({ length: 40 }, (_, i) => 12_230 + i).filter((length) => sized(length).length <= 16_384)
    expect(fits.length).toBeGreaterThan(0)
    expect(fits.length).toBeLessThan(40)
    for (let length = 12_230; length < 12_270; length++) expect(parseJwt(sized(length)) !== undefined).toBe(fits.includes(length))
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.json(), fc.uint8Array(), (text, json, bytes) => {
        parseJwt(text)
        const jwt = parseJwt(`${header}.${part(json)}.${part(bytes)}`)
        if (jwt) expect(verifyRs256(jwt, publicKey)).toBe(false)
      }),
    )
  })
})
