import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { createDeviceClient, type DeviceClient } from '../support/device-client.ts'
import { refusal } from '../support/refusal.ts'
import { createSdkVisitor, type SdkVisitor, type SignedIn, signedIn, verifiedClaims } from '../support/sdk-visitor.ts'
import { type App, password, setUpApp } from '../support/start-app.ts'

let server: Poolhouse
let app: App
let visitor: SdkVisitor

beforeAll(async () => {
  server = await startPoolhouse({ inProcess: true, issuer: 'aws' })
  app = await setUpApp(server.url, {
    pool: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true } },
  })
  visitor = createSdkVisitor(server.url, app)
})
afterAll(() => server.stop())

const named = (Username: string) => ({ UserPoolId: app.poolId, Username })

/** A device as NewDeviceMetadata describes it, with the tokens that were issued to it. */
const newDevice = async (username: string): Promise<SignedIn & { readonly device: DeviceClient }> => {
  const tokens = await visitor.signIn(username)
  const { DeviceKey = '', DeviceGroupKey = '' } = tokens.NewDeviceMetadata ?? {}
  expect(DeviceKey).toMatch(/^us-east-1_[\da-f-]{36}$/)
  return { ...tokens, device: createDeviceClient({ DeviceKey, DeviceGroupKey }) }
}
const confirm = ({ AccessToken, device: { DeviceKey, DeviceSecretVerifierConfig } }: Awaited<ReturnType<typeof newDevice>>) =>
  visitor.send(new sdk.ConfirmDeviceCommand({ AccessToken, DeviceKey, DeviceSecretVerifierConfig, DeviceName: 'Tablet' }))
const update = (AccessToken: string, DeviceKey: string, DeviceRememberedStatus: sdk.DeviceRememberedStatusType) =>
  visitor.send(new sdk.UpdateDeviceStatusCommand({ AccessToken, DeviceKey, DeviceRememberedStatus }))
const expectDates = (device: sdk.DeviceType | undefined) => {
  for (const at of [device?.DeviceCreateDate, device?.DeviceLastModifiedDate, device?.DeviceLastAuthenticatedDate]) {
    expect(at).toBeInstanceOf(Date)
    expect(Math.abs((at?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  }
}

describe('devices by the AWS SDK', () => {
  it('are confirmed, read, remembered and forgotten by their user', async () => {
    await app.addUser('ana')
    const made = await newDevice('ana')
    const { AccessToken, RefreshToken, device } = made
    const { DeviceKey } = device
    expect(await confirm(made)).toMatchObject({ UserConfirmationNecessary: true, $metadata: { httpStatusCode: 200 } })
    expect(await refusal(confirm(made))).toBeInstanceOf(sdk.DeviceKeyExistsException)

    expect((await update(AccessToken, DeviceKey, 'remembered')).$metadata.httpStatusCode).toBe(200)
    const { Device } = await visitor.send(new sdk.GetDeviceCommand({ AccessToken, DeviceKey }))
    expectDates(Device)
    expect(Device?.DeviceKey).toBe(DeviceKey)
    expect(Device?.DeviceAttributes).toContainEqual({ Name: 'device_name', Value: 'Tablet' })

    const begun = await visitor.initiate('USER_PASSWORD_AUTH', { USERNAME: 'ana', PASSWORD: password, DEVICE_KEY: DeviceKey })
    expect(begun.ChallengeName).toBe('DEVICE_SRP_AUTH')
    const exchange = device.begin()
    const asked = await visitor.respond('DEVICE_SRP_AUTH', begun.Session, { USERNAME: 'ana', DEVICE_KEY: DeviceKey, SRP_A: exchange.SRP_A })
    expect(asked.ChallengeName).toBe('DEVICE_PASSWORD_VERIFIER')
    const proof = exchange.answer(asked.ChallengeParameters ?? {}, Date.now())
    const done = signedIn(await visitor.respond('DEVICE_PASSWORD_VERIFIER', asked.Session, proof))
    expect(done.NewDeviceMetadata).toBeUndefined()
    expect((await verifiedClaims(server.url, app, done)).access['device_key']).toBe(DeviceKey)

    const ClientId = app.clientId
    const refresh = (key?: string) => visitor.send(new sdk.GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, DeviceKey: key }))
    expect(await refusal(refresh())).toBeInstanceOf(sdk.NotAuthorizedException)
    expect((await refresh(DeviceKey)).AuthenticationResult?.TokenType).toBe('Bearer')

    await visitor.send(new sdk.ForgetDeviceCommand({ AccessToken, DeviceKey }))
    expect(await refusal(visitor.send(new sdk.GetDeviceCommand({ AccessToken, DeviceKey })))).toBeInstanceOf(sdk.ResourceNotFoundException)
  })

  it('are listed page by page', async () => {
    await app.addUser('lea')
    const keys: string[] = []
    for (const _ of [1, 2, 3]) {
      const made = await newDevice('lea')
      const { DeviceKey } = made.device
      await confirm(made)
      await update(made.AccessToken, DeviceKey, 'remembered')
      keys.push(DeviceKey)
    }
    const { AccessToken } = await visitor.signIn('lea')
    const lists = {
      own: (PaginationToken?: string) => visitor.send(new sdk.ListDevicesCommand({ AccessToken, Limit: 2, PaginationToken })),
      admins: (PaginationToken?: string) => app.admin.send(new sdk.AdminListDevicesCommand({ ...named('lea'), Limit: 2, PaginationToken })),
    }
    for (const list of [lists.own, lists.admins]) {
      const first = await list()
      const second = await list(first.PaginationToken)
      expect([first, second].map(({ Devices }) => Devices?.length)).toEqual([2, 1])
      expect(second.PaginationToken).toBeUndefined()
      const devices = [first, second].flatMap(({ Devices = [] }) => Devices)
      expect(devices.map(({ DeviceKey }) => DeviceKey).sort()).toEqual(keys.toSorted())
      for (const device of devices) expectDates(device)
    }
  })

  it('are looked after by an administrator', async () => {
    await app.addUser('max')
    const made = await newDevice('max')
    await confirm(made)
    const { DeviceKey } = made.device
    const device = { ...named('max'), DeviceKey }
    const get = () => app.admin.send(new sdk.AdminGetDeviceCommand(device))
    const { Device } = await get()
    expectDates(Device)
    expect(Device?.DeviceAttributes).toContainEqual({ Name: 'device_name', Value: 'Tablet' })
    await app.admin.send(new sdk.AdminUpdateDeviceStatusCommand({ ...device, DeviceRememberedStatus: 'remembered' }))
    const begin = () => visitor.initiate('USER_PASSWORD_AUTH', { USERNAME: 'max', PASSWORD: password, DEVICE_KEY: DeviceKey })
    expect((await begin()).ChallengeName).toBe('DEVICE_SRP_AUTH')
    expect((await app.admin.send(new sdk.AdminForgetDeviceCommand(device))).$metadata.httpStatusCode).toBe(200)
    expect(await refusal(get())).toBeInstanceOf(sdk.ResourceNotFoundException)
  })

  it('have a class for a pool that tracks none', async () => {
    const without = await setUpApp(server.url)
    await without.addUser('ana')
    const here = createSdkVisitor(server.url, without)
    const { AccessToken, NewDeviceMetadata } = await here.signIn('ana')
    expect(NewDeviceMetadata).toBeUndefined()
    expect(await refusal(here.send(new sdk.ListDevicesCommand({ AccessToken })))).toBeInstanceOf(sdk.InvalidUserPoolConfigurationException)
  })
})
