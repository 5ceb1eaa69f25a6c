import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { confirmation, confirmedDeviceOf, deviceProofOf, newDeviceOf, type SignedInDevice, signInOn } from '../support/device-sign-in.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'

let server: Harness
let pool: MadePool
let old: SignedInDevice
let unconfirmed: SignedInDevice
let begun: Record<string, unknown>
let users = 0
let Username: string

const absent = ['ResourceNotFoundException', 'Device does not exist.']

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })
})
beforeEach(async () => {
  users += 1
  Username = `eve-${users}`
  await makeUser(server, pool.UserPoolId, Username)
  old = await confirmedDeviceOf(server, pool, Username)
  unconfirmed = await newDeviceOf(server, pool, Username)
  begun = { ...(await deviceProofOf(server, pool, Username, old.device)) }
  await server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username })
  await makeUser(server, pool.UserPoolId, Username)
})
afterAll(() => server.close())

describe('must-not-happen 36: a user made again under the same name', () => {
  it('has none of the old devices', async () => {
    const { DeviceKey } = old.device
    expect(await server.ok('AdminListDevices', { UserPoolId: pool.UserPoolId, Username })).toEqual({ Devices: [] })
    expect(await server.refused('AdminGetDevice', { UserPoolId: pool.UserPoolId, Username, DeviceKey })).toEqual(absent)
    const { body } = await signInOn(server, pool, Username, DeviceKey)
    expect([body.__type, body.message]).toEqual(absent)
  })

  it('honours no proof that an old device has begun', async () => {
    expect(await server.refused('RespondToAuthChallenge', begun)).toEqual(['NotAuthorizedException', 'Invalid session for the user.'])
  })

  it('takes no device over with an old token, nor with an old key', async () => {
    expect(await server.refused('ConfirmDevice', confirmation(unconfirmed))).toEqual(['UserNotFoundException', 'User does not exist.'])
    const { accessToken } = await newDeviceOf(server, pool, Username)
    expect(await server.refused('ConfirmDevice', { ...confirmation(unconfirmed), AccessToken: accessToken })).toEqual([
      'InvalidParameterException',
      'Invalid device key given.',
    ])
  })

  it('can be signed in from a new device', async () => {
    const { device } = await confirmedDeviceOf(server, pool, Username)
    await server.ok('RespondToAuthChallenge', await deviceProofOf(server, pool, Username, device))
  })
})
