import { AdminForgetDeviceCommand, SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider'
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Poolhouse } from '../../src/lib.ts'
import { startPoolhouse } from '../../src/lib.ts'
import { type App, password, setUpApp } from '../support/start-app.ts'
import { totpCode } from '../support/totp-code.ts'

let server: Poolhouse
let app: App
let storage: ICognitoStorage

beforeAll(async () => {
  server = await startPoolhouse()
  app = await setUpApp(server.url, {
    pool: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true } },
  })
  await app.admin.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: app.poolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  )
})
afterAll(() => server.stop())

/** The storage of a browser that nobody has used. */
beforeEach(() => {
  const items = new Map<string, string>()
  storage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
    clear: () => items.clear(),
  }
})

const userNamed = (Username: string) => {
  const Pool = new CognitoUserPool({ UserPoolId: app.poolId, ClientId: app.clientId, endpoint: server.url, Storage: storage })
  return new CognitoUser({ Username, Pool, Storage: storage })
}

/** A call with onSuccess and onFailure as a promise. */
const settled = <T>(call: (callbacks: { onSuccess: (value: T) => void; onFailure: (error: Error) => void }) => void): Promise<T> =>
  new Promise((onSuccess, onFailure) => call({ onSuccess, onFailure }))

interface SignIn {
  readonly user: CognitoUser
  /** Absent when a code is asked for. */
  readonly session?: CognitoUserSession
  /** What ConfirmDevice, which the library calls by itself, answered. */
  readonly asksUser?: boolean | undefined
}

/** By SRP; also `user` is new each time, as after loading the page again. */
const signIn = (username: string): Promise<SignIn> => {
  const user = userNamed(username)
  return new Promise((resolve, onFailure) =>
    user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), {
      onSuccess: (session, asksUser) => resolve({ user, session, asksUser }),
      onFailure,
      totpRequired: () => resolve({ user }),
    }),
  )
}

const sendCode = (user: CognitoUser, secret: string, at: number): Promise<CognitoUserSession> =>
  settled(({ onSuccess, onFailure }) => user.sendMFACode(totpCode(secret, at), { onSuccess, onFailure }, 'SOFTWARE_TOKEN_MFA'))

/** A user who has a software token, signed in without it for the last time. */
const userWithToken = async (username: string) => {
  await app.addUser(username)
  const { user, asksUser } = await signIn(username)
  const secret = await new Promise<string>((associateSecretCode, onFailure) =>
    user.associateSoftwareToken({ associateSecretCode, onFailure }),
  )
  await settled(({ onSuccess, onFailure }) => user.verifySoftwareToken(totpCode(secret, Date.now()), 'app', { onSuccess, onFailure }))
  await new Promise<void>((resolve, reject) =>
    user.setUserMfaPreference(null, { Enabled: true, PreferredMfa: true }, (error) => (error ? reject(error) : resolve())),
  )
  return { user, secret, asksUser }
}

const remembered = (user: CognitoUser) => settled<string>((callbacks) => user.setDeviceStatusRemembered(callbacks))

describe('amazon-cognito-identity-js, remembered devices', () => {
  it('confirms the device by itself, remembers it, and signs in without a code', async () => {
    const { user, asksUser } = await userWithToken('dora')
    expect(asksUser).toBe(true)
    expect((await signIn('dora')).session).toBeUndefined()

    expect(await remembered(user)).toBe('SUCCESS')
    const again = await signIn('dora')
    expect(again.session?.isValid()).toBe(true)
    expect(again.asksUser).toBeUndefined()
    const key = again.session?.getAccessToken().payload['device_key']
    expect(key).toMatch(/^us-east-1_/)
    const { Device } = await settled<{ Device: { DeviceKey: string } }>((callbacks) => again.user.getDevice(callbacks as never))
    expect(Device.DeviceKey).toBe(key)
    const { Devices } = await settled<{ Devices: unknown[] }>((callbacks) => again.user.listDevices(10, null, callbacks))
    expect(Devices).toHaveLength(1)

    expect(await settled<string>((callbacks) => again.user.setDeviceStatusNotRemembered(callbacks))).toBe('SUCCESS')
    expect((await signIn('dora')).session).toBeUndefined()
  })

  it('refreshes with the key of its device', async () => {
    const { user } = await userWithToken('rolf')
    await remembered(user)
    const { session, user: here } = await signIn('rolf')
    const token = session?.getRefreshToken()
    if (token === undefined) throw new Error('nobody signed in')
    const refreshed = await new Promise<CognitoUserSession>((resolve, reject) =>
      here.refreshSession(token, (error: Error | null, next: CognitoUserSession) => (error ? reject(error) : resolve(next))),
    )
    expect(refreshed.isValid()).toBe(true)
  })

  it('becomes a new device when an administrator forgets the old one', async () => {
    const { user, secret } = await userWithToken('flora')
    await remembered(user)
    const { session } = await signIn('flora')
    const DeviceKey: string = session?.getAccessToken().payload['device_key']
    await app.admin.send(new AdminForgetDeviceCommand({ UserPoolId: app.poolId, Username: 'flora', DeviceKey }))
    // It sends the same proof once more, without the key.
    const asked = await signIn('flora')
    expect(asked.session).toBeUndefined()
    const fresh = await sendCode(asked.user, secret, Date.now() + 30_000)
    expect(fresh.getAccessToken().payload['device_key']).toMatch(/^us-east-1_/)
    expect(fresh.getAccessToken().payload['device_key']).not.toBe(DeviceKey)
  })

  it('forgets its own device', async () => {
    const { user } = await userWithToken('fritz')
    await remembered(user)
    const { user: here } = await signIn('fritz')
    expect(await settled<string>((callbacks) => here.forgetDevice(callbacks))).toBe('SUCCESS')
    expect((await signIn('fritz')).session).toBeUndefined()
  })
})
