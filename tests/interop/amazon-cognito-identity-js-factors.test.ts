import {
  AdminUpdateUserAttributesCommand,
  SetUserPoolMfaConfigCommand,
  type UserPoolMfaType,
} from '@aws-sdk/client-cognito-identity-provider'
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type IAuthenticationCallback,
  type ICognitoStorage,
  type UserData,
} from 'amazon-cognito-identity-js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { pathFunctions, pathLambdaConfig } from '../support/sign-in-paths.ts'
import { type App, type AppSettings, password, setUpApp } from '../support/start-app.ts'
import { totpCode } from '../support/totp-code.ts'

const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }

let server: Poolhouse
let storage: ICognitoStorage
/** How far the server's clock runs ahead of this process's, in ms. */
let ahead = 0

beforeAll(async () => {
  server = await startPoolhouse({ inProcess: true, triggers: pathFunctions })
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

const setMfa = ({ admin, poolId: UserPoolId }: App, MfaConfiguration: UserPoolMfaType) =>
  admin.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration,
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: { SmsConfiguration },
    }),
  )
const open = async (pool: AppSettings['pool'] = {}): Promise<App> => {
  const ExplicitAuthFlows = ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const
  const app = await setUpApp(server.url, { pool: { SmsConfiguration, ...pool }, client: { ExplicitAuthFlows: [...ExplicitAuthFlows] } })
  await setMfa(app, 'OPTIONAL')
  return app
}
const addPhone = async ({ admin, poolId: UserPoolId }: App, Username: string, phone: string) => {
  const UserAttributes = Object.entries({ phone_number: phone, phone_number_verified: 'true' }).map(([Name, Value]) => ({ Name, Value }))
  await admin.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes }))
}

const poolOf = ({ poolId, clientId }: App) =>
  new CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint: server.url, Storage: storage })
/** Signs in with the password itself: SRP takes the library half a second. */
const userNamed = (app: App, Username: string, flow = 'USER_PASSWORD_AUTH') => {
  const user = new CognitoUser({ Username, Pool: poolOf(app), Storage: storage })
  user.setAuthenticationFlowType(flow)
  return user
}

/** A call with a Node.js callback as a promise. */
const done = <T>(call: (callback: (error?: Error | null, result?: T) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result as T))))

interface Asked {
  readonly asked: 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'SELECT_MFA_TYPE' | 'MFA_SETUP' | 'CUSTOM_CHALLENGE'
  readonly parameters: Record<string, string>
}
type Outcome = CognitoUserSession | Asked

/** What a step of a sign-in comes to, whichever of its callbacks the library calls. */
const outcome = (call: (callbacks: Required<Omit<IAuthenticationCallback, 'newPasswordRequired'>>) => void): Promise<Outcome> =>
  new Promise((resolve, onFailure) => {
    const asks = (asked: Asked['asked']) => (_: unknown, parameters: Record<string, string>) => resolve({ asked, parameters })
    call({
      onSuccess: resolve,
      onFailure,
      mfaRequired: asks('SMS_MFA'),
      totpRequired: asks('SOFTWARE_TOKEN_MFA'),
      selectMFAType: asks('SELECT_MFA_TYPE'),
      mfaSetup: asks('MFA_SETUP'),
      customChallenge: (parameters) => resolve({ asked: 'CUSTOM_CHALLENGE', parameters }),
    })
  })
const session = async (step: Promise<Outcome>): Promise<CognitoUserSession> => {
  const reached = await step
  if ('asked' in reached) throw new Error(`expected a session, was asked for ${reached.asked}`)
  expect(reached.isValid()).toBe(true)
  return reached
}
const amrOf = (of: CognitoUserSession): string[] => of.getIdToken().payload['amr']

const details = (Username: string) => new AuthenticationDetails({ Username, Password: password })
const signIn = (user: CognitoUser) => outcome((callbacks) => user.authenticateUser(details(user.getUsername()), callbacks))
const sendCode = (user: CognitoUser, code: string, type?: string) => outcome((callbacks) => user.sendMFACode(code, callbacks, type))

const secretFor = (user: CognitoUser): Promise<string> =>
  new Promise((associateSecretCode, onFailure) => user.associateSoftwareToken({ associateSecretCode, onFailure }))
const verify = (user: CognitoUser, code: string): Promise<CognitoUserSession> =>
  new Promise((onSuccess, onFailure) => user.verifySoftwareToken(code, 'My phone', { onSuccess, onFailure }))
/** The code of a step that none was taken for yet. */
const freshCode = async (secret: string): Promise<string> => {
  await server.clock.advance(30_000)
  ahead += 30_000
  return totpCode(secret, Date.now() + ahead)
}
const prefer = (user: CognitoUser, sms: boolean | null, token: boolean | null) => {
  const settings = (PreferredMfa: boolean | null) => (PreferredMfa === null ? null : { Enabled: true, PreferredMfa })
  return done<string>((callback) => user.setUserMfaPreference(settings(sms), settings(token), callback))
}
const preferenceOf = async (user: CognitoUser) => {
  const data = await done<UserData>((callback) => user.getUserData(callback, { bypassCache: true }))
  return [data.UserMFASettingList, data.PreferredMfaSetting]
}

describe('amazon-cognito-identity-js, second factors', () => {
  it('sets up a software token, prefers it and signs in with it', async () => {
    const app = await open()
    await app.addUser('ana')
    const user = userNamed(app, 'ana')
    await session(signIn(user))
    const secret = await secretFor(user)
    await expect(verify(user, '000000')).rejects.toMatchObject({ code: 'EnableSoftwareTokenMFAException' })
    await verify(user, await freshCode(secret))
    expect(await prefer(user, null, true)).toBe('SUCCESS')
    expect(await preferenceOf(user)).toEqual([['SOFTWARE_TOKEN_MFA'], 'SOFTWARE_TOKEN_MFA'])

    const again = userNamed(app, 'ana')
    expect(await signIn(again)).toMatchObject({ asked: 'SOFTWARE_TOKEN_MFA', parameters: { FRIENDLY_DEVICE_NAME: 'My phone' } })
    await expect(sendCode(again, '000000', 'SOFTWARE_TOKEN_MFA')).rejects.toMatchObject({ code: 'CodeMismatchException' })
    const signedIn = await session(sendCode(again, await freshCode(secret), 'SOFTWARE_TOKEN_MFA'))
    expect(amrOf(signedIn)).toEqual(['pwd', 'otp', 'mfa'])
  })

  it('sets up a software token in a sign-in that demands one', async () => {
    const app = await open()
    await app.addUser('una')
    await setMfa(app, 'ON')
    const user = userNamed(app, 'una')
    const step = await signIn(user)
    expect(step).toMatchObject({ asked: 'MFA_SETUP' })
    expect(JSON.parse((step as Asked).parameters['MFAS_CAN_SETUP'] ?? '')).toContain('SOFTWARE_TOKEN_MFA')
    // It answers MFA_SETUP by itself.
    const signedIn = await verify(user, await freshCode(await secretFor(user)))
    expect(signedIn.isValid()).toBe(true)
    expect(await preferenceOf(user)).toEqual([['SOFTWARE_TOKEN_MFA'], undefined])
  })

  it('switches codes by SMS on, signs in with one, and switches them off', async () => {
    const app = await open()
    await app.addUser('sam')
    await addPhone(app, 'sam', '+12065550101')
    const user = userNamed(app, 'sam')
    await session(signIn(user))
    expect(await done<string>((callback) => user.enableMFA((error, result) => callback(error, result)))).toBe('SUCCESS')
    const again = userNamed(app, 'sam')
    expect(await signIn(again)).toMatchObject({ asked: 'SMS_MFA', parameters: { CODE_DELIVERY_DESTINATION: '+*******0101' } })
    await expect(sendCode(again, '000000')).rejects.toMatchObject({ code: 'CodeMismatchException' })
    expect(amrOf(await session(sendCode(again, await server.mailbox.code('+12065550101'))))).toEqual(['pwd', 'sms', 'mfa'])
    expect(await done<string>((callback) => again.disableMFA((error, result) => callback(error, result)))).toBe('SUCCESS')
    expect(await preferenceOf(again)).toEqual([undefined, undefined])
  })

  it('lets the user choose among two factors', async () => {
    const app = await open()
    await app.addUser('kim')
    await addPhone(app, 'kim', '+12065550102')
    const user = userNamed(app, 'kim')
    await session(signIn(user))
    const secret = await secretFor(user)
    await verify(user, await freshCode(secret))
    await prefer(user, false, false)
    const codes = { SMS_MFA: () => server.mailbox.code('+12065550102'), SOFTWARE_TOKEN_MFA: () => freshCode(secret) }
    for (const type of ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] as const) {
      const again = userNamed(app, 'kim')
      const step = await signIn(again)
      expect(step).toMatchObject({ asked: 'SELECT_MFA_TYPE' })
      expect(JSON.parse((step as Asked).parameters['MFAS_CAN_CHOOSE'] ?? '').toSorted()).toEqual(['SMS_MFA', 'SOFTWARE_TOKEN_MFA'])
      expect(await outcome((callbacks) => again.sendMFASelectionAnswer(type, callbacks))).toMatchObject({ asked: type })
      await session(sendCode(again, await codes[type](), type))
    }
  })
})

describe('amazon-cognito-identity-js, custom challenges', () => {
  const answer = (user: CognitoUser, text: string) => outcome((callbacks) => user.sendCustomChallengeAnswer(text, callbacks))
  const question = { asked: 'CUSTOM_CHALLENGE', parameters: { question: 'colour' } } as const

  it('answers them without a password', async () => {
    const app = await open({ LambdaConfig: pathLambdaConfig })
    await app.addUser('max')
    const user = userNamed(app, 'max')
    const begin = () => outcome((callbacks) => user.initiateAuth(new AuthenticationDetails({ Username: 'max' }), callbacks))
    expect(await begin()).toMatchObject(question)
    await expect(answer(user, 'red')).rejects.toMatchObject({ code: 'NotAuthorizedException' })
    await begin()
    const signedIn = await session(answer(user, 'blue'))
    expect(signedIn.getIdToken().payload['cognito:username']).toBe('max')
  })

  it('answers them after SRP', async () => {
    const app = await open({ LambdaConfig: pathLambdaConfig })
    await app.addUser('mia')
    const user = userNamed(app, 'mia', 'CUSTOM_AUTH')
    expect(await signIn(user)).toMatchObject(question)
    expect(amrOf(await session(answer(user, 'blue')))).toContain('pwd')
  })

  it('proves a remembered device after them', async () => {
    const app = await open({ LambdaConfig: pathLambdaConfig, DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })
    await app.addUser('mo')
    const deviceKeys: string[] = []
    for (const _ of [1, 2]) {
      const user = userNamed(app, 'mo')
      await outcome((callbacks) => user.initiateAuth(new AuthenticationDetails({ Username: 'mo' }), callbacks))
      deviceKeys.push((await session(answer(user, 'blue'))).getAccessToken().payload['device_key'])
    }
    expect(deviceKeys[0]).toMatch(/^us-east-1_/)
    expect(deviceKeys[1]).toBe(deviceKeys[0])
  })
})

describe('amazon-cognito-identity-js, a pool that tracks devices', () => {
  it('finds its session again after the tokens ran out, and forgets its device', async () => {
    const app = await open({ DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })
    await app.addUser('rita')
    const first = await session(signIn(userNamed(app, 'rita')))
    // The page is loaded again; the library refreshes what it knows to have ended.
    storage.setItem(`CognitoIdentityServiceProvider.${app.clientId}.rita.idToken`, expired(first.getIdToken().getJwtToken()))
    const user = poolOf(app).getCurrentUser() ?? expect.fail('nobody is signed in')
    const found = await done<CognitoUserSession>((callback) =>
      user.getSession((error: Error | null, next: CognitoUserSession | null) => callback(error, next ?? undefined)),
    )
    expect(found.getAccessToken().getJwtToken()).not.toBe(first.getAccessToken().getJwtToken())
    expect(found.getAccessToken().payload['device_key']).toBe(first.getAccessToken().payload['device_key'])

    const settled = <T>(call: (callbacks: { onSuccess: (value: T) => void; onFailure: (error: Error) => void }) => void) =>
      new Promise<T>((onSuccess, onFailure) => call({ onSuccess, onFailure }))
    // Only what signed in has the key of its device in hand.
    user.getCachedDeviceKeyAndPassword()
    expect(await settled<string>((callbacks) => user.forgetDevice(callbacks))).toBe('SUCCESS')
    expect(await settled<{ Devices: unknown[] }>((callbacks) => user.listDevices(10, null, callbacks))).toMatchObject({ Devices: [] })
  })
})

/** The token with a time of expiry that has passed; its holder does not check the signature. */
const expired = (token: string): string => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  return [header, Buffer.from(JSON.stringify({ ...claims, exp: 1 })).toString('base64url'), signature].join('.')
}
