import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmedDeviceOf, continueExchange, newDeviceOf, signInOn } from '../../../tests/support/device-sign-in.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })
  await makeUser(server, pool.UserPoolId, 'ana')
  await makeUser(server, pool.UserPoolId, 'ben')
})
afterAll(() => server.close())

const absent = ['ResourceNotFoundException', 'Device does not exist.']

describe('GetDevice', () => {
  it('shows a remembered device as its owner may see it', async () => {
    server.clock.advance(1250)
    const at = server.clock.now() / 1000
    const { accessToken: AccessToken, device } = await confirmedDeviceOf(server, pool, 'ana', 'Phone')
    expect(await server.ok('GetDevice', { AccessToken, DeviceKey: device.DeviceKey }, { unsigned: true })).toEqual({
      Device: {
        DeviceKey: device.DeviceKey,
        DeviceAttributes: [
          { Name: 'device_status', Value: 'valid' },
          { Name: 'device_name', Value: 'Phone' },
          { Name: 'last_ip_used', Value: '127.0.0.1' },
        ],
        DeviceCreateDate: at,
        DeviceLastModifiedDate: at,
        DeviceLastAuthenticatedDate: Math.floor(at),
      },
    })
  })

  it('tells when and from where the device was last proved', async () => {
    const { accessToken: AccessToken, device } = await confirmedDeviceOf(server, pool, 'ana')
    const created = server.clock.now() / 1000
    server.clock.advance(90_000)
    const { body } = await signInOn(server, pool, 'ana', device.DeviceKey)
    const { proof } = await continueExchange(server, pool, 'ana', device, body.Session)
    await server.ok('AdminRespondToAuthChallenge', {
      ...proof,
      UserPoolId: pool.UserPoolId,
      ContextData: { IpAddress: '203.0.113.7', ServerName: 's', ServerPath: '/', HttpHeaders: [] },
    })
    const { Device } = await server.ok('GetDevice', { AccessToken, DeviceKey: device.DeviceKey })
    expect(Device).toMatchObject({ DeviceCreateDate: created, DeviceLastModifiedDate: created })
    expect(Device.DeviceLastAuthenticatedDate).toBe(Math.floor(server.clock.now() / 1000))
    expect(Device.DeviceAttributes).toContainEqual({ Name: 'last_ip_used', Value: '203.0.113.7' })
  })

  it('shows none that is not remembered, not confirmed, or somebody else’s', async () => {
    const { accessToken: AccessToken, device } = await confirmedDeviceOf(server, pool, 'ana')
    const input = { AccessToken, DeviceKey: device.DeviceKey }
    expect(await server.refused('GetDevice', { ...input, AccessToken: await accessTokenOf(server, pool, 'ben') })).toEqual(absent)
    await server.ok('UpdateDeviceStatus', { ...input, DeviceRememberedStatus: 'not_remembered' })
    expect(await server.refused('GetDevice', input)).toEqual(absent)
    const fresh = await newDeviceOf(server, pool, 'ana')
    expect(await server.refused('GetDevice', { AccessToken, DeviceKey: fresh.device.DeviceKey })).toEqual(absent)
  })

  it('needs an access token, and a pool that tracks devices', async () => {
    expect(await server.refused('GetDevice', { DeviceKey: 'us-east-1_0a' })).toEqual(['NotAuthorizedException', 'Invalid Access Token'])
    const made = await makePool(server)
    await makeUser(server, made.UserPoolId, 'ana')
    const AccessToken = await accessTokenOf(server, made, 'ana')
    const [type] = await server.refused('GetDevice', { AccessToken, DeviceKey: 'us-east-1_0a' })
    expect(type).toBe('InvalidUserPoolConfigurationException')
  })
})
