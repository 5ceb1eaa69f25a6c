import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmedDeviceOf } from '../../../tests/support/device-sign-in.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })
  for (const name of ['ana', 'ben', 'cleo']) await makeUser(server, pool.UserPoolId, name)
})
afterAll(() => server.close())

const keysOf = (Devices: readonly { DeviceKey: string }[]) => Devices.map(({ DeviceKey }) => DeviceKey)

/** The keys on each page; every page but the last has a token. */
const pagesOf = async (AccessToken: string, Limit: number, PaginationToken?: string): Promise<string[][]> => {
  const body = await server.ok('ListDevices', { AccessToken, Limit, PaginationToken }, { unsigned: true })
  const rest = body.PaginationToken === undefined ? [] : await pagesOf(AccessToken, Limit, body.PaginationToken)
  return [keysOf(body.Devices), ...rest]
}

describe('ListDevices', () => {
  it('shows remembered devices of the caller, in pages', async () => {
    const keys: string[] = []
    for (let n = 0; n < 5; n += 1) keys.push((await confirmedDeviceOf(server, pool, 'ana')).device.DeviceKey)
    await confirmedDeviceOf(server, pool, 'ben')
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    const status = { AccessToken, DeviceRememberedStatus: 'not_remembered' }
    const [first = '', second = '', ...rest] = keys.sort()
    for (const DeviceKey of [first, second]) await server.ok('UpdateDeviceStatus', { ...status, DeviceKey })
    expect(await pagesOf(AccessToken, 2)).toEqual([rest.slice(0, 2), rest.slice(2)])
    expect(await pagesOf(AccessToken, 3)).toEqual([rest])
    expect(await pagesOf(AccessToken, 0)).toEqual([rest])
    expect((await server.ok('ListDevices', { AccessToken })).Devices[0].DeviceAttributes).toEqual([
      { Name: 'device_status', Value: 'valid' },
      { Name: 'last_ip_used', Value: '127.0.0.1' },
    ])
  })

  it('is empty for somebody without devices', async () => {
    expect(await server.ok('ListDevices', { AccessToken: await accessTokenOf(server, pool, 'cleo') })).toEqual({ Devices: [] })
  })

  it('takes nobody else’s page token', async () => {
    await confirmedDeviceOf(server, pool, 'ben')
    const { PaginationToken } = await server.ok('ListDevices', { AccessToken: await accessTokenOf(server, pool, 'ben'), Limit: 1 })
    expect(PaginationToken).toBeDefined()
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    expect((await server.refused('ListDevices', { AccessToken, PaginationToken }))[0]).toBe('InvalidParameterException')
  })
})
