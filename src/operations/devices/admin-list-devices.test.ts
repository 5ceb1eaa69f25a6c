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

describe('AdminListDevices', () => {
  it('shows all devices of the user, in pages', async () => {
    const keys: string[] = []
    for (let n = 0; n < 3; n += 1) keys.push((await confirmedDeviceOf(server, pool, 'ana')).device.DeviceKey)
    const input = { UserPoolId: pool.UserPoolId, Username: 'ana', Limit: 2 }
    const first = await server.ok('AdminListDevices', input)
    const last = await server.ok('AdminListDevices', { ...input, PaginationToken: first.PaginationToken })
    expect(last).not.toHaveProperty('PaginationToken')
    const shown = [...first.Devices, ...last.Devices]
    expect(shown.map(({ DeviceKey }) => DeviceKey)).toEqual(keys.sort())
    expect(shown[0].DeviceAttributes).toContainEqual({ Name: 'dev:device_remembered_status', Value: 'not_remembered' })
  })

  it('refuses an unknown user with the error that the API lists', async () => {
    expect(await server.refused('AdminListDevices', { UserPoolId: pool.UserPoolId, Username: 'nobody' })).toEqual([
      'ResourceNotFoundException',
      'User does not exist.',
    ])
  })
})
