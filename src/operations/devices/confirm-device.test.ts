import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmation, newDeviceOf, signInOn } from '../../../tests/support/device-sign-in.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { outcomes } from '../../../tests/support/parallel.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'
import { N } from '../../../tests/support/srp-client.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'

let server: Harness
let always: MadePool
let asking: MadePool

beforeAll(async () => {
  server = await createHarness()
  always = await makePool(server, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: false } })
  asking = await makePool(server, { DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true } })
  for (const { UserPoolId } of [always, asking]) await makeUser(server, UserPoolId, 'ana')
})
afterAll(() => server.close())

const bytes = (value: bigint, size: number) => Buffer.from(value.toString(16).padStart(2 * size, '0'), 'hex')
const invalidKey = ['InvalidParameterException', 'Invalid device key given.']

describe('NewDeviceMetadata', () => {
  it('names a device that the access token then belongs to', async () => {
    const { body } = await signInOn(server, always, 'ana')
    const { AccessToken, IdToken, NewDeviceMetadata } = body.AuthenticationResult
    expect(NewDeviceMetadata).toEqual({
      DeviceKey: expect.stringMatching(/^us-east-1_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      DeviceGroupKey: expect.stringMatching(/^-[0-9A-Za-z]{8}$/),
    })
    expect(tokenParts(AccessToken).payload['device_key']).toBe(NewDeviceMetadata.DeviceKey)
    expect(tokenParts(IdToken).payload).not.toHaveProperty('device_key')
    const again = (await signInOn(server, always, 'ana')).body.AuthenticationResult.NewDeviceMetadata
    expect(again.DeviceKey).not.toBe(NewDeviceMetadata.DeviceKey)
    expect(again.DeviceGroupKey).not.toBe(NewDeviceMetadata.DeviceGroupKey)
  })

  it('is not there where the pool tracks no devices', async () => {
    const made = await makePool(server)
    await makeUser(server, made.UserPoolId, 'ana')
    const { body } = await signInOn(server, made, 'ana', 'us-east-1_0a')
    expect(body.AuthenticationResult).not.toHaveProperty('NewDeviceMetadata')
    expect(tokenParts(body.AuthenticationResult.AccessToken).payload).not.toHaveProperty('device_key')
  })
})

describe('ConfirmDevice', () => {
  it('remembers the device at once', async () => {
    const fresh = await newDeviceOf(server, always, 'ana')
    expect(await server.ok('ConfirmDevice', { ...confirmation(fresh), DeviceName: 'Phone' }, { unsigned: true })).toEqual({
      UserConfirmationNecessary: false,
    })
    const { body } = await signInOn(server, always, 'ana', fresh.device.DeviceKey)
    expect(body.ChallengeName).toBe('DEVICE_SRP_AUTH')
  })

  it('leaves it to the user where the pool says so, and then signs in as before', async () => {
    const fresh = await newDeviceOf(server, asking, 'ana')
    expect(await server.ok('ConfirmDevice', confirmation(fresh))).toEqual({ UserConfirmationNecessary: true })
    const { AuthenticationResult } = (await signInOn(server, asking, 'ana', fresh.device.DeviceKey)).body
    expect(AuthenticationResult).not.toHaveProperty('NewDeviceMetadata')
    expect(tokenParts(AuthenticationResult.AccessToken).payload['device_key']).toBe(fresh.device.DeviceKey)
  })

  it('takes no key but that of the access token', async () => {
    const [mine, other] = [await newDeviceOf(server, always, 'ana'), await newDeviceOf(server, always, 'ana')]
    expect(await server.refused('ConfirmDevice', { ...confirmation(mine), AccessToken: other.accessToken })).toEqual(invalidKey)
    expect(await server.refused('ConfirmDevice', { ...confirmation(mine), DeviceKey: 'us-east-1_0a' })).toEqual(invalidKey)
  })

  it('confirms a key once, whoever comes first', async () => {
    const fresh = await newDeviceOf(server, always, 'ana')
    const calls = Array.from({ length: 8 }, () => server.call('ConfirmDevice', confirmation(fresh)))
    expect(await outcomes(calls)).toEqual({ ok: 1, DeviceKeyExistsException: 7 })
  })

  it('takes no key back that was forgotten', async () => {
    const fresh = await newDeviceOf(server, always, 'ana')
    await server.ok('ConfirmDevice', confirmation(fresh))
    await server.ok('ForgetDevice', { AccessToken: fresh.accessToken, DeviceKey: fresh.device.DeviceKey })
    expect(await server.refused('ConfirmDevice', confirmation(fresh))).toEqual(invalidKey)
  })

  const whole = { Salt: 'AAAA', PasswordVerifier: 'AAAB' }
  it.each<[string, object | undefined]>([
    ['is absent', undefined],
    ['has no verifier', { Salt: 'AAAA' }],
    ['has no salt', { PasswordVerifier: 'AAAB' }],
    ['has a salt that is no base64', { ...whole, Salt: '!' }],
    ['has a salt of 65 bytes', { ...whole, Salt: Buffer.alloc(65, 1).toString('base64') }],
    ['has a verifier that is no base64', { ...whole, PasswordVerifier: '%%%%' }],
    ['has a verifier of 0', { ...whole, PasswordVerifier: Buffer.alloc(384).toString('base64') }],
    ['has a verifier of N', { ...whole, PasswordVerifier: bytes(N, 385).toString('base64') }],
    ['has a verifier above N', { ...whole, PasswordVerifier: bytes(2n * N, 385).toString('base64') }],
    ['has a verifier without end', { ...whole, PasswordVerifier: 'A'.repeat(100_000) }],
  ])('refuses a secret that %s', async (_, DeviceSecretVerifierConfig) => {
    const fresh = await newDeviceOf(server, always, 'ana')
    const [type] = await server.refused('ConfirmDevice', { ...confirmation(fresh), DeviceSecretVerifierConfig })
    expect(type).toBe('InvalidParameterException')
    expect(await server.ok('ConfirmDevice', { ...confirmation(fresh), DeviceSecretVerifierConfig: whole })).toBeDefined()
  })

  it('takes the numbers from 1 to N - 1', async () => {
    for (const value of [1n, N - 1n]) {
      const fresh = await newDeviceOf(server, always, 'ana')
      const { DeviceSecretVerifierConfig: right, ...rest } = confirmation(fresh)
      const PasswordVerifier = bytes(value, 385).toString('base64')
      await server.ok('ConfirmDevice', { ...rest, DeviceSecretVerifierConfig: { ...right, PasswordVerifier } })
    }
  })

  it('holds the quota of a user', async () => {
    await makeUser(server, always.UserPoolId, 'collector')
    const first = await newDeviceOf(server, always, 'collector')
    await server.ok('ConfirmDevice', confirmation(first))
    const uid = tokenParts(first.accessToken).payload['sub']
    const pool = await server.store.pools.byId(always.UserPoolId)
    const device = await server.store.devices.byKey(pool?.uid ?? '', uid, first.device.DeviceKey)
    if (device === undefined) throw new Error('the device is not there')
    const by = { actor: 'test', requestId: 'r', action: 'fill', at: 0 }
    for (let n = 1; n < 1000; n += 1) await server.store.devices.create(by, { ...device, key: `us-east-1_${n}` }, 1000)
    expect(await server.refused('ConfirmDevice', confirmation(await newDeviceOf(server, always, 'collector')))).toEqual([
      'InvalidParameterException',
      'A user can have at most 1000 devices.',
    ])
  })

  it('has no place in a pool that tracks no devices', async () => {
    const made = await makePool(server)
    await makeUser(server, made.UserPoolId, 'ana')
    const AccessToken = await accessTokenOf(server, made, 'ana')
    expect(await server.refused('ConfirmDevice', { AccessToken, DeviceKey: 'us-east-1_0a' })).toEqual([
      'InvalidUserPoolConfigurationException',
      `User pool ${made.UserPoolId} is not configured to track devices.`,
    ])
  })
})
