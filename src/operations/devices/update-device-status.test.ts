import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmedDeviceOf, newDeviceOf, signInOn } from '../../../tests/support/device-sign-in.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { outcomes } from '../../../tests/support/parallel.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true } })
  for (const name of ['ana', 'ben']) await makeUser(server, pool.UserPoolId, name)
})
afterAll(() => server.close())

const absent = ['ResourceNotFoundException', 'Device does not exist.']

describe('UpdateDeviceStatus', () => {
  it('remembers a device and stops doing so', async () => {
    const { accessToken: AccessToken, device } = await confirmedDeviceOf(server, pool, 'ana')
    const { DeviceKey } = device
    const comesTo = async () => (await signInOn(server, pool, 'ana', DeviceKey)).body.ChallengeName ?? 'tokens'
    expect(await comesTo()).toBe('tokens')
    server.clock.advance(5000)
    await server.ok('UpdateDeviceStatus', { AccessToken, DeviceKey, DeviceRememberedStatus: 'remembered' }, { unsigned: true })
    expect(await comesTo()).toBe('DEVICE_SRP_AUTH')
    const { Device } = await server.ok('GetDevice', { AccessToken, DeviceKey })
    expect(Device.DeviceLastModifiedDate).toBe(Device.DeviceCreateDate + 5)
    await server.ok('UpdateDeviceStatus', { AccessToken, DeviceKey, DeviceRememberedStatus: 'not_remembered' })
    expect(await comesTo()).toBe('tokens')
  })

  it('changes nothing without a status', async () => {
    const { accessToken: AccessToken, device } = await confirmedDeviceOf(server, pool, 'ana')
    expect(await server.ok('UpdateDeviceStatus', { AccessToken, DeviceKey: device.DeviceKey })).toEqual({})
    expect(await server.refused('GetDevice', { AccessToken, DeviceKey: device.DeviceKey })).toEqual(absent)
  })

  it('refuses devices that are not confirmed, forgotten, or somebody else’s', async () => {
    const { accessToken: AccessToken, device } = await confirmedDeviceOf(server, pool, 'ana')
    const input = { AccessToken, DeviceKey: device.DeviceKey, DeviceRememberedStatus: 'remembered' }
    expect(await server.refused('UpdateDeviceStatus', { ...input, AccessToken: await accessTokenOf(server, pool, 'ben') })).toEqual(absent)
    const fresh = await newDeviceOf(server, pool, 'ana')
    expect(await server.refused('UpdateDeviceStatus', { ...input, DeviceKey: fresh.device.DeviceKey })).toEqual(absent)
    await server.ok('ForgetDevice', input)
    expect(await server.refused('UpdateDeviceStatus', input)).toEqual(absent)
    expect((await server.refused('UpdateDeviceStatus', { ...input, DeviceRememberedStatus: 'loved' }))[0]).toBe('InvalidParameterException')
  })

  it('loses no change that came at the same time', async () => {
    const { accessToken: AccessToken, device } = await confirmedDeviceOf(server, pool, 'ana')
    const input = { AccessToken, DeviceKey: device.DeviceKey, DeviceRememberedStatus: 'remembered' }
    const calls = [...Array.from({ length: 3 }, () => server.call('UpdateDeviceStatus', input)), server.call('ForgetDevice', input)]
    const { ok = 0, ResourceNotFoundException = 0 } = await outcomes(calls)
    expect(ok + ResourceNotFoundException).toBe(4)
    expect(await server.refused('GetDevice', input)).toEqual(absent)
  })
})
