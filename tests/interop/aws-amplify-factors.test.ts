import { SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider'
import { Amplify } from 'aws-amplify'
import {
  autoSignIn,
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  fetchDevices,
  fetchMFAPreference,
  forgetDevice,
  rememberDevice,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  verifyTOTPSetup,
} from 'aws-amplify/auth'
import { ConsoleLogger } from 'aws-amplify/utils'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { pathFunctions, pathLambdaConfig } from '../support/sign-in-paths.ts'
import { type App, type AppSettings, password, setUpApp } from '../support/start-app.ts'
import { totpCode } from '../support/totp-code.ts'

let server: Poolhouse

beforeAll(async () => {
  // It warns of every endpoint that is not Amazon's.
  ConsoleLogger.LOG_LEVEL = 'ERROR'
  server = await startPoolhouse({ inProcess: true, triggers: pathFunctions })
})
afterEach(() => signOut())
afterAll(() => server.stop())

const open = async (settings: AppSettings = {}): Promise<App> => {
  const app = await setUpApp(server.url, {
    ...settings,
    client: {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      ...settings.client,
    },
  })
  Amplify.configure({ Auth: { Cognito: { userPoolId: app.poolId, userPoolClientId: app.clientId, userPoolEndpoint: server.url } } })
  return app
}

const done = { isSignedIn: true, nextStep: { signInStep: 'DONE' } }
const EmailConfiguration = {
  EmailSendingAccount: 'DEVELOPER' as const,
  SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/shop@example.org',
}
const payload = async () => (await fetchAuthSession()).tokens?.idToken?.payload

describe('aws-amplify 6', () => {
  it('sets up a software token, signs in with it and prefers it', async () => {
    const app = await open()
    await app.admin.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: app.poolId,
        MfaConfiguration: 'OPTIONAL',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    )
    await app.addUser('ana')
    expect(await signIn({ username: 'ana', password })).toEqual(done)
    const { sharedSecret, getSetupUri } = await setUpTOTP()
    expect(getSetupUri('Shop', 'ana').href).toContain(`secret=${sharedSecret}`)
    await expect(verifyTOTPSetup({ code: '000000' })).rejects.toMatchObject({ name: 'EnableSoftwareTokenMFAException' })
    await verifyTOTPSetup({ code: totpCode(sharedSecret, Date.now()) })
    await updateMFAPreference({ totp: 'PREFERRED' })
    expect(await fetchMFAPreference()).toEqual({ enabled: ['TOTP'], preferred: 'TOTP' })
    await signOut()
    const { nextStep } = await signIn({ username: 'ana', password })
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE')
    await expect(confirmSignIn({ challengeResponse: '000000' })).rejects.toMatchObject({ name: 'CodeMismatchException' })
    await server.clock.advance(60_000)
    expect(await confirmSignIn({ challengeResponse: totpCode(sharedSecret, Date.now() + 60_000) })).toEqual(done)
    expect(await payload()).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], acr: 'urn:cognito:loa:4' })
    await server.clock.advance(-60_000)
  })

  it('sets up a software token during a sign-in that demands it', async () => {
    const app = await open()
    await app.addUser('una')
    await app.admin.send(
      new SetUserPoolMfaConfigCommand({ UserPoolId: app.poolId, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } }),
    )
    const { nextStep } = await signIn({ username: 'una', password })
    expect(nextStep.signInStep).toBe('CONTINUE_SIGN_IN_WITH_TOTP_SETUP')
    const { totpSetupDetails } = nextStep as Extract<typeof nextStep, { signInStep: 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP' }>
    expect(await confirmSignIn({ challengeResponse: totpCode(totpSetupDetails.sharedSecret, Date.now()) })).toEqual(done)
  })

  it('signs in with a code by e-mail as the second factor, chosen among two', async () => {
    const RecoveryMechanisms = [{ Name: 'verified_phone_number' as const, Priority: 1 }]
    // The address that resets passwords can't be a second factor.
    const app = await open({ pool: { EmailConfiguration, AccountRecoverySetting: { RecoveryMechanisms } } })
    await app.admin.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: app.poolId,
        MfaConfiguration: 'OPTIONAL',
        SoftwareTokenMfaConfiguration: { Enabled: true },
        EmailMfaConfiguration: {},
      }),
    )
    await app.addUser('kim')
    await signIn({ username: 'kim', password })
    const { sharedSecret } = await setUpTOTP()
    await verifyTOTPSetup({ code: totpCode(sharedSecret, Date.now()) })
    await updateMFAPreference({ totp: 'ENABLED', email: 'ENABLED' })
    await signOut()
    const { nextStep } = await signIn({ username: 'kim', password })
    expect(nextStep).toMatchObject({
      signInStep: 'CONTINUE_SIGN_IN_WITH_MFA_SELECTION',
      allowedMFATypes: expect.arrayContaining(['EMAIL', 'TOTP']),
    })
    const asked = await confirmSignIn({ challengeResponse: 'EMAIL' })
    expect(asked.nextStep).toMatchObject({
      signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE',
      codeDeliveryDetails: { destination: 'k***@e***' },
    })
    expect(await confirmSignIn({ challengeResponse: await server.mailbox.code('kim@example.org') })).toEqual(done)
    expect(await payload()).toMatchObject({ amr: ['pwd', 'email_otp', 'mfa'] })
  })

  it('signs up without a password and signs in with codes', async () => {
    await open({ pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } } })
    const { nextStep } = await signUp({
      username: 'tom',
      options: { userAttributes: { email: 'tom@example.org' }, autoSignIn: { authFlowType: 'USER_AUTH' } },
    })
    expect(nextStep.signUpStep).toBe('CONFIRM_SIGN_UP')
    await confirmSignUp({ username: 'tom', confirmationCode: await server.mailbox.code('tom@example.org') })
    expect(await autoSignIn()).toEqual(done)
    await signOut()
    const begun = await signIn({ username: 'tom', options: { authFlowType: 'USER_AUTH', preferredChallenge: 'EMAIL_OTP' } })
    expect(begun.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_EMAIL_CODE')
    expect(await confirmSignIn({ challengeResponse: await server.mailbox.code('tom@example.org') })).toEqual(done)
  })

  it('lets the user choose how to sign in', async () => {
    const app = await open({ pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } } })
    await app.addUser('lea')
    const begun = await signIn({ username: 'lea', options: { authFlowType: 'USER_AUTH' } })
    expect(begun.nextStep).toMatchObject({
      signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION',
      availableChallenges: expect.arrayContaining(['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP']),
    })
    const chosen = await confirmSignIn({ challengeResponse: 'PASSWORD_SRP' })
    expect(chosen.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_PASSWORD')
    expect(await confirmSignIn({ challengeResponse: password })).toEqual(done)
  })

  it.each(['CUSTOM_WITHOUT_SRP', 'CUSTOM_WITH_SRP'] as const)('answers custom challenges, %s', async (authFlowType) => {
    const app = await open({ pool: { LambdaConfig: pathLambdaConfig } })
    await app.addUser('max')
    const begin = () => signIn({ username: 'max', options: { authFlowType }, ...(authFlowType === 'CUSTOM_WITH_SRP' && { password }) })
    expect((await begin()).nextStep).toMatchObject({
      signInStep: 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE',
      additionalInfo: { question: 'colour' },
    })
    await expect(confirmSignIn({ challengeResponse: 'red' })).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    await begin()
    expect(await confirmSignIn({ challengeResponse: 'blue' })).toEqual(done)
  })

  it('remembers a device, which then stands in for the second factor', async () => {
    const app = await open({
      pool: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true } },
    })
    await app.admin.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: app.poolId,
        MfaConfiguration: 'OPTIONAL',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    )
    await app.addUser('zoe')
    expect(await signIn({ username: 'zoe', password })).toEqual(done)
    const { sharedSecret } = await setUpTOTP()
    await verifyTOTPSetup({ code: totpCode(sharedSecret, Date.now()) })
    await updateMFAPreference({ totp: 'PREFERRED' })
    await rememberDevice()
    const devices = await fetchDevices()
    expect(devices).toHaveLength(1)
    expect((await fetchAuthSession({ forceRefresh: true })).tokens).toBeDefined()
    await signOut()
    expect(await signIn({ username: 'zoe', password })).toEqual(done)
    await forgetDevice()
    await signOut()
    expect((await signIn({ username: 'zoe', password })).nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE')
  })
})
