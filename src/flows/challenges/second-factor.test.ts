import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import type { MadePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../../tests/support/make-user.ts'
import { addressesOf, answer, everyFactor, makeMfaPool, makeTokenUser, setMfa } from '../../../tests/support/mfa-pool.ts'
import { accessTokenOf, begin, signIn } from '../../../tests/support/sign-in.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'
import { totpCode } from '../../../tests/support/totp-code.ts'

let server: Harness
let optional: MadePool
let required: MadePool

beforeAll(async () => {
  server = await createHarness()
  optional = await makeMfaPool(server, 'OPTIONAL')
  required = await makeMfaPool(server, 'ON')
})
afterEach(() => server.clock.reset())
afterAll(() => server.close())

const amrOf = (body: { AuthenticationResult: { AccessToken: string } }) =>
  tokenParts(body.AuthenticationResult.AccessToken).payload['amr'] as string[]

/** A user with addresses; the second factors named are switched on, which needs the addresses to be verified. */
const userWith = async (made: MadePool, username: string, ...factors: ('SMSMfaSettings' | 'EmailMfaSettings')[]) => {
  const addresses = addressesOf(username)
  const verified = factors.length > 0 ? { email_verified: 'true', phone_number_verified: 'true' } : {}
  await makeUser(server, made.UserPoolId, username, { ...addresses, ...verified })
  const on = Object.fromEntries(factors.map((name) => [name, { Enabled: true }]))
  await server.ok('AdminSetUserMFAPreference', { UserPoolId: made.UserPoolId, Username: username, ...on })
  return addresses
}

const wrong = (code: string) => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0')

describe('SMS_MFA and EMAIL_OTP as second factors', () => {
  it.each([
    ['SMSMfaSettings', 'SMS_MFA', 'SMS_MFA_CODE', 'SMS', 'sms'],
    ['EmailMfaSettings', 'EMAIL_OTP', 'EMAIL_OTP_CODE', 'EMAIL', 'email_otp'],
  ] as const)('%s: asks for a code of six digits, which is good once', async (setting, name, member, medium, proof) => {
    const username = `second-${medium}`
    const addresses = await userWith(optional, username, setting)
    const destination = medium === 'SMS' ? addresses.phone_number : addresses.email
    const { body } = await begin(server, optional, username)
    const shown = medium === 'SMS' ? `+*******${destination.slice(-4)}` : 's***@e***'
    expect(body).toEqual({
      ChallengeName: name,
      Session: expect.any(String),
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: medium, CODE_DELIVERY_DESTINATION: shown, USER_ID_FOR_SRP: username },
    })
    const code = server.codeSentTo(destination)
    expect(code).toMatch(/^\d{6}$/)
    const { body: refused } = await answer(server, optional, name, username, body.Session, { [member]: wrong(code) })
    expect([refused.__type, refused.message]).toEqual(['CodeMismatchException', 'Invalid code or auth state for the user.'])
    const { body: done } = await answer(server, optional, name, username, body.Session, { [member]: code })
    expect(amrOf(done)).toEqual(['pwd', proof, 'mfa'])
    const { body: again } = await answer(server, optional, name, username, body.Session, { [member]: code })
    expect([again.__type, again.message]).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user, session can only be used once.',
    ])
  })

  it('wants a code', async () => {
    await userWith(optional, 'empty', 'SMSMfaSettings')
    const { body } = await begin(server, optional, 'empty')
    for (const responses of [{}, { SMS_MFA_CODE: '' }]) {
      const { body: refused } = await answer(server, optional, 'SMS_MFA', 'empty', body.Session, responses)
      expect([refused.__type, refused.message]).toEqual(['InvalidParameterException', 'Missing required parameter SMS_MFA_CODE'])
    }
  })

  it('takes EMAIL_MFA_CODE for EMAIL_OTP_CODE', async () => {
    const { email } = await userWith(optional, 'synonym', 'EmailMfaSettings')
    const { body } = await begin(server, optional, 'synonym')
    const done = await answer(server, optional, 'EMAIL_OTP', 'synonym', body.Session, { EMAIL_MFA_CODE: server.codeSentTo(email) })
    expect(done.body.AuthenticationResult).toBeDefined()
  })

  it('verifies the address that it was sent to', async () => {
    const { phone_number } = addressesOf('unproved')
    await makeUser(server, required.UserPoolId, 'unproved', { phone_number })
    const { body } = await begin(server, required, 'unproved')
    await answer(server, required, 'SMS_MFA', 'unproved', body.Session, { SMS_MFA_CODE: server.codeSentTo(phone_number) })
    expect((await userOf(server, required, 'unproved')).attributes).toEqual({ phone_number, phone_number_verified: 'true' })
  })

  it('dies when the address changes', async () => {
    const { phone_number } = await userWith(optional, 'moved', 'SMSMfaSettings')
    const { body } = await begin(server, optional, 'moved')
    const UserAttributes = [
      { Name: 'phone_number', Value: addressesOf('moved').phone_number },
      { Name: 'phone_number_verified', Value: 'true' },
    ]
    await server.ok('AdminUpdateUserAttributes', { UserPoolId: optional.UserPoolId, Username: 'moved', UserAttributes })
    const code = server.codeSentTo(phone_number)
    const { body: refused } = await answer(server, optional, 'SMS_MFA', 'moved', body.Session, { SMS_MFA_CODE: code })
    expect(refused.__type).toBe('CodeMismatchException')
  })

  it('lives as long as the session', async () => {
    const { phone_number } = await userWith(optional, 'late', 'SMSMfaSettings')
    const { body } = await begin(server, optional, 'late')
    server.clock.advance(3 * 60_000)
    const code = server.codeSentTo(phone_number)
    const { body: refused } = await answer(server, optional, 'SMS_MFA', 'late', body.Session, { SMS_MFA_CODE: code })
    expect([refused.__type, refused.message]).toEqual(['NotAuthorizedException', 'Invalid session for the user, session is expired.'])
  })

  it('does not mix sign-ins up that go on at once', async () => {
    const { phone_number } = await userWith(optional, 'twice', 'SMSMfaSettings')
    const first = await begin(server, optional, 'twice')
    const firstCode = server.codeSentTo(phone_number)
    const second = await begin(server, optional, 'twice')
    const secondCode = server.codeSentTo(phone_number)
    if (firstCode !== secondCode) {
      const { body } = await answer(server, optional, 'SMS_MFA', 'twice', first.body.Session, { SMS_MFA_CODE: secondCode })
      expect(body.__type).toBe('CodeMismatchException')
    }
    for (const [{ body }, code] of [
      [second, secondCode],
      [first, firstCode],
    ] as const) {
      expect((await answer(server, optional, 'SMS_MFA', 'twice', body.Session, { SMS_MFA_CODE: code })).status).toBe(200)
    }
  })

  it('is sent twenty times an hour', async () => {
    await userWith(optional, 'flooded', 'SMSMfaSettings')
    for (let sent = 0; sent < 20; sent += 1) expect((await begin(server, optional, 'flooded')).body.ChallengeName).toBe('SMS_MFA')
    const { body } = await begin(server, optional, 'flooded')
    expect([body.__type, body.message]).toEqual(['TooManyRequestsException', 'Attempt limit exceeded, please try after some time.'])
    server.clock.advance(3_600_000)
    expect((await begin(server, optional, 'flooded')).body.ChallengeName).toBe('SMS_MFA')
  })

  it('follows a first password', async () => {
    const { phone_number } = addressesOf('invited')
    await inviteUser(server, required.UserPoolId, 'invited', { phone_number })
    const { body } = await begin(server, required, 'invited', temporaryPassword)
    const next = await answer(server, required, 'NEW_PASSWORD_REQUIRED', 'invited', body.Session, { NEW_PASSWORD: 'My-Own-Horse-8' })
    expect(next.body.ChallengeName).toBe('SMS_MFA')
  })
})

describe('SOFTWARE_TOKEN_MFA', () => {
  it('asks for the code of the app, and takes it once', async () => {
    const code = await makeTokenUser(server, optional, 'app')
    const { body } = await begin(server, optional, 'app')
    expect(body).toEqual({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session: expect.any(String),
      ChallengeParameters: { USER_ID_FOR_SRP: 'app' },
    })
    const send = (session: string, typed: string) =>
      answer(server, optional, 'SOFTWARE_TOKEN_MFA', 'app', session, { SOFTWARE_TOKEN_MFA_CODE: typed })
    const { body: refused } = await send(body.Session, wrong(code()))
    expect([refused.__type, refused.message]).toEqual(['CodeMismatchException', 'Invalid code received for user'])
    const { body: done } = await send(body.Session, code())
    expect(amrOf(done)).toEqual(['pwd', 'otp', 'mfa'])
    const another = await begin(server, optional, 'app')
    const { body: used } = await send(another.body.Session, code())
    expect([used.__type, used.message]).toEqual(['ExpiredCodeException', 'Your software token has already been used once.'])
    server.clock.advance(30_000)
    expect((await send(another.body.Session, code())).status).toBe(200)
  })

  it('does not take the code that set it up', async () => {
    await makeUser(server, optional.UserPoolId, 'fresh')
    const AccessToken = await accessTokenOf(server, optional, 'fresh')
    const { SecretCode } = await server.ok('AssociateSoftwareToken', { AccessToken })
    const UserCode = totpCode(SecretCode, server.clock.now())
    await server.ok('VerifySoftwareToken', { AccessToken, UserCode })
    await server.ok('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } })
    const { body } = await begin(server, optional, 'fresh')
    const used = await answer(server, optional, 'SOFTWARE_TOKEN_MFA', 'fresh', body.Session, { SOFTWARE_TOKEN_MFA_CODE: UserCode })
    expect([used.body.__type, used.body.message]).toEqual(['ExpiredCodeException', 'Your software token has already been used once.'])
  })

  it('shows the name of the device', async () => {
    await makeUser(server, optional.UserPoolId, 'named')
    const AccessToken = await accessTokenOf(server, optional, 'named')
    const { SecretCode } = await server.ok('AssociateSoftwareToken', { AccessToken })
    const UserCode = totpCode(SecretCode, server.clock.now())
    await server.ok('VerifySoftwareToken', { AccessToken, UserCode, FriendlyDeviceName: 'Phone' })
    await server.ok('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } })
    const { body } = await begin(server, optional, 'named')
    expect(body.ChallengeParameters).toEqual({ USER_ID_FOR_SRP: 'named', FRIENDLY_DEVICE_NAME: 'Phone' })
  })

  it('goes on working when the pool offers it no longer', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL')
    const code = await makeTokenUser(server, made, 'faithful')
    const { SmsMfaConfiguration } = everyFactor
    await setMfa(server, made.UserPoolId, 'ON', { SmsMfaConfiguration })
    const { body } = await begin(server, made, 'faithful')
    const done = await answer(server, made, 'SOFTWARE_TOKEN_MFA', 'faithful', body.Session, { SOFTWARE_TOKEN_MFA_CODE: code() })
    expect(done.status).toBe(200)
  })

  it('ends with the token', async () => {
    const code = await makeTokenUser(server, optional, 'robbed')
    const { body } = await begin(server, optional, 'robbed')
    await server.ok('AdminDeleteSoftwareToken', { UserPoolId: optional.UserPoolId, Username: 'robbed' })
    const answered = await answer(server, optional, 'SOFTWARE_TOKEN_MFA', 'robbed', body.Session, { SOFTWARE_TOKEN_MFA_CODE: code() })
    expect(answered.body.__type).toBe('SoftwareTokenMFANotFoundException')
  })
})

describe('SELECT_MFA_TYPE', () => {
  it('offers what the user has, and goes on with what is chosen', async () => {
    const { email } = await userWith(optional, 'chooser', 'SMSMfaSettings', 'EmailMfaSettings')
    const { body } = await begin(server, optional, 'chooser')
    expect(body).toEqual({
      ChallengeName: 'SELECT_MFA_TYPE',
      Session: expect.any(String),
      ChallengeParameters: { MFAS_CAN_CHOOSE: '["SMS_MFA","EMAIL_OTP"]', USER_ID_FOR_SRP: 'chooser' },
    })
    const choose = (ANSWER: string) => answer(server, optional, 'SELECT_MFA_TYPE', 'chooser', body.Session, { ANSWER })
    for (const other of ['SOFTWARE_TOKEN_MFA', 'WEB_AUTHN', 'sms_mfa']) {
      expect((await choose(other)).body.__type).toBe('InvalidParameterException')
    }
    const { body: next } = await choose('EMAIL_MFA')
    expect(next.ChallengeName).toBe('EMAIL_OTP')
    const done = await answer(server, optional, 'EMAIL_OTP', 'chooser', next.Session, { EMAIL_OTP_CODE: server.codeSentTo(email) })
    expect(amrOf(done.body)).toEqual(['pwd', 'email_otp', 'mfa'])
    expect((await choose('SMS_MFA')).body.message).toBe('Invalid session for the user, session can only be used once.')
  })

  it('is not asked of whoever has a preference', async () => {
    await userWith(optional, 'decided', 'SMSMfaSettings', 'EmailMfaSettings')
    const EmailMfaSettings = { Enabled: true, PreferredMfa: true }
    await server.ok('AdminSetUserMFAPreference', { UserPoolId: optional.UserPoolId, Username: 'decided', EmailMfaSettings })
    expect(await signIn(server, optional, 'decided')).toBe('EMAIL_OTP')
  })
})

describe('MFA_SETUP', () => {
  const setUp = async (username: string) => {
    await makeUser(server, required.UserPoolId, username)
    const { body } = await begin(server, required, username)
    expect(body).toMatchObject({
      ChallengeName: 'MFA_SETUP',
      ChallengeParameters: { MFAS_CAN_SETUP: '["SMS_MFA","EMAIL_OTP","SOFTWARE_TOKEN_MFA"]', USER_ID_FOR_SRP: username },
    })
    return body.Session as string
  }
  const finish = (username: string, session: string, more: Record<string, string> = {}) =>
    answer(server, required, 'MFA_SETUP', username, session, more)

  it('sets up a software token, which then is the second factor', async () => {
    const first = await setUp('starter')
    const { SecretCode, Session } = await server.ok('AssociateSoftwareToken', { Session: first })
    const UserCode = totpCode(SecretCode, server.clock.now())
    const verified = await server.ok('VerifySoftwareToken', { Session, UserCode })
    expect(verified).toEqual({ Status: 'SUCCESS', Session: expect.any(String) })
    const { body } = await finish('starter', verified.Session)
    expect(amrOf(body)).toEqual(['pwd', 'otp', 'mfa'])
    expect(await signIn(server, required, 'starter')).toBe('SOFTWARE_TOKEN_MFA')
    expect(await server.ok('AdminGetUser', { UserPoolId: required.UserPoolId, Username: 'starter' })).toMatchObject({
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
    })
  })

  it.each(['EMAIL', 'email'])('sets up an e-mail address given as %s', async (member) => {
    const username = `mailed-${member}`
    const session = await setUp(username)
    const email = `${username}@example.org`
    expect((await finish(username, session, { [member]: 'not an address' })).body.message).toBe('Invalid email address format.')
    const { body } = await finish(username, session, { [member]: email })
    expect(body).toMatchObject({ ChallengeName: 'EMAIL_OTP', ChallengeParameters: { CODE_DELIVERY_DESTINATION: 'm***@e***' } })
    expect((await userOf(server, required, username)).attributes).toEqual({})
    const done = await answer(server, required, 'EMAIL_OTP', username, body.Session, { EMAIL_OTP_CODE: server.codeSentTo(email) })
    expect(amrOf(done.body)).toEqual(['pwd', 'email_otp', 'mfa'])
    expect((await userOf(server, required, username)).attributes).toEqual({ email, email_verified: 'true' })
    expect(await signIn(server, required, username)).toBe('EMAIL_OTP')
  })

  it('needs a client that may write the address', async () => {
    const { UserPoolClient } = await server.ok('CreateUserPoolClient', {
      UserPoolId: required.UserPoolId,
      ClientName: 'reader',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      WriteAttributes: ['name'],
    })
    const reader = { ...required, ClientId: UserPoolClient.ClientId }
    await makeUser(server, required.UserPoolId, 'unwritable')
    const { body } = await begin(server, reader, 'unwritable')
    const refused = await answer(server, reader, 'MFA_SETUP', 'unwritable', body.Session, { EMAIL: 'a@example.org' })
    expect(refused.body.message).toBe('A client attempted to write unauthorized attribute')
  })

  it('is not done by asking', async () => {
    const session = await setUp('hasty')
    expect((await finish('hasty', session)).body.message).toBe('User has not verified software token mfa')
    const { Session } = await server.ok('AssociateSoftwareToken', { Session: session })
    expect((await finish('hasty', Session)).body.message).toBe('User has not verified software token mfa')
  })

  it('is refused where nothing can be set up', async () => {
    const { SmsMfaConfiguration } = everyFactor
    const recovery = { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_phone_number' as const, Priority: 1 }] } }
    const made = await makeMfaPool(server, 'ON', { factors: { SmsMfaConfiguration }, pool: recovery })
    await makeUser(server, made.UserPoolId, 'stuck')
    expect((await signIn(server, made, 'stuck'))[0]).toBe('InvalidParameterException')
  })
})

describe('a pool without MFA', () => {
  it('asks nobody, whatever was set before', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL')
    await makeTokenUser(server, made, 'carefree')
    await setMfa(server, made.UserPoolId, 'OFF')
    expect(await signIn(server, made, 'carefree', password)).toBe('tokens')
  })
})
