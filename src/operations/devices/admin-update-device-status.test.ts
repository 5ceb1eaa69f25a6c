import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmedDeviceOf, signInOn } from '../../../tests/support/device-sign-in.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })
  await makeUser(server, pool.UserPoolId, 'ana')
})
afterAll(() => server.close())

describe('AdminUpdateDeviceStatus', () => {
  it('decides whether the device is asked to prove itself', async () => {
    const { device } = await confirmedDeviceOf(server, pool, 'ana')
    const input = { UserPoolId: pool.UserPoolId, Username: 'ana', DeviceKey: device.DeviceKey }
    expect(await server.ok('AdminUpdateDeviceStatus', { ...input, DeviceRememberedStatus: 'not_remembered' })).toEqual({})
    expect((await signInOn(server, pool, 'ana', device.DeviceKey)).body).toHaveProperty('AuthenticationResult')
    await server.ok('AdminUpdateDeviceStatus', { ...input, DeviceRememberedStatus: 'remembered' })
    expect((await signInOn(server, pool, 'ana', device.DeviceKey)).body.ChallengeName).toBe('DEVICE_SRP_AUTH')
  })

  it('refuses an unknown device or user', async () => {
    const input = { UserPoolId: pool.UserPoolId, Username: 'ana', DeviceKey: 'us-east-1_0a', DeviceRememberedStatus: 'remembered' }
    expect(await server.refused('AdminUpdateDeviceStatus', input)).toEqual(['ResourceNotFoundException', 'Device does not exist.'])
    expect(await server.refused('AdminUpdateDeviceStatus', { ...input, Username: 'nobody' })).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
  })
})
