import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHarness, type Harness } from '../support/harness.ts'
import { makeUser, password, inviteUser, temporaryPassword } from '../support/make-user.ts'
import { addressesOf, answer, begin, beginOtp, makeMfaPool, makeTokenUser } from '../support/mfa-pool.ts'

let server: Harness
beforeAll(async () => { server = await createHarness() })
afterAll(() => server.close())

it('new password replaces phone', async () => {
  const made = await makeMfaPool(server, 'ON')
  await inviteUser(server, made.UserPoolId, 'alice', { phone_number: '+12065550001', phone_number_verified: 'true' })
  const { body } = await begin(server, made, 'alice', temporaryPassword)
  const next = await answer(server, made, 'NEW_PASSWORD_REQUIRED', 'alice', body.Session, { NEW_PASSWORD: password, 'userAttributes.phone_number': '+12065559999' })
  console.log('A', JSON.stringify(next.body).slice(0, 400))
})
it('new password adds email beside TOTP/phone', async () => {
  const made = await makeMfaPool(server, 'ON')
  await inviteUser(server, made.UserPoolId, 'bob', { phone_number: '+12065550002', phone_number_verified: 'true' })
  const { body } = await begin(server, made, 'bob', temporaryPassword)
  const next = await answer(server, made, 'NEW_PASSWORD_REQUIRED', 'bob', body.Session, { NEW_PASSWORD: password, 'userAttributes.email': 'thief@example.org' })
  console.log('B', JSON.stringify(next.body).slice(0, 400))
  const made2 = await makeMfaPool(server, 'OPTIONAL')
  await makeTokenUser(server, made2, 'carl')
  await server.ok('SetUserPoolMfaConfig', { UserPoolId: made2.UserPoolId, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true }, EmailMfaConfiguration: {} })
  await server.ok('AdminSetUserMFAPreference', { UserPoolId: made2.UserPoolId, Username: 'carl', SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: false } })
  await server.ok('AdminSetUserPassword', { UserPoolId: made2.UserPoolId, Username: 'carl', Password: temporaryPassword, Permanent: false })
  const b2 = await begin(server, made2, 'carl', temporaryPassword)
  const n2 = await answer(server, made2, 'NEW_PASSWORD_REQUIRED', 'carl', b2.body.Session, { NEW_PASSWORD: password, 'userAttributes.email': 'thief2@example.org' })
  console.log('B2', JSON.stringify(n2.body).slice(0, 400))
})
it('prehijack', async () => {
  const made = await makeMfaPool(server, 'OPTIONAL', { pool: { UsernameAttributes: ['email'], AutoVerifiedAttributes: ['email'], Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] } } } })
  await server.ok('SignUp', { ClientId: made.ClientId, Username: 'victim@example.org', Password: password, UserAttributes: [{ Name: 'phone_number', Value: '+12065557777' }] })
  const { body } = await beginOtp(server, made, 'victim@example.org', 'EMAIL_OTP')
  const r = await answer(server, made, 'EMAIL_OTP', 'victim@example.org', body.Session, { EMAIL_OTP_CODE: server.codeSentTo('victim@example.org') })
  console.log('C victim in', r.status)
  const a = await begin(server, made, 'victim@example.org')
  console.log('C attacker pw', a.status, Object.keys(a.body))
  const s = await beginOtp(server, made, 'victim@example.org', 'SMS_OTP')
  const s2 = await answer(server, made, 'SMS_OTP', 'victim@example.org', s.body.Session, { SMS_OTP_CODE: server.codeSentTo('+12065557777') })
  console.log('C attacker sms', s2.status, Object.keys(s2.body))
})
it('acr oracle', async () => {
  const made = await makeMfaPool(server, 'OPTIONAL', { client: { PreventUserExistenceErrors: 'ENABLED' }, pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } } })
  await makeUser(server, made.UserPoolId, 'dora', { email: 'dora@example.org' })
  for (const USERNAME of ['dora', 'nobody-1', 'nobody-2']) {
    const r = await server.call('InitiateAuth', { ClientId: made.ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME, TARGET_ACR_VALUES: 'urn:cognito:loa:4' } })
    console.log('D', USERNAME, r.status, JSON.stringify(r.body).slice(0, 200))
  }
  const t = performance.now()
  await server.call('InitiateAuth', { ClientId: made.ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'dora', TARGET_ACR_VALUES: 'urn:cognito:loa:4 '.repeat(55000) } })
  console.log('D ms', performance.now() - t)
})
it('normalise cost', async () => {
  const made = await makeMfaPool(server, 'ON', { pool: { UsernameConfiguration: { CaseSensitive: false } } })
  await inviteUser(server, made.UserPoolId, 'erin', { phone_number: '+12065550003' })
  const { body } = await begin(server, made, 'erin', temporaryPassword)
  for (const s of ['a'.repeat(300_000), 'a' + '\u0323\u0307'.repeat(100_000), 'ẛ̣'.repeat(100_000)]) {
  const t = performance.now()
  const n = await answer(server, made, 'NEW_PASSWORD_REQUIRED', 'erin', body.Session, { NEW_PASSWORD: password, 'userAttributes.email': s })
  console.log('E', n.status, n.body.message?.slice(0,80), performance.now() - t)
  }
})
it('auto sign-in names another', async () => {
  const seen: string[] = []
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:pre'
  const srv = await createHarness(undefined, { [arn]: (event: any) => { seen.push(event.userName); if (event.userName === 'mallory') throw new Error('not you'); return event } })
  const made = await makeMfaPool(srv, 'OPTIONAL', { pool: { LambdaConfig: { PreAuthentication: arn }, AutoVerifiedAttributes: ['email'], Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } } })
  await makeUser(srv, made.UserPoolId, 'honest')
  await srv.ok('SignUp', { ClientId: made.ClientId, Username: 'mallory', Password: password, UserAttributes: [{ Name: 'email', Value: 'm@example.org' }] })
  const { Session } = await srv.ok('ConfirmSignUp', { ClientId: made.ClientId, Username: 'mallory', ConfirmationCode: srv.codeSentTo('m@example.org') })
  const own = await srv.call('InitiateAuth', { ClientId: made.ClientId, AuthFlow: 'USER_AUTH', Session, AuthParameters: { USERNAME: 'mallory' } })
  const other = await srv.call('InitiateAuth', { ClientId: made.ClientId, AuthFlow: 'USER_AUTH', Session, AuthParameters: { USERNAME: 'honest' } })
  console.log('F', own.status, other.status, Object.keys(other.body), seen)
  await srv.close()
})
