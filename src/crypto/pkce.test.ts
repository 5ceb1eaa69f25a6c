import { describe, expect, it } from 'vitest'
import { codeChallengeOf, verifiesChallenge } from './pkce.ts'

// RFC 7636, appendix B.
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

describe('PKCE', () => {
  it('makes the challenge of the RFC', () => {
    expect(codeChallengeOf(verifier)).toBe(challenge)
    expect(verifiesChallenge(verifier, challenge)).toBe(true)
  })

  it.each([
    ['another verifier', verifier.replace('d', 'e'), challenge],
    ['the challenge in place of the verifier', challenge, challenge],
    ['nothing', '', challenge],
    ['a padded challenge', verifier, `${challenge}=`],
    ['no challenge', verifier, ''],
  ])('refuses %s', (_, presented, expected) => {
    expect(verifiesChallenge(presented, expected)).toBe(false)
  })

  it('takes verifiers of 43 to 128 unreserved characters, and no others', () => {
    for (const sound of ['a'.repeat(43), 'a'.repeat(128), `${'-._~'.repeat(11)}`]) {
      expect([sound, verifiesChallenge(sound, codeChallengeOf(sound))]).toEqual([sound, true])
    }
    for (const unsound of [
      'a'.repeat(42),
      'a'.repeat(129),
      `${'a'.repeat(43)}+`,
      `${'a'.repeat(43)}\n`,
      `${'a'.repeat(43)}é`,
      ' '.repeat(43),
    ]) {
      expect([unsound, verifiesChallenge(unsound, codeChallengeOf(unsound))]).toEqual([unsound, false])
    }
  })
})
