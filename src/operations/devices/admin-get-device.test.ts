import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmedDeviceOf } from '../../../tests/support/device-sign-in.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true } })
  await makeUser(server, pool.UserPoolId, 'ana')
})
afterAll(() => server.close())

describe('AdminGetDevice', () => {
  it('shows everything, remembered or not', async () => {
    const { device } = await confirmedDeviceOf(server, pool, 'ana', 'Phone')
    const { UserPoolId } = pool
    const input = { UserPoolId, Username: 'ana', DeviceKey: device.DeviceKey }
    const attributes = (status: string) => [
      { Name: 'device_status', Value: 'valid' },
      { Name: 'device_name', Value: 'Phone' },
      { Name: 'last_ip_used', Value: '127.0.0.1' },
      {
        Name: 'dev:device_arn',
        Value: `arn:aws:cognito-idp:us-east-1:000000000000:owner/ana.${UserPoolId}/device/${device.DeviceKey}`,
      },
      { Name: 'dev:device_owner', Value: `ana.${UserPoolId}` },
      { Name: 'dev:device_remembered_status', Value: status },
      { Name: 'dev:device_sdk', Value: 'aws-sdk-unknown-unknown' },
    ]
    const first = await server.ok('AdminGetDevice', input)
    expect(first.Device).toMatchObject({ DeviceKey: device.DeviceKey, DeviceAttributes: attributes('not_remembered') })
    await server.ok('AdminUpdateDeviceStatus', { ...input, DeviceRememberedStatus: 'remembered' })
    expect((await server.ok('AdminGetDevice', input)).Device.DeviceAttributes).toEqual(attributes('remembered'))
  })

  it('refuses an unknown device, user or pool', async () => {
    const input = { UserPoolId: pool.UserPoolId, Username: 'ana', DeviceKey: 'us-east-1_0a' }
    const absent = ['ResourceNotFoundException', 'Device does not exist.']
    expect(await server.refused('AdminGetDevice', input)).toEqual(absent)
    expect(await server.refused('AdminGetDevice', { ...input, Username: 'nobody' })).toEqual(absent)
    expect(await server.refused('AdminGetDevice', { ...input, UserPoolId: 'us-east-1_nowhere00' })).toEqual([
      'ResourceNotFoundException',
      'User pool us-east-1_nowhere00 does not exist.',
    ])
    const made = await makePool(server)
    expect((await server.refused('AdminGetDevice', { ...input, ...made }))[0]).toBe('InvalidUserPoolConfigurationException')
  })
})
