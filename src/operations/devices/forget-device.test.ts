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
  pool = await makePool(server, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })
  for (const name of ['ana', 'ben']) await makeUser(server, pool.UserPoolId, name)
})
afterAll(() => server.close())

const absent = ['ResourceNotFoundException', 'Device does not exist.']

const refresh = (REFRESH_TOKEN: string, DEVICE_KEY: string) => ({
  ClientId: pool.ClientId,
  AuthFlow: 'REFRESH_TOKEN_AUTH',
  AuthParameters: { REFRESH_TOKEN, DEVICE_KEY },
})

describe('ForgetDevice', () => {
  it('deletes the device, whose key then makes clients sign in without it', async () => {
    const { accessToken: AccessToken, device } = await confirmedDeviceOf(server, pool, 'ana')
    const { DeviceKey } = device
    await server.ok('ForgetDevice', { AccessToken, DeviceKey }, { unsigned: true })
    expect(await server.refused('GetDevice', { AccessToken, DeviceKey })).toEqual(absent)
    const { body } = await signInOn(server, pool, 'ana', DeviceKey)
    expect([body.__type, body.message]).toEqual(absent)
    expect((await newDeviceOf(server, pool, 'ana')).device.DeviceKey).not.toBe(DeviceKey)
  })

  it('ends the sessions of the device, and no others', async () => {
    const [one, other] = [await confirmedDeviceOf(server, pool, 'ana'), await confirmedDeviceOf(server, pool, 'ana')]
    await server.ok('ForgetDevice', { AccessToken: other.accessToken, DeviceKey: one.device.DeviceKey })
    expect(await server.refused('InitiateAuth', refresh(one.refreshToken, one.device.DeviceKey))).toEqual([
      'NotAuthorizedException',
      'Invalid Refresh Token.',
    ])
    await server.ok('InitiateAuth', refresh(other.refreshToken, other.device.DeviceKey))
  })

  it('refuses devices that are unknown, not confirmed, forgotten, or somebody else’s', async () => {
    const { accessToken: AccessToken, device } = await confirmedDeviceOf(server, pool, 'ana')
    const { DeviceKey } = device
    const fresh = await newDeviceOf(server, pool, 'ana')
    for (const key of ['us-east-1_0a', fresh.device.DeviceKey]) {
      expect(await server.refused('ForgetDevice', { AccessToken, DeviceKey: key })).toEqual(absent)
    }
    expect(await server.refused('ForgetDevice', { AccessToken: await accessTokenOf(server, pool, 'ben'), DeviceKey })).toEqual(absent)
    const calls = Array.from({ length: 8 }, () => server.call('ForgetDevice', { AccessToken, DeviceKey }))
    expect(await outcomes(calls)).toEqual({ ok: 1, ResourceNotFoundException: 7 })
  })
})
