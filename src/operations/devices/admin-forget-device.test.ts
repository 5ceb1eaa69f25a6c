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

const absent = ['ResourceNotFoundException', 'Device does not exist.']

describe('AdminForgetDevice', () => {
  it('deletes a device and ends its sessions', async () => {
    const { device, refreshToken } = await confirmedDeviceOf(server, pool, 'ana')
    const input = { UserPoolId: pool.UserPoolId, Username: 'ana', DeviceKey: device.DeviceKey }
    await server.ok('AdminForgetDevice', input)
    expect(await server.refused('AdminForgetDevice', input)).toEqual(absent)
    const { body } = await signInOn(server, pool, 'ana', device.DeviceKey)
    expect([body.__type, body.message]).toEqual(absent)
    const [type] = await server.refused('GetTokensFromRefreshToken', {
      ClientId: pool.ClientId,
      RefreshToken: refreshToken,
      DeviceKey: device.DeviceKey,
    })
    expect(type).toBe('NotAuthorizedException')
  })

  it('refuses an unknown user', async () => {
    const input = { UserPoolId: pool.UserPoolId, Username: 'nobody', DeviceKey: 'us-east-1_0a' }
    expect(await server.refused('AdminForgetDevice', input)).toEqual(['UserNotFoundException', 'User does not exist.'])
  })
})
