import { describe, expect, it } from 'vitest'
import { createAuthenticator, type Lies, type Make } from '../../tests/support/authenticator.ts'
import { type PresentedCredential, readCredential } from './presented-credential.ts'
import { type Expected, standInKey, verifyAssertion, verifyRegistration } from './webauthn.ts'

const challenge = Buffer.alloc(32, 7).toString('base64url')
const options = { challenge, rp: { id: 'localhost' }, user: { id: Buffer.from('ana').toString('base64url') } }
const expected: Expected = {
  challenge,
  relyingPartyId: 'localhost',
  isAllowedOrigin: (origin) => origin === 'http://localhost:5173',
  requireUserVerification: false,
}

const read = (document: unknown): PresentedCredential => {
  const credential = readCredential(document)
  if (credential === undefined) throw new Error('the credential could not be read')
  return credential
}

const register = (make: Make = {}, lies: Lies = {}, more: Partial<Expected> = {}) =>
  verifyRegistration(read(createAuthenticator(make).create(options, lies)), { ...expected, ...more })

describe('verifyRegistration', () => {
  it.each(['ES256', 'RS256'] as const)('accepts a new %s key', async (algorithm) => {
    expect(await register({ algorithm, aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4', syncable: true })).toEqual({
      publicKey: expect.stringMatching(/^[\w-]{80,}$/),
      counter: 1,
      aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4',
      syncable: true,
    })
  })

  it.each<[string, Lies, string]>([
    ['another challenge', { challenge: Buffer.alloc(32, 8).toString('base64url') }, 'challenge'],
    ['another origin', { origin: 'https://evil.test' }, 'origin'],
    ['a frame of another origin', { crossOrigin: true }, 'origin'],
    ['a frame in another page', { crossOrigin: true, topOrigin: 'https://evil.test' }, 'origin'],
    ['another relying party', { relyingPartyId: 'evil.test' }, 'relying party'],
    ['another ceremony', { type: 'webauthn.get' }, 'malformed'],
    ['nobody present', { userPresent: false }, 'malformed'],
  ])('refuses %s', async (_, lies, refusal) => {
    expect(await register({}, lies)).toBe(refusal)
  })

  it.each(['ES384', 'RS256 of 1024 bits', 'ES256 without its point'] as const)('does not support %s', async (algorithm) => {
    expect(await register({ algorithm })).toBe('not supported')
  })

  it('wants the user verified where that is required', async () => {
    const required = { requireUserVerification: true }
    expect(await register({ userVerified: false })).toMatchObject({ counter: 1 })
    expect(await register({ userVerified: false }, {}, required)).toBe('not supported')
    expect(await register({}, {}, required)).toMatchObject({ counter: 1 })
  })

  it('leaves attestation statements aside, broken ones too', async () => {
    const attestation = {
      fmt: 'packed',
      attStmt: new Map<string, number | Uint8Array>([
        ['alg', -7],
        ['sig', Buffer.alloc(70)],
      ]),
    }
    expect(await register({}, { attestation })).toMatchObject({ counter: 1 })
  })

  it('refuses an id that is not the one under the signature', async () => {
    const made = createAuthenticator().create(options)
    const id = Buffer.alloc(32, 9).toString('base64url')
    expect(await verifyRegistration(read({ ...made, id, rawId: id }), expected)).toBe('malformed')
  })

  it.each(['', 'AAAA', 'oA', '_'.repeat(1000)])('refuses the attestation object "%s"', async (attestationObject) => {
    const made = createAuthenticator().create(options)
    expect(await verifyRegistration(read({ ...made, response: { ...made.response, attestationObject } }), expected)).toBe('malformed')
  })
})

describe('verifyAssertion', () => {
  const use = async (make: Make = {}, lies: Lies = {}, more: Partial<Expected> = {}, key?: string) => {
    const authenticator = createAuthenticator(make)
    const registered = await verifyRegistration(read(authenticator.create(options)), expected)
    if (typeof registered === 'string') throw new Error(registered)
    const assertion = read(authenticator.get({ challenge, rpId: 'localhost' }, lies))
    return verifyAssertion(assertion, { ...expected, ...more }, key ?? registered.publicKey)
  }

  it.each(['ES256', 'RS256'] as const)('accepts a use of the %s key', async (algorithm) => {
    expect(await use({ algorithm })).toEqual({ counter: 2, userVerified: true })
    expect(await use({ algorithm, counts: false, userVerified: false })).toEqual({ counter: 0, userVerified: false })
  })

  it.each<[string, Lies]>([
    ['another challenge', { challenge: Buffer.alloc(32, 8).toString('base64url') }],
    ['another origin', { origin: 'https://localhost.evil.test' }],
    ['a frame of another origin', { crossOrigin: true }],
    ['another relying party', { relyingPartyId: 'evil.test' }],
    ['a registration', { type: 'webauthn.create' }],
    ['nobody present', { userPresent: false }],
    ['another key', { foreignKey: true }],
  ])('refuses %s', async (_, lies) => {
    expect(await use({}, lies)).toBeUndefined()
  })

  it('wants the user verified where that is required', async () => {
    const required = { requireUserVerification: true }
    expect(await use({ userVerified: false }, {}, required)).toBeUndefined()
    expect(await use({}, {}, required)).toMatchObject({ userVerified: true })
  })

  it('verifies against the stand-in key as against any other', async () => {
    expect(await use({}, {}, {}, standInKey)).toBeUndefined()
  })
})
