import { describe, expect, it } from 'vitest'
import { mfaPool, plainUser } from '../../tests/support/plain-pool.ts'
import type { RecoveryOptionNameType } from '../model/types.gen.ts'
import type { Progress } from './progress.ts'
import { activeSecondFactors, mayBeSetUp, offersFactor, secondFactorStep, withSecondFactor } from './second-factor.ts'
import type { MfaFactor, User, UserMfa } from './user.ts'
import type { UserPool } from './user-pool.ts'

const recoveredBy = (...names: RecoveryOptionNameType[]): Partial<UserPool> => ({
  AccountRecoverySetting: { RecoveryMechanisms: names.map((Name, place) => ({ Name, Priority: place + 1 })) },
})
/** What a new pool has. */
const usual = recoveredBy('verified_email', 'verified_phone_number')
const byNobody = recoveredBy('admin_only')

const pool = (MfaConfiguration: UserPool['MfaConfiguration'], change: Partial<UserPool> = usual): UserPool => ({
  ...mfaPool,
  MfaConfiguration,
  ...change,
})
const only = (...factors: MfaFactor[]): Partial<UserPool> => ({
  ...usual,
  mfa: {
    smsEnabled: factors.includes('SMS_MFA'),
    EmailMfaConfiguration: factors.includes('EMAIL_OTP') ? {} : undefined,
    SoftwareTokenMfaConfiguration: { Enabled: factors.includes('SOFTWARE_TOKEN_MFA') },
  },
})

const token = { sealedSecret: 'sealed' }
const phone = { phone_number: '+12065550100' }
const email = { email: 'ana@example.org' }
const verified = { email_verified: 'true', phone_number_verified: 'true' }

const user = (attributes: Record<string, string> = {}, mfa?: UserMfa): User => ({ ...plainUser, attributes, mfa })
const enabled = (...factors: MfaFactor[]): UserMfa => ({ enabled: factors, softwareToken: token })

const afterPassword: Progress = { flow: 'password', proofs: ['pwd'] }

/** A step in short. */
const short = (step: ReturnType<typeof secondFactorStep>): string => {
  if (step.kind === 'ask') return `ask ${step.factor}`
  return 'factors' in step ? `${step.kind} ${step.factors.join(' ')}` : step.kind
}

type Row = readonly [what: string, of: UserPool, who: User, expected: string, progress?: Progress]

const table = (name: string, rows: readonly Row[]) =>
  describe(name, () => {
    for (const [what, of, who, expected, progress = afterPassword] of rows) {
      it(what, () => {
        expect(short(secondFactorStep(of, who, progress))).toBe(expected)
      })
    }
  })

const everything = user({ ...phone, ...email }, { ...enabled('SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'), preferred: 'SMS_MFA' })

table('secondFactorStep, MFA off', [
  ['asks nobody', pool('OFF'), everything, 'none'],
  ['not set is off', { ...pool('OFF'), MfaConfiguration: undefined }, everything, 'none'],
])

table('secondFactorStep, MFA optional', [
  ['nobody who switched nothing on', pool('OPTIONAL'), user({ ...phone, ...email }), 'none'],
  ['nobody with a token that is not switched on', pool('OPTIONAL'), user({}, enabled()), 'none'],
  ['the one factor', pool('OPTIONAL'), user(phone, enabled('SMS_MFA')), 'ask SMS_MFA'],
  ['the preferred one', pool('OPTIONAL'), everything, 'ask SMS_MFA'],
  [
    'a choice where none is preferred',
    pool('OPTIONAL'),
    user(phone, enabled('SMS_MFA', 'SOFTWARE_TOKEN_MFA')),
    'select SMS_MFA SOFTWARE_TOKEN_MFA',
  ],
  [
    'a choice without the address that resets passwords',
    pool('OPTIONAL'),
    user({ ...phone, ...email }, enabled('SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA')),
    'select SMS_MFA SOFTWARE_TOKEN_MFA',
  ],
  [
    'a choice of all where nothing resets passwords',
    pool('OPTIONAL', byNobody),
    user({ ...phone, ...email }, enabled('SMS_MFA', 'EMAIL_OTP')),
    'select SMS_MFA EMAIL_OTP',
  ],
  ['an address that the user chose, though it could reset passwords', pool('OPTIONAL'), user(email, enabled('EMAIL_OTP')), 'ask EMAIL_OTP'],
  [
    'a token whatever the pool offers by now',
    pool('OPTIONAL', only('SMS_MFA')),
    user({}, enabled('SOFTWARE_TOKEN_MFA')),
    'ask SOFTWARE_TOKEN_MFA',
  ],
  ['nobody whose only factor the pool offers no longer', pool('OPTIONAL', only('EMAIL_OTP')), user(phone, enabled('SMS_MFA')), 'none'],
  ['nobody whose address is gone', pool('OPTIONAL'), user({}, enabled('SMS_MFA')), 'none'],
  [
    'another factor where the preferred one is gone',
    pool('OPTIONAL'),
    user({}, { ...enabled('SMS_MFA', 'SOFTWARE_TOKEN_MFA'), preferred: 'SMS_MFA' }),
    'ask SOFTWARE_TOKEN_MFA',
  ],
])

table('secondFactorStep, MFA required', [
  ['the preferred factor', pool('ON'), everything, 'ask SMS_MFA'],
  [
    'a preferred address that could reset passwords',
    pool('ON'),
    user(email, { enabled: ['EMAIL_OTP'], preferred: 'EMAIL_OTP' }),
    'ask EMAIL_OTP',
  ],
  ['a registered token, switched on or not', pool('ON'), user({}, enabled()), 'ask SOFTWARE_TOKEN_MFA'],
  ['a token whatever the pool offers by now', pool('ON', only('SMS_MFA')), user({}, enabled()), 'ask SOFTWARE_TOKEN_MFA'],
  ['token or phone', pool('ON'), user({ ...phone, ...email, ...verified }, enabled()), 'select SMS_MFA SOFTWARE_TOKEN_MFA'],
  ['the phone where e-mail resets passwords', pool('ON'), user({ ...phone, ...email }), 'ask SMS_MFA'],
  ['the phone of somebody without e-mail', pool('ON'), user(phone), 'ask SMS_MFA'],
  [
    'e-mail where the phone resets passwords',
    pool('ON', recoveredBy('verified_phone_number', 'verified_email')),
    user({ ...phone, ...email }),
    'ask EMAIL_OTP',
  ],
  ['either address where nothing resets passwords', pool('ON', byNobody), user({ ...phone, ...email }), 'select SMS_MFA EMAIL_OTP'],
  ['no phone where SMS is not offered', pool('ON', only('EMAIL_OTP', 'SOFTWARE_TOKEN_MFA')), user(phone), 'set up SOFTWARE_TOKEN_MFA'],
  ['a token for whoever has but the address that resets passwords', pool('ON'), user(email), 'set up SMS_MFA SOFTWARE_TOKEN_MFA'],
  ['what the pool offers for whoever has nothing', pool('ON', byNobody), user(), 'set up SMS_MFA EMAIL_OTP SOFTWARE_TOKEN_MFA'],
  ['nothing that resets passwords is set up', pool('ON'), user(), 'set up SMS_MFA SOFTWARE_TOKEN_MFA'],
  [
    'nothing where there is but the address that resets passwords',
    pool('ON', { ...only('EMAIL_OTP'), ...recoveredBy('verified_email') }),
    user(email),
    'impossible',
  ],
  ['nothing where only that could be set up', pool('ON', { ...only('EMAIL_OTP'), ...recoveredBy('verified_email') }), user(), 'impossible'],
  [
    'the phone that resets passwords where the pool has no other factor, and e-mail for the reset',
    pool('ON', { ...only('SMS_MFA'), ...recoveredBy('verified_phone_number', 'verified_email') }),
    user({ ...phone, ...email, email_verified: 'true' }),
    'ask SMS_MFA',
  ],
  [
    'not the phone that alone resets passwords',
    pool('ON', { ...only('SMS_MFA'), ...recoveredBy('verified_phone_number', 'verified_email') }),
    user({ ...phone, ...email }),
    'impossible',
  ],
  [
    'a token to be set up before the phone that resets passwords',
    pool('ON', { ...only('SMS_MFA', 'SOFTWARE_TOKEN_MFA'), ...recoveredBy('verified_phone_number', 'verified_email') }),
    user({ ...phone, ...email, email_verified: 'true' }),
    'set up SOFTWARE_TOKEN_MFA',
  ],
  ['nothing where the pool offers nothing', pool('ON', only()), user({ ...phone, ...email }), 'impossible'],
])

const reached = (change: Partial<Progress>): Progress => ({ ...afterPassword, ...change })

table('secondFactorStep, by what was proved', [
  ['is done once', pool('ON'), everything, 'none', reached({ secondFactor: true, proofs: ['pwd', 'sms'] })],
  ['is done by a multi-factor passkey', pool('ON'), everything, 'none', reached({ flow: 'choice', secondFactor: true, proofs: ['hwk'] })],
  ['asks after a passkey that is one factor', pool('OPTIONAL'), everything, 'ask SMS_MFA', reached({ flow: 'choice', proofs: ['hwk'] })],
  ['asks after custom challenges alone', pool('ON'), everything, 'ask SMS_MFA', { flow: 'custom', proofs: [], customDone: true }],
  ['does not ask for the same again', pool('OPTIONAL'), everything, 'ask SOFTWARE_TOKEN_MFA', reached({ flow: 'choice', proofs: ['sms'] })],
  [
    'refuses whoever has but the same again',
    pool('OPTIONAL'),
    user(phone, enabled('SMS_MFA')),
    'impossible',
    reached({ flow: 'choice', proofs: ['sms'] }),
  ],
  [
    'has whoever must not be asked the same again set up another',
    pool('ON'),
    user(phone),
    'set up SOFTWARE_TOKEN_MFA',
    reached({ proofs: ['sms'] }),
  ],
])

table('secondFactorStep, by risk', [
  [
    'if configured: asks for what is not switched on',
    pool('OPTIONAL'),
    user({}, enabled()),
    'ask SOFTWARE_TOKEN_MFA',
    reached({ risk: 'MFA_IF_CONFIGURED' }),
  ],
  ['if configured: lets in whoever has none', pool('OPTIONAL'), user(), 'none', reached({ risk: 'MFA_IF_CONFIGURED' })],
  ['required: asks', pool('OPTIONAL'), user(phone), 'ask SMS_MFA', reached({ risk: 'MFA_REQUIRED' })],
  ['required: blocks whoever has none', pool('OPTIONAL'), user(), 'blocked', reached({ risk: 'MFA_REQUIRED' })],
  ['required: blocks where there is no MFA', pool('OFF'), everything, 'blocked', reached({ risk: 'MFA_REQUIRED' })],
  ['if configured: lets in where there is no MFA', pool('OFF'), everything, 'none', reached({ risk: 'MFA_IF_CONFIGURED' })],
])

describe('activeSecondFactors', () => {
  it.each<[string, UserPool, User, MfaFactor[]]>([
    ['off', pool('OFF'), everything, []],
    ['optional', pool('OPTIONAL'), user({ ...phone, ...email }, enabled('SMS_MFA')), ['SMS_MFA']],
    [
      'required',
      pool('ON', byNobody),
      user({ ...phone, ...email, ...verified }, enabled()),
      ['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'],
    ],
    [
      'no address beside a token that nobody proved or chose',
      pool('ON', byNobody),
      user({ ...phone, ...email }, enabled()),
      ['SOFTWARE_TOKEN_MFA'],
    ],
    ['one that was chosen', pool('ON', byNobody), user({ ...phone, ...email }, enabled('SMS_MFA')), ['SMS_MFA', 'SOFTWARE_TOKEN_MFA']],
    ['one that nobody proved, where there is no other', pool('ON', byNobody), user(email), ['EMAIL_OTP']],
    [
      'without the next way to recover, where the first was chosen',
      pool('ON'),
      user({ ...phone, ...email }, { enabled: ['EMAIL_OTP'] }),
      ['EMAIL_OTP'],
    ],
  ])('%s', (_, of, who, expected) => {
    expect(activeSecondFactors(of, who)).toEqual(expected)
  })
})

describe('offersFactor', () => {
  it('needs the factor, MFA that is on and for SMS a sender', () => {
    expect(offersFactor(pool('ON'), 'SMS_MFA')).toBe(true)
    expect(offersFactor(pool('OFF'), 'SMS_MFA')).toBe(false)
    expect(offersFactor(pool('ON', { SmsConfiguration: undefined }), 'SMS_MFA')).toBe(false)
    expect(offersFactor(pool('OPTIONAL', only('SMS_MFA')), 'SOFTWARE_TOKEN_MFA')).toBe(false)
  })
})

describe('mayBeSetUp', () => {
  it('is for whoever must have a second factor and has none', () => {
    expect(mayBeSetUp(pool('ON'), user(), afterPassword, 'SOFTWARE_TOKEN_MFA')).toBe(true)
    expect(mayBeSetUp(pool('ON'), user(), afterPassword, 'EMAIL_OTP')).toBe(false)
    expect(mayBeSetUp(pool('ON'), user(phone), afterPassword, 'SOFTWARE_TOKEN_MFA')).toBe(false)
    expect(mayBeSetUp(pool('OPTIONAL'), user(), afterPassword, 'SOFTWARE_TOKEN_MFA')).toBe(false)
  })
})

describe('withSecondFactor', () => {
  it.each([
    ['SMS_MFA', 'sms'],
    ['EMAIL_OTP', 'email_otp'],
    ['SOFTWARE_TOKEN_MFA', 'otp'],
  ] as const)('notes the proof of %s', (factor, proof) => {
    expect(withSecondFactor(afterPassword, factor)).toEqual({ flow: 'password', proofs: ['pwd', proof], secondFactor: true })
  })
})
