import { describe, expect, it } from 'vitest'
import { hotp, matchingStep, totpStep } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

describe('hotp', () => {
  it('RFC 4226 appendix D', () => {
    const codes = Array.from({ length: 10 }, (_, counter) => hotp(secret, counter))
    expect(codes).toEqual(['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'])
  })

  // The RFC's table has eight digits; six are its last ones.
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('RFC 6238 appendix B: at %i s', (seconds, code) => {
    expect(hotp(secret, totpStep(seconds * 1000))).toBe(code.slice(-6))
  })
})

describe('matchingStep', () => {
  const at = 1_234_567_890_000
  const step = totpStep(at)

  it.each([-1, 0, 1])('takes the code of the step %i from now', (offset) => {
    expect(matchingStep(secret, hotp(secret, step + offset), at)).toBe(step + offset)
  })

  it.each([-2, 2])('does not take the code of the step %i from now', (offset) => {
    expect(matchingStep(secret, hotp(secret, step + offset), at)).toBeUndefined()
  })

  it('takes nothing that only looks like the code', () => {
    const code = hotp(secret, step)
    for (const typed of ['', code.slice(1), ` ${code}`, `${code}0`, '000000']) expect(matchingStep(secret, typed, at)).toBeUndefined()
  })

  it('has no step before the epoch', () => {
    expect(matchingStep(secret, hotp(secret, 0), 0)).toBe(0)
  })
})
