import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { refusal } from '../support/refusal.ts'
import { createSdkVisitor, type SdkVisitor, signedIn, verifiedClaims } from '../support/sdk-visitor.ts'
import { type App, password, setUpApp } from '../support/start-app.ts'
import { totpCode } from '../support/totp-code.ts'

const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }
const preferred = { Enabled: true, PreferredMfa: true }

let server: Poolhouse
let app: App
let visitor: SdkVisitor
/** How far the server's clock runs ahead of this process's, in ms. */
let ahead = 0

const openApp = async (MfaConfiguration: sdk.UserPoolMfaType): Promise<App> => {
  const opened = await setUpApp(server.url, { pool: { SmsConfiguration } })
  const answer = await opened.admin.send(
    new sdk.SetUserPoolMfaConfigCommand({
      UserPoolId: opened.poolId,
      MfaConfiguration,
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: { SmsConfiguration },
    }),
  )
  expect(answer).toMatchObject({ MfaConfiguration, SoftwareTokenMfaConfiguration: { Enabled: true } })
  return opened
}

beforeAll(async () => {
  server = await startPoolhouse({ inProcess: true, issuer: 'aws' })
  app = await openApp('OPTIONAL')
  visitor = createSdkVisitor(server.url, app)
})
afterAll(() => server.stop())

/** The code of a step that none was taken for yet. */
const freshCode = async (secret: string): Promise<string> => {
  await server.clock.advance(30_000)
  ahead += 30_000
  return totpCode(secret, Date.now() + ahead)
}

let phones = 0
const addUser = async (Username: string): Promise<string> => {
  await app.addUser(Username)
  phones += 1
  const phone = `+1206555010${phones}`
  const UserAttributes = [
    { Name: 'phone_number', Value: phone },
    { Name: 'phone_number_verified', Value: 'true' },
  ]
  await app.admin.send(new sdk.AdminUpdateUserAttributesCommand({ UserPoolId: app.poolId, Username, UserAttributes }))
  return phone
}
const addToken = async (AccessToken: string, FriendlyDeviceName?: string): Promise<string> => {
  const { SecretCode = '' } = await visitor.send(new sdk.AssociateSoftwareTokenCommand({ AccessToken }))
  const UserCode = await freshCode(SecretCode)
  await visitor.send(new sdk.VerifySoftwareTokenCommand({ AccessToken, UserCode, FriendlyDeviceName }))
  return SecretCode
}
const begin = (USERNAME: string) => visitor.initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: password })
const shownTo = async (AccessToken: string) => {
  const { UserMFASettingList, PreferredMfaSetting } = await visitor.send(new sdk.GetUserCommand({ AccessToken }))
  return { UserMFASettingList, PreferredMfaSetting }
}
const named = (Username: string) => ({ UserPoolId: app.poolId, Username })

describe('software tokens by the AWS SDK', () => {
  it('are set up, preferred and asked for', async () => {
    await addUser('ana')
    const { AccessToken } = await visitor.signIn('ana')
    const early = visitor.send(new sdk.SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: preferred }))
    expect((await refusal(early)).$metadata.httpStatusCode).toBe(400)

    const { SecretCode = '', Session } = await visitor.send(new sdk.AssociateSoftwareTokenCommand({ AccessToken }))
    expect(SecretCode).toMatch(/^[A-Z2-7]{16,}$/)
    expect(Session).toBeUndefined()
    const verify = (UserCode: string) =>
      visitor.send(new sdk.VerifySoftwareTokenCommand({ AccessToken, UserCode, FriendlyDeviceName: 'My phone' }))
    expect(await refusal(verify('000000'))).toBeInstanceOf(sdk.EnableSoftwareTokenMFAException)
    const used = await freshCode(SecretCode)
    expect(await verify(used)).toMatchObject({ Status: 'SUCCESS', $metadata: { httpStatusCode: 200 } })
    await visitor.send(new sdk.SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: preferred }))
    expect(await shownTo(AccessToken)).toEqual({ UserMFASettingList: ['SOFTWARE_TOKEN_MFA'], PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' })

    const asked = await begin('ana')
    expect(asked).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA', ChallengeParameters: { FRIENDLY_DEVICE_NAME: 'My phone' } })
    const answer = (code: string) =>
      visitor.respond('SOFTWARE_TOKEN_MFA', asked.Session, { USERNAME: 'ana', SOFTWARE_TOKEN_MFA_CODE: code })
    expect(await refusal(answer('000000'))).toBeInstanceOf(sdk.CodeMismatchException)
    expect(await refusal(answer(used))).toBeInstanceOf(sdk.ExpiredCodeException)
    const { access } = await verifiedClaims(server.url, app, signedIn(await answer(await freshCode(SecretCode))))
    expect(access).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], acr: 'urn:cognito:loa:4' })
  })

  it('are set up in a sign-in that demands them', async () => {
    const strict = await openApp('ON')
    await strict.addUser('una')
    const here = createSdkVisitor(server.url, strict)
    const asked = await here.initiate('USER_PASSWORD_AUTH', { USERNAME: 'una', PASSWORD: password })
    expect(asked.ChallengeName).toBe('MFA_SETUP')
    expect(JSON.parse(asked.ChallengeParameters?.['MFAS_CAN_SETUP'] ?? '')).toContain('SOFTWARE_TOKEN_MFA')
    const { SecretCode = '', Session } = await here.send(new sdk.AssociateSoftwareTokenCommand({ Session: asked.Session }))
    const UserCode = await freshCode(SecretCode)
    const verified = await here.send(new sdk.VerifySoftwareTokenCommand({ Session, UserCode }))
    expect(verified.Status).toBe('SUCCESS')
    const done = signedIn(await here.respond('MFA_SETUP', verified.Session, { USERNAME: 'una' }))
    expect((await verifiedClaims(server.url, strict, done)).id['cognito:username']).toBe('una')
  })

  it('are set up after the first password, by the operations of administrators', async () => {
    const { admin, poolId: UserPoolId, clientId: ClientId, inviteUser } = await openApp('ON')
    await inviteUser('ivan', 'Temporary-Word-1')
    const begin = (PASSWORD: string) => {
      const AuthParameters = { USERNAME: 'ivan', PASSWORD }
      return admin.send(new sdk.AdminInitiateAuthCommand({ UserPoolId, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters }))
    }
    const respond = (ChallengeName: sdk.ChallengeNameType, Session: string | undefined, responses: Record<string, string> = {}) => {
      const ChallengeResponses = { USERNAME: 'ivan', ...responses }
      return admin.send(new sdk.AdminRespondToAuthChallengeCommand({ UserPoolId, ClientId, ChallengeName, Session, ChallengeResponses }))
    }
    const begun = await begin('Temporary-Word-1')
    const asked = await respond('NEW_PASSWORD_REQUIRED', begun.Session, { NEW_PASSWORD: password })
    expect(asked.ChallengeName).toBe('MFA_SETUP')
    const { SecretCode = '', Session } = await admin.send(new sdk.AssociateSoftwareTokenCommand({ Session: asked.Session }))
    const verified = await admin.send(new sdk.VerifySoftwareTokenCommand({ Session, UserCode: await freshCode(SecretCode) }))
    signedIn(await respond('MFA_SETUP', verified.Session))

    const again = await begin(password)
    expect(again.ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
    const done = await respond('SOFTWARE_TOKEN_MFA', again.Session, { SOFTWARE_TOKEN_MFA_CODE: await freshCode(SecretCode) })
    const { access } = await verifiedClaims(server.url, { poolId: UserPoolId, clientId: ClientId }, signedIn(done))
    expect(access).toMatchObject({ username: 'ivan', amr: ['pwd', 'otp', 'mfa'] })
  })

  it('are taken away by an administrator', async () => {
    await addUser('dan')
    const { AccessToken } = await visitor.signIn('dan')
    const remove = () => app.admin.send(new sdk.AdminDeleteSoftwareTokenCommand(named('dan')))
    expect(await refusal(remove())).toBeInstanceOf(sdk.ResourceNotFoundException)
    await addToken(AccessToken)
    await app.admin.send(new sdk.AdminSetUserMFAPreferenceCommand({ ...named('dan'), SoftwareTokenMfaSettings: preferred }))
    expect((await begin('dan')).ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
    expect((await remove()).$metadata.httpStatusCode).toBe(200)
    expect(await shownTo(AccessToken)).toEqual({ UserMFASettingList: undefined, PreferredMfaSetting: undefined })
    expect((await begin('dan')).AuthenticationResult?.TokenType).toBe('Bearer')
  })
})

describe('codes by SMS by the AWS SDK', () => {
  it('are switched on and off by the older operations, for the user and for an administrator', async () => {
    const phone = await addUser('sam')
    const { AccessToken } = await visitor.signIn('sam')
    const MFAOptions: sdk.MFAOptionType[] = [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }]
    const own = (options: sdk.MFAOptionType[]) => visitor.send(new sdk.SetUserSettingsCommand({ AccessToken, MFAOptions: options }))
    const admins = (options: sdk.MFAOptionType[]) =>
      app.admin.send(new sdk.AdminSetUserSettingsCommand({ ...named('sam'), MFAOptions: options }))
    for (const set of [own, admins]) {
      expect((await set(MFAOptions)).$metadata.httpStatusCode).toBe(200)
      const asked = await begin('sam')
      expect(asked).toMatchObject({
        ChallengeName: 'SMS_MFA',
        ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS', CODE_DELIVERY_DESTINATION: `+*******${phone.slice(-4)}` },
      })
      const answer = (SMS_MFA_CODE: string) => visitor.respond('SMS_MFA', asked.Session, { USERNAME: 'sam', SMS_MFA_CODE })
      expect(await refusal(answer('000000'))).toBeInstanceOf(sdk.CodeMismatchException)
      const done = signedIn(await answer(await server.mailbox.code(phone)))
      expect((await verifiedClaims(server.url, app, done)).id['amr']).toEqual(['pwd', 'sms', 'mfa'])
      await set([])
      expect((await begin('sam')).AuthenticationResult?.TokenType).toBe('Bearer')
    }
  })

  it('are one of the factors to choose from', async () => {
    const phone = await addUser('kim')
    const { AccessToken } = await visitor.signIn('kim')
    const secret = await addToken(AccessToken)
    const both = { SMSMfaSettings: { Enabled: true }, SoftwareTokenMfaSettings: { Enabled: true } }
    await visitor.send(new sdk.SetUserMFAPreferenceCommand({ AccessToken, ...both }))
    const answers = {
      SMS_MFA: async () => ({ SMS_MFA_CODE: await server.mailbox.code(phone) }),
      SOFTWARE_TOKEN_MFA: async () => ({ SOFTWARE_TOKEN_MFA_CODE: await freshCode(secret) }),
    }
    for (const factor of ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] as const) {
      const asked = await begin('kim')
      expect(asked.ChallengeName).toBe('SELECT_MFA_TYPE')
      expect(JSON.parse(asked.ChallengeParameters?.['MFAS_CAN_CHOOSE'] ?? '').toSorted()).toEqual(['SMS_MFA', 'SOFTWARE_TOKEN_MFA'])
      const chosen = await visitor.respond('SELECT_MFA_TYPE', asked.Session, { USERNAME: 'kim', ANSWER: factor })
      expect(chosen.ChallengeName).toBe(factor)
      const done = await visitor.respond(factor, chosen.Session, { USERNAME: 'kim', ...(await answers[factor]()) })
      expect((await verifiedClaims(server.url, app, signedIn(done))).access['amr']).toContain('mfa')
    }
  })
})

describe('codes by e-mail by the AWS SDK', () => {
  it('are sent in the words of the pool', async () => {
    const EmailConfiguration: sdk.EmailConfigurationType = {
      EmailSendingAccount: 'DEVELOPER',
      SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/shop@example.org',
    }
    const RecoveryMechanisms: sdk.RecoveryOptionType[] = [{ Name: 'verified_phone_number', Priority: 1 }]
    const mail = await setUpApp(server.url, { pool: { EmailConfiguration, AccountRecoverySetting: { RecoveryMechanisms } } })
    const EmailMfaConfiguration = { Subject: 'Code', Message: 'It is {####}' }
    const config = { UserPoolId: mail.poolId, MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration } as const
    await mail.admin.send(new sdk.SetUserPoolMfaConfigCommand(config))
    expect(await mail.admin.send(new sdk.GetUserPoolMfaConfigCommand({ UserPoolId: mail.poolId }))).toMatchObject({ EmailMfaConfiguration })

    await mail.addUser('ema')
    const named = { UserPoolId: mail.poolId, Username: 'ema' }
    await mail.admin.send(new sdk.AdminSetUserMFAPreferenceCommand({ ...named, EmailMfaSettings: preferred }))
    const here = createSdkVisitor(server.url, mail)
    const asked = await here.initiate('USER_PASSWORD_AUTH', { USERNAME: 'ema', PASSWORD: password })
    expect(asked.ChallengeName).toBe('EMAIL_OTP')
    expect((await server.mailbox.messages('ema@example.org'))[0]).toMatchObject({
      subject: 'Code',
      body: expect.stringMatching(/^It is \d+$/),
    })
    const EMAIL_OTP_CODE = await server.mailbox.code('ema@example.org')
    const done = await here.respond('EMAIL_OTP', asked.Session, { USERNAME: 'ema', EMAIL_OTP_CODE })
    expect((await verifiedClaims(server.url, mail, signedIn(done))).access['amr']).toEqual(['pwd', 'email_otp', 'mfa'])
  })
})
