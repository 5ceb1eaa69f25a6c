import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { shapeNamed } from '../../src/model/model.ts'
import { changePool } from '../support/change-settings.ts'
import { type Answer, createHarness, type Harness } from '../support/harness.ts'
import type { MadePool } from '../support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../support/make-user.ts'
import { addressesOf, answer, beginOtp, everyFactor, makeMfaPool, makeTokenUser } from '../support/mfa-pool.ts'
import { accessTokenOf, begin, signIn } from '../support/sign-in.ts'

let server: Harness
let required: MadePool

beforeAll(async () => {
  server = await createHarness()
  required = await makeMfaPool(server, 'ON')
})
afterEach(() => server.clock.reset())
afterAll(() => server.close())

const shape = shapeNamed('ChallengeNameType')
const challengeNames = shape.type === 'string' ? [...(shape.values ?? [])] : []

const members = [
  'SMS_MFA_CODE',
  'EMAIL_OTP_CODE',
  'EMAIL_MFA_CODE',
  'SMS_OTP_CODE',
  'SOFTWARE_TOKEN_MFA_CODE',
  'ANSWER',
  'PASSWORD',
  'CREDENTIAL',
]
/** What might be mistaken for an answer to any challenge. */
const emptyAnswers = [{}, ...['', ' ', '0', 'null', 'true'].map((value) => Object.fromEntries(members.map((member) => [member, value])))]

const noTokens = ({ status, body }: Answer, what: string) => {
  expect(status, `${what}: ${JSON.stringify(body)}`).not.toBe(500)
  expect(body, what).not.toHaveProperty('AuthenticationResult')
}

/** Challenges of people who have proved a password and owe a second factor. */
const owed: Record<string, (username: string) => Promise<Answer>> = {
  SMS_MFA: async (username) => {
    await makeUser(server, required.UserPoolId, username, { phone_number: addressesOf(username).phone_number })
    return begin(server, required, username)
  },
  EMAIL_OTP: async (username) => {
    await makeUser(server, required.UserPoolId, username, { email: addressesOf(username).email })
    return begin(server, required, username)
  },
  SELECT_MFA_TYPE: async (username) => {
    await makeUser(server, required.UserPoolId, username, { ...addressesOf(username) })
    return begin(server, required, username)
  },
  MFA_SETUP: async (username) => {
    await makeUser(server, required.UserPoolId, username)
    return begin(server, required, username)
  },
  NEW_PASSWORD_REQUIRED: async (username) => {
    await inviteUser(server, required.UserPoolId, username, { ...addressesOf(username) })
    return begin(server, required, username, temporaryPassword)
  },
}

describe('must-not-happen 14: where MFA is required', () => {
  it.each(Object.entries(owed))('%s answered with nothing, under every name, yields no tokens', async (name, ask) => {
    const username = `nothing-${name.toLowerCase()}`
    const { body } = await ask(username)
    expect(body.ChallengeName).toBe(name)
    expect(challengeNames).toContain(name)
    for (const claimed of [...challengeNames, 'EMAIL_MFA', 'TOTP', '']) {
      for (const responses of emptyAnswers) {
        noTokens(await answer(server, required, claimed, username, body.Session, responses), `${name} as ${claimed}`)
      }
    }
  })

  it('a choice can’t be skipped, and the password alone answers nothing', async () => {
    const { email, phone_number } = addressesOf('skipper')
    await makeUser(server, required.UserPoolId, 'skipper', { email, phone_number })
    const { body } = await begin(server, required, 'skipper')
    const chosen = await answer(server, required, 'SELECT_MFA_TYPE', 'skipper', body.Session, { ANSWER: 'SMS_MFA' })
    const code = server.codeSentTo(phone_number)
    const { body: next } = await begin(server, required, 'skipper')
    for (const [name, session] of [
      ['SMS_MFA', next.Session],
      ['EMAIL_OTP', next.Session],
      ['EMAIL_OTP', chosen.body.Session],
      ['SMS_OTP', chosen.body.Session],
      ['MFA_SETUP', next.Session],
    ]) {
      const responses = { SMS_MFA_CODE: code, EMAIL_OTP_CODE: code, SMS_OTP_CODE: code, PASSWORD: password }
      noTokens(await answer(server, required, name, 'skipper', session, responses), name)
    }
    expect((await answer(server, required, 'SMS_MFA', 'skipper', chosen.body.Session, { SMS_MFA_CODE: code })).status).toBe(200)
  })

  it('steps can’t be done in another order', async () => {
    await inviteUser(server, required.UserPoolId, 'orderly', { ...addressesOf('orderly') })
    const { body } = await begin(server, required, 'orderly', temporaryPassword)
    for (const [operation, more] of [
      ['AssociateSoftwareToken', {}],
      ['VerifySoftwareToken', { UserCode: '000000' }],
    ] as const) {
      expect((await server.refused(operation, { Session: body.Session, ...more }))[0]).toBe('NotAuthorizedException')
    }
    noTokens(await answer(server, required, 'SELECT_MFA_TYPE', 'orderly', body.Session, { ANSWER: 'SMS_MFA' }), 'before the password')
  })

  it('the set-up of an address is finished by its code alone', async () => {
    await makeUser(server, required.UserPoolId, 'setter')
    const { body } = await begin(server, required, 'setter')
    const asked = await answer(server, required, 'MFA_SETUP', 'setter', body.Session, { EMAIL: 'setter@example.org' })
    for (const session of [body.Session, asked.body.Session]) {
      noTokens(await answer(server, required, 'MFA_SETUP', 'setter', session, {}), 'MFA_SETUP')
      noTokens(await answer(server, required, 'EMAIL_OTP', 'setter', session, { EMAIL_OTP_CODE: '' }), 'EMAIL_OTP')
    }
    expect((await server.ok('AdminGetUser', { UserPoolId: required.UserPoolId, Username: 'setter' })).UserMFASettingList).toBeUndefined()
  })

  it('an address that was set up meanwhile is not replaced with a password alone', async () => {
    await makeUser(server, required.UserPoolId, 'robbed')
    const address = async (email: string) => {
      const { body } = await begin(server, required, 'robbed')
      const { body: next } = await answer(server, required, 'MFA_SETUP', 'robbed', body.Session, { EMAIL: email })
      return { session: next.Session as string, code: server.codeSentTo(email) }
    }
    const [thief, owner] = [await address('thief@example.org'), await address('owner@example.org')]
    expect((await answer(server, required, 'EMAIL_OTP', 'robbed', owner.session, { EMAIL_OTP_CODE: owner.code })).status).toBe(200)
    noTokens(await answer(server, required, 'EMAIL_OTP', 'robbed', thief.session, { EMAIL_OTP_CODE: thief.code }), 'the second address')
    const { UserAttributes } = await server.ok('AdminGetUser', { UserPoolId: required.UserPoolId, Username: 'robbed' })
    expect(UserAttributes).toContainEqual({ Name: 'email', Value: 'owner@example.org' })
  })

  it.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'in place of the one that codes go to',
      { phone_number: '+12065550901', phone_number_verified: 'true' },
      { phone_number: '+12065550902' },
    ],
    ['in place of one that is not verified', { phone_number: '+12065550903' }, { phone_number: '+12065550904' }],
    ['beside one that is not verified', { phone_number: '+12065550905' }, { email: 'thief-3@example.org' }],
  ])('a temporary password alone brings no address along %s', async (_, had, given) => {
    const username = `invited-${Object.values(had)[0]?.slice(1)}`
    await inviteUser(server, required.UserPoolId, username, had)
    const { body } = await begin(server, required, username, temporaryPassword)
    const named = Object.fromEntries(Object.entries(given).map(([name, value]) => [`userAttributes.${name}`, value]))
    const refused = await answer(server, required, 'NEW_PASSWORD_REQUIRED', username, body.Session, { NEW_PASSWORD: password, ...named })
    expect(refused.body.__type).toBe('NotAuthorizedException')
    const { body: next } = await answer(server, required, 'NEW_PASSWORD_REQUIRED', username, body.Session, { NEW_PASSWORD: password })
    expect(next.ChallengeName).toBe('SMS_MFA')
  })

  it('an address that a temporary password brought along is no second factor beside a verified one or a token', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL')
    await makeTokenUser(server, made, 'tokened')
    await inviteUser(server, made.UserPoolId, 'phoned', { phone_number: '+12065550906', phone_number_verified: 'true' })
    await server.ok('SetUserPoolMfaConfig', { UserPoolId: made.UserPoolId, MfaConfiguration: 'ON', ...everyFactor })
    const reset = { UserPoolId: made.UserPoolId, Username: 'tokened', Password: temporaryPassword, Permanent: false }
    await server.ok('AdminSetUserPassword', reset)
    for (const [username, factor] of [
      ['tokened', 'SOFTWARE_TOKEN_MFA'],
      ['phoned', 'SMS_MFA'],
    ] as const) {
      const { body } = await begin(server, made, username, temporaryPassword)
      const responses = { NEW_PASSWORD: password, 'userAttributes.email': `${username}@thief.example` }
      const next = await answer(server, made, 'NEW_PASSWORD_REQUIRED', username, body.Session, responses)
      expect(next.body.ChallengeName).toBe(factor)
      expect(await signIn(server, made, username)).toBe(factor)
    }
  })

  it('it can’t be switched off by the user, nor by losing the token', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL')
    await makeTokenUser(server, made, 'keeper')
    await makeUser(server, made.UserPoolId, 'early')
    const AccessToken = await accessTokenOf(server, made, 'early')
    await server.ok('SetUserPoolMfaConfig', { UserPoolId: made.UserPoolId, MfaConfiguration: 'ON', ...everyFactor })
    const off = { Enabled: false, PreferredMfa: false }
    const Username = 'keeper'
    const { UserPoolId } = made
    await server.refused('AdminSetUserMFAPreference', { UserPoolId, Username, SoftwareTokenMfaSettings: off })
    await server.ok('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: off, SMSMfaSettings: off, EmailMfaSettings: off })
    expect(await signIn(server, made, 'early')).toBe('MFA_SETUP')
    expect(await signIn(server, made, Username)).toBe('SOFTWARE_TOKEN_MFA')
    await server.ok('AdminDeleteSoftwareToken', { UserPoolId, Username })
    expect(await signIn(server, made, Username)).toBe('MFA_SETUP')
  })

  it('a pool that comes to require it in the middle of a sign-in gets it', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL', {
      pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
    })
    await makeUser(server, made.UserPoolId, 'between', { email: 'between@example.org' })
    const { body } = await beginOtp(server, made, 'between', 'EMAIL_OTP')
    await changePool(server, made.UserPoolId, { MfaConfiguration: 'ON' })
    const code = server.codeSentTo('between@example.org')
    const next = await answer(server, made, 'EMAIL_OTP', 'between', body.Session, { EMAIL_OTP_CODE: code })
    noTokens(next, 'a code as the first factor')
    // Not the same mailbox twice.
    expect(JSON.parse(next.body.ChallengeParameters.MFAS_CAN_SETUP)).not.toContain('EMAIL_OTP')
  })

  it('a sign-in for which nobody was asked a second factor is refused one by code', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL', {
      pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
    })
    await makeUser(server, made.UserPoolId, 'both', { email: 'both@example.org', email_verified: 'true' })
    await server.ok('AdminSetUserMFAPreference', { UserPoolId: made.UserPoolId, Username: 'both', EmailMfaSettings: { Enabled: true } })
    expect((await beginOtp(server, made, 'both', 'EMAIL_OTP')).body).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'],
    })
  })
})

describe('must-not-happen 14: the address that resets passwords', () => {
  const byEmail = { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email' as const, Priority: 1 }] } }

  it('is no second factor where it is the only one', async () => {
    const made = await makeMfaPool(server, 'ON')
    await changePool(server, made.UserPoolId, byEmail)
    await makeUser(server, made.UserPoolId, 'mailbox', { email: 'mailbox@example.org', email_verified: 'true' })
    const { body } = await begin(server, made, 'mailbox')
    expect(body.ChallengeName).toBe('MFA_SETUP')
    expect(JSON.parse(body.ChallengeParameters.MFAS_CAN_SETUP)).not.toContain('EMAIL_OTP')
    const refused = await answer(server, made, 'MFA_SETUP', 'mailbox', body.Session, { EMAIL: 'mailbox@example.org' })
    expect(refused.body.__type).toBe('InvalidParameterException')
  })

  it('resets none any more once the user chose it for MFA', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL')
    await changePool(server, made.UserPoolId, byEmail)
    await makeUser(server, made.UserPoolId, 'chooser', { email: 'chooser@example.org', email_verified: 'true' })
    const forgot = () => server.call('ForgotPassword', { ClientId: made.ClientId, Username: 'chooser' })
    expect((await forgot()).status).toBe(200)
    await server.ok('AdminSetUserMFAPreference', { UserPoolId: made.UserPoolId, Username: 'chooser', EmailMfaSettings: { Enabled: true } })
    expect(await signIn(server, made, 'chooser')).toBe('EMAIL_OTP')
    expect((await forgot()).body.__type).toBe('InvalidParameterException')
  })
})
