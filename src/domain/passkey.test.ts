import { describe, expect, it } from 'vitest'
import { authenticatorName } from './authenticator-name.ts'
import { passkeyProof } from './passkey.ts'

describe('passkeyProof', () => {
  it.each([
    ['platform', false, 'swk'],
    ['platform', true, 'swk'],
    ['cross-platform', false, 'hwk'],
    ['cross-platform', true, 'hwk'],
    [undefined, true, 'swk'],
    [undefined, false, 'hwk'],
  ])('of attachment %s, syncable %s is %s', (attachment, syncable, proof) => {
    expect(passkeyProof({ attachment, syncable })).toBe(proof)
  })
})

describe('authenticatorName', () => {
  it('names makers that it knows, and kinds otherwise', () => {
    const unknown = '00000000-0000-0000-0000-000000000000'
    expect(authenticatorName('fbfc3007-154e-4ecc-8c0b-6e020557d7bd', 'platform')).toBe('Apple Passwords')
    expect(authenticatorName(unknown, 'cross-platform')).toBe('Roaming passkey')
    expect(authenticatorName(unknown, 'platform')).toBe('Platform passkey')
    expect(authenticatorName(unknown, undefined)).toBe('Passkey')
  })
})
