import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmedDeviceOf, continueExchange, newDeviceOf, signInOn } from '../../tests/support/device-sign-in.ts'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../tests/support/make-pool.ts'
import { makeUser, password } from '../../tests/support/make-user.ts'
import { addressesOf, answer, makeMfaPool } from '../../tests/support/mfa-pool.ts'
import { begin } from '../../tests/support/sign-in.ts'
import { createSrpClient } from '../../tests/support/srp-client.ts'
import { tokenParts } from '../../tests/support/token-parts.ts'
import type { AdminSetUserMFAPreferenceRequest, DeviceConfigurationType } from '../model/types.gen.ts'

let server: Harness
let pool: MadePool
let hiding: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true } })
  hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
  for (const name of ['ana', 'ben']) await makeUser(server, pool.UserPoolId, name)
})
afterAll(() => server.close())

const unknown = 'us-east-1_00000000-0000-4000-8000-000000000000'
const absent = ['ResourceNotFoundException', 'Device does not exist.']
const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']

/** The answer to PASSWORD_VERIFIER, begun with a device key or without. */
const proofOf = async ({ ClientId, UserPoolId }: MadePool, USERNAME: string, DEVICE_KEY?: string) => {
  const srp = createSrpClient(UserPoolId)
  const { ChallengeParameters } = await server.ok('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME, SRP_A: srp.srpA, ...(DEVICE_KEY === undefined ? {} : { DEVICE_KEY }) },
  })
  const responses = srp.answer(ChallengeParameters, password, server.clock.now())
  return (more: Record<string, string | null> = {}) => ({
    ClientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: { ...responses, ...more },
  })
}

describe('the key of a device that the user has not', () => {
  it.each<[string, () => Promise<string>]>([
    ['was never given', async () => unknown],
    ['was not confirmed', async () => (await newDeviceOf(server, pool, 'ana')).device.DeviceKey],
    ['is somebody else’s', async () => (await confirmedDeviceOf(server, pool, 'ben')).device.DeviceKey],
  ])('is refused after the password when it %s', async (_, key) => {
    const { body } = await signInOn(server, pool, 'ana', await key())
    expect([body.__type, body.message]).toEqual(absent)
  })

  it('leaves an SRP proof good for once more without the key, as AWS’s clients then send it', async () => {
    const proof = await proofOf(pool, 'ana', unknown)
    for (let times = 0; times < 6; times += 1) {
      expect(await server.refused('RespondToAuthChallenge', proof({ DEVICE_KEY: unknown }))).toEqual(absent)
    }
    const { AuthenticationResult } = await server.ok('RespondToAuthChallenge', proof({ DEVICE_KEY: null }))
    expect(AuthenticationResult.NewDeviceMetadata.DeviceKey).not.toBe(unknown)
  })

  it('makes a new device where only the beginning named it', async () => {
    const { AuthenticationResult } = await server.ok('RespondToAuthChallenge', (await proofOf(pool, 'ana', unknown))())
    expect(AuthenticationResult).toHaveProperty('NewDeviceMetadata')
  })

  it('tells nothing to somebody without the password', async () => {
    const { ClientId } = hiding
    for (const USERNAME of ['ana', 'nobody']) {
      const AuthParameters = { USERNAME, PASSWORD: 'Wrong-Horse-7', DEVICE_KEY: unknown }
      expect(await server.refused('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }), USERNAME).toEqual(
        incorrect,
      )
      const { ChallengeResponses, ...rest } = (await proofOf(hiding, USERNAME, unknown))({ DEVICE_KEY: unknown })
      const wrong = { ...ChallengeResponses, PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString('base64') }
      expect(await server.refused('RespondToAuthChallenge', { ...rest, ChallengeResponses: wrong }), USERNAME).toEqual(incorrect)
    }
  })
})

/** A user who has confirmed a device, and whose sign-in takes a code that is sent to the phone. */
const codeUser = async (DeviceConfiguration: DeviceConfigurationType, more: Partial<AdminSetUserMFAPreferenceRequest> = {}) => {
  const made = await makeMfaPool(server, 'OPTIONAL', { pool: { DeviceConfiguration } })
  const { email, phone_number } = addressesOf('ana')
  await makeUser(server, made.UserPoolId, 'ana', { email, phone_number })
  const { device } = await confirmedDeviceOf(server, made, 'ana')
  const preferences = { SMSMfaSettings: { Enabled: true }, ...more }
  await server.ok('AdminSetUserMFAPreference', { UserPoolId: made.UserPoolId, Username: 'ana', ...preferences })
  const { body } = await begin(server, made, 'ana')
  return { made, device, phone_number, begun: body as { ChallengeName: string; Session: string } }
}

describe('the key of a device that comes late', () => {
  // Clients that find it by the name in the first challenge have none before, when somebody signs in by e-mail address.
  it('is taken from the answer with the code, and the device asked', async () => {
    const { made, device, phone_number, begun } = await codeUser({ ChallengeRequiredOnNewDevice: false })
    const responses = { SMS_MFA_CODE: server.codeSentTo(phone_number), DEVICE_KEY: device.DeviceKey }
    const { body } = await answer(server, made, 'SMS_MFA', 'ana', begun.Session, responses)
    expect(body.ChallengeName).toBe('DEVICE_SRP_AUTH')
    const { proof } = await continueExchange(server, made, 'ana', device, body.Session)
    const { AuthenticationResult } = await server.ok('RespondToAuthChallenge', proof)
    expect(AuthenticationResult).not.toHaveProperty('NewDeviceMetadata')
    expect(tokenParts(AuthenticationResult.AccessToken).payload['device_key']).toBe(device.DeviceKey)
  })

  it('is remembered from one answer to the next', async () => {
    const { made, device, phone_number, begun } = await codeUser(
      { ChallengeRequiredOnNewDevice: false },
      { EmailMfaSettings: { Enabled: true } },
    )
    const { DeviceKey: DEVICE_KEY } = device
    const { body } = await answer(server, made, 'SELECT_MFA_TYPE', 'ana', begun.Session, { ANSWER: 'SMS_MFA', DEVICE_KEY })
    const code = { SMS_MFA_CODE: server.codeSentTo(phone_number) }
    expect((await answer(server, made, 'SMS_MFA', 'ana', body.Session, code)).body.ChallengeName).toBe('DEVICE_SRP_AUTH')
  })

  it('ends in a new device where the user has not that one', async () => {
    const { made, phone_number, begun } = await codeUser({ ChallengeRequiredOnNewDevice: true })
    const responses = { SMS_MFA_CODE: server.codeSentTo(phone_number), DEVICE_KEY: unknown }
    const { body } = await answer(server, made, 'SMS_MFA', 'ana', begun.Session, responses)
    expect(body.AuthenticationResult.NewDeviceMetadata.DeviceKey).not.toBe(unknown)
  })
})

describe('the key of a device that the user confirmed', () => {
  it('may come with the beginning of a sign-in or with the proof of the password', async () => {
    const { device } = await confirmedDeviceOf(server, pool, 'ana')
    const { DeviceKey } = device
    for (const answer of [(await proofOf(pool, 'ana', DeviceKey))(), (await proofOf(pool, 'ana'))({ DEVICE_KEY: DeviceKey })]) {
      const { AuthenticationResult } = await server.ok('RespondToAuthChallenge', answer)
      expect(AuthenticationResult).not.toHaveProperty('NewDeviceMetadata')
      expect(tokenParts(AuthenticationResult.AccessToken).payload['device_key']).toBe(DeviceKey)
    }
  })
})
