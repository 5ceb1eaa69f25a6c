import { describe, expect, it } from 'vitest'
import type { Proof } from './progress.ts'
import { type ProvableFactors, reachableTarget, type StepUp, stepUp, targetsNamed } from './step-up.ts'

const level = (n: number) => `urn:cognito:loa:${n}`
const everything: ProvableFactors = {
  first: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
  second: ['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'],
}
const passwordOnly: ProvableFactors = { first: ['PASSWORD'], second: [] }
const passwordAndTotp: ProvableFactors = { first: ['PASSWORD'], second: ['SOFTWARE_TOKEN_MFA'] }

const first = (...factors: Extract<StepUp, { kind: 'first factor' }>['factors']): StepUp => ({ kind: 'first factor', factors })
const second = (...factors: Extract<StepUp, { kind: 'second factor' }>['factors']): StepUp => ({ kind: 'second factor', factors })
const reached: StepUp = { kind: 'reached' }
const outOfReach: StepUp = { kind: 'out of reach' }

describe('stepUp', () => {
  it.each<[string, number, Proof[], ProvableFactors, StepUp]>([
    ['anything for the first level', 1, [], everything, first('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN')],
    ['anything for the second, a password with one more', 2, [], everything, first('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN')],
    ['a password, which a second factor can follow', 2, [], passwordAndTotp, first('PASSWORD')],
    [
      'a passkey for the third, or a password and a code in any order',
      3,
      [],
      everything,
      first('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'),
    ],
    ['a password for the fourth', 4, [], everything, first('PASSWORD')],
    ['nothing after a password for the first', 1, ['pwd'], everything, reached],
    ['any second factor for the third', 3, ['pwd'], everything, second('SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA')],
    ['the software token for the fourth', 4, ['pwd'], everything, second('SOFTWARE_TOKEN_MFA')],
    [
      'a code of a first factor where a password is proved and there is no second',
      3,
      ['pwd'],
      { first: ['EMAIL_OTP'], second: [] },
      first('EMAIL_OTP'),
    ],
    [
      'a password or a passkey after a code, for the third',
      3,
      ['email_otp'],
      { ...everything, first: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] },
      first('PASSWORD', 'WEB_AUTHN'),
    ],
    ['nothing after a passkey, for the third', 3, ['hwk'], everything, reached],
    ['a password after a passkey, for the fourth', 4, ['hwk'], everything, first('PASSWORD')],
    ['nothing that there is, for the third', 3, [], passwordOnly, outOfReach],
    ['nothing that there is, for the fourth', 4, ['pwd'], { first: ['PASSWORD', 'EMAIL_OTP'], second: ['SMS_MFA'] }, outOfReach],
    ['nothing for somebody without factors', 1, [], { first: [], second: [] }, outOfReach],
  ])('takes %s', (_, n, proofs, factors, expected) => {
    expect(stepUp(level(n), proofs, factors)).toEqual(expected)
  })
})

describe('targetsNamed', () => {
  it('reads the names of the pool and leaves out what it does not know', () => {
    expect(
      targetsNamed({ AcrConfiguration: { Level3: { AcrValue: 'gold' } } }, `${level(4)} gold ${level(3)}  nonsense ${level(1)}`),
    ).toEqual([
      { level: level(4), name: level(4) },
      { level: level(3), name: 'gold' },
      { level: level(1), name: level(1) },
    ])
    expect(targetsNamed({}, ' ')).toEqual([])
  })
})

describe('reachableTarget', () => {
  const targets = targetsNamed({}, `${level(4)} ${level(3)} ${level(1)}`)

  it.each<[string, ProvableFactors, number | undefined]>([
    ['the first, if it can be had', passwordAndTotp, 4],
    ['the next that can be had', { first: ['WEB_AUTHN'], second: [] }, 3],
    ['the last', passwordOnly, 1],
    ['none', { first: [], second: [] }, undefined],
  ])('takes %s', (_, factors, n) => {
    expect(reachableTarget(targets, [], factors)?.level).toBe(n === undefined ? undefined : level(n))
  })
})
