import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { describe, expect, it } from 'vitest'
import { attachSignature, parseJwt, signingInput, verifyRs256 } from './jwt.ts'
import { keyId, newSigningKeyPair } from './rsa-key.ts'

describe('keyId', () => {
  // The key of RFC 7638 section 3.1 and its thumbprint there.
  const n =
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw'

  it('is the thumbprint of RFC 7638 in plain base64', () => {
    const expected = Buffer.from('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs', 'base64url').toString('base64')
    expect(keyId({ kty: 'RSA', n, e: 'AQAB' })).toBe(expected)
    expect(expected.endsWith('=')).toBe(true)
  })
})

describe('newSigningKeyPair', () => {
  it('makes two halves of one RSA-2048 key', async () => {
    const { privateKeyPkcs8, publicJwk } = await newSigningKeyPair()
    const publicKey = createPublicKey({ key: { ...publicJwk }, format: 'jwk' })
    expect(publicKey.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65537n })
    expect(Object.keys(publicJwk).sort()).toEqual(['e', 'kty', 'n'])
    const privateKey = createPrivateKey({ key: privateKeyPkcs8, format: 'der', type: 'pkcs8' })
    const input = signingInput({ alg: 'RS256' }, {})
    const jwt = parseJwt(attachSignature(input, sign('RSA-SHA256', Buffer.from(input), privateKey)))
    expect(jwt && verifyRs256(jwt, publicKey)).toBe(true)
    expect(Buffer.from(keyId(publicJwk), 'base64').toString('base64url')).toBe(await calculateJwkThumbprint({ ...publicJwk }))
  })
})
