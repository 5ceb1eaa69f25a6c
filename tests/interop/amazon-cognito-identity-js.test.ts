import { AdminConfirmSignUpCommand, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  type CognitoUserSession,
  type IAuthenticationCallback,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { password, startApp } from '../support/start-app.ts'

let app: Awaited<ReturnType<typeof startApp>>
let pool: CognitoUserPool
let storage: ICognitoStorage

beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.server.stop())

beforeEach(() => {
  const items = new Map<string, string>()
  storage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
    clear: () => items.clear(),
  }
  pool = new CognitoUserPool({ UserPoolId: app.poolId, ClientId: app.clientId, endpoint: app.server.url, Storage: storage })
})

const userNamed = (Username: string) => new CognitoUser({ Username, Pool: pool, Storage: storage })

/** A call with a Node.js callback as a promise. */
const done = <T>(call: (callback: (error?: Error | null, result?: T) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result as T))))

/** A call with onSuccess and onFailure as a promise. */
const settled = <T>(call: (callbacks: { onSuccess: (value: T) => void; onFailure: (error: Error) => void }) => void): Promise<T> =>
  new Promise((onSuccess, onFailure) => call({ onSuccess, onFailure }))

type Outcome = { session: CognitoUserSession } | { newPasswordFor: Record<string, string>; required: string[] }

const answered = (call: (callbacks: IAuthenticationCallback) => void): Promise<Outcome> =>
  new Promise((resolve, onFailure) =>
    call({
      onSuccess: (session) => resolve({ session }),
      onFailure,
      newPasswordRequired: (newPasswordFor, required) => resolve({ newPasswordFor, required }),
    }),
  )

/** SRP, the library's default: the password does not leave the process. */
const signIn = async (user: CognitoUser, Password = password): Promise<CognitoUserSession> => {
  const outcome = await answered((callbacks) =>
    user.authenticateUser(new AuthenticationDetails({ Username: user.getUsername(), Password }), callbacks),
  )
  if ('session' in outcome) return outcome.session
  throw new Error('a new password was asked for')
}

describe('amazon-cognito-identity-js', () => {
  it('signs up, resends the code, confirms, and signs in with SRP', async () => {
    const email = new CognitoUserAttribute({ Name: 'email', Value: 'ana@example.org' })
    const { user, userConfirmed, userSub, codeDeliveryDetails } = await done<{
      user: CognitoUser
      userConfirmed: boolean
      userSub: string
      codeDeliveryDetails: { Destination: string }
    }>((callback) => pool.signUp('ana', password, [email], [], callback))
    expect(userConfirmed).toBe(false)
    expect(codeDeliveryDetails.Destination).toBe('a***@e***')
    await expect(signIn(user)).rejects.toMatchObject({ code: 'UserNotConfirmedException' })

    await done((callback) => user.resendConfirmationCode(callback))
    await expect(done((callback) => user.confirmRegistration('wrong', true, callback))).rejects.toMatchObject({
      code: 'CodeMismatchException',
      message: 'Invalid verification code provided, please try again.',
    })
    const code = await app.server.mailbox.code('ana@example.org')
    expect(await done((callback) => user.confirmRegistration(code, true, callback))).toBe('SUCCESS')

    const session = await signIn(user)
    expect(session.isValid()).toBe(true)
    expect(session.getIdToken().decodePayload()).toMatchObject({ sub: userSub, 'cognito:username': 'ana', token_use: 'id' })
    expect(session.getAccessToken().decodePayload()).toMatchObject({ client_id: app.clientId, token_use: 'access' })
  })

  it.each([
    ['letters of many scripts', 'Pässwörd-密码-1'],
    ['an emoji and spaces', 'Correct 🐎 horse 7'],
    ['203 characters', `Aa-${'7'.repeat(200)}`],
  ])('proves a password of %s by SRP', async (name, special) => {
    const username = name.replaceAll(' ', '-')
    await done((callback) => pool.signUp(username, special, [], [], callback))
    await app.admin.send(new AdminConfirmSignUpCommand({ UserPoolId: app.poolId, Username: username }))
    expect((await signIn(userNamed(username), special)).isValid()).toBe(true)
  })

  it('is refused with a wrong password', async () => {
    await app.addUser('wanda')
    await expect(signIn(userNamed('wanda'), `${password}x`)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    })
  })

  it('signs in with the password itself when told to', async () => {
    await app.addUser('paul')
    const user = userNamed('paul')
    user.setAuthenticationFlowType('USER_PASSWORD_AUTH')
    expect((await signIn(user)).isValid()).toBe(true)
  })

  it('replaces a temporary password, by SRP', async () => {
    await app.inviteUser('ivan', 'Temporary-Word-1')
    const user = userNamed('ivan')
    const details = new AuthenticationDetails({ Username: 'ivan', Password: 'Temporary-Word-1' })
    expect(await answered((callbacks) => user.authenticateUser(details, callbacks))).toEqual({
      newPasswordFor: { email: 'ivan@example.org', email_verified: 'true' },
      required: [],
    })
    const outcome = await answered((callbacks) => user.completeNewPasswordChallenge(password, { name: 'Ivan' }, callbacks))
    expect('session' in outcome && outcome.session.getIdToken().payload['name']).toBe('Ivan')
    expect((await signIn(userNamed('ivan'))).isValid()).toBe(true)
  })

  it('finds its session again and refreshes it', async () => {
    await app.addUser('rita')
    const first = await signIn(userNamed('rita'))
    const user = pool.getCurrentUser()
    expect(user?.getUsername()).toBe('rita')
    const found = await done<CognitoUserSession>((callback) =>
      user?.getSession((error: Error | null, session: CognitoUserSession | null) => callback(error, session ?? undefined)),
    )
    expect(found.getAccessToken().getJwtToken()).toBe(first.getAccessToken().getJwtToken())

    const second = await done<CognitoUserSession>((callback) => user?.refreshSession(first.getRefreshToken(), callback))
    expect(second.getRefreshToken().getToken()).toBe(first.getRefreshToken().getToken())
    const [before, after] = [first, second].map((session) => session.getAccessToken().decodePayload())
    expect(after).toMatchObject({ sub: before?.['sub'], auth_time: before?.['auth_time'], origin_jti: before?.['origin_jti'] })
    expect(after?.['jti']).not.toBe(before?.['jti'])
  })

  it('reads, changes and deletes attributes, and verifies a new address', async () => {
    await app.addUser('alma')
    const user = userNamed('alma')
    await signIn(user)
    const attributes = [
      { Name: 'name', Value: 'Alma Ångström' },
      { Name: 'email', Value: 'alma.new@example.org' },
    ]
    await done<string>((callback) => user.updateAttributes(attributes, (error, result) => callback(error, result)))
    const code = await app.server.mailbox.code('alma.new@example.org')
    await settled((callbacks) => user.verifyAttribute('email', code, callbacks))
    await done<string>((callback) => user.deleteAttributes(['name'], callback))
    const now = await done<CognitoUserAttribute[]>((callback) => user.getUserAttributes(callback))
    const shown = Object.fromEntries(now.map((attribute) => [attribute.getName(), attribute.getValue()]))
    expect(shown).toEqual({ sub: expect.any(String), email: 'alma.new@example.org', email_verified: 'true' })
  })

  it('changes the password', async () => {
    await app.addUser('carl')
    const user = userNamed('carl')
    await signIn(user)
    const change = (from: string, to: string) => done<'SUCCESS'>((callback) => user.changePassword(from, to, callback))
    await expect(change('Wrong-Horse-7', 'Another-Horse-8')).rejects.toMatchObject({ code: 'NotAuthorizedException' })
    await expect(change(password, 'short')).rejects.toMatchObject({ code: 'InvalidPasswordException' })
    expect(await change(password, 'Another-Horse-8')).toBe('SUCCESS')
    await expect(signIn(userNamed('carl'))).rejects.toMatchObject({ code: 'NotAuthorizedException' })
    expect((await signIn(userNamed('carl'), 'Another-Horse-8')).isValid()).toBe(true)
  })

  it('recovers a forgotten password with the code from the mailbox', async () => {
    await app.addUser('fred')
    const user = userNamed('fred')
    const asked = await settled<{ CodeDeliveryDetails: object }>((callbacks) => user.forgotPassword(callbacks))
    expect(asked.CodeDeliveryDetails).toEqual({ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'f***@e***' })
    const code = await app.server.mailbox.code('fred@example.org')
    await settled((callbacks) => user.confirmPassword(code, 'Another-Horse-8', callbacks))
    expect((await signIn(user, 'Another-Horse-8')).isValid()).toBe(true)
  })

  /** With the AWS SDK, because the library tries again for six seconds whatever the refusal. */
  const refreshElsewhere = (session: CognitoUserSession) =>
    app.admin.send(
      new InitiateAuthCommand({
        ClientId: app.clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: session.getRefreshToken().getToken() },
      }),
    )
  const revoked = { name: 'NotAuthorizedException', message: 'Refresh Token has been revoked' }

  it('signs out here and only here', async () => {
    await app.addUser('sam')
    const [here, there] = [userNamed('sam'), userNamed('sam')]
    const elsewhere = await signIn(there)
    const session = await signIn(here)
    await new Promise<void>((resolve) => here.signOut(resolve))
    await expect(refreshElsewhere(session)).rejects.toMatchObject(revoked)
    expect((await refreshElsewhere(elsewhere)).AuthenticationResult?.TokenType).toBe('Bearer')
  })

  it('signs out everywhere', async () => {
    await app.addUser('gus')
    const [here, there] = [userNamed('gus'), userNamed('gus')]
    const elsewhere = await signIn(there)
    await signIn(here)
    expect(await settled<string>((callbacks) => here.globalSignOut(callbacks))).toBe('SUCCESS')
    await expect(done((callback) => there.getUserAttributes(callback))).rejects.toMatchObject({ code: 'NotAuthorizedException' })
    await expect(refreshElsewhere(elsewhere)).rejects.toMatchObject(revoked)
  })

  it('deletes its own user', async () => {
    await app.addUser('dina')
    const user = userNamed('dina')
    await signIn(user)
    expect(await done<string>((callback) => user.deleteUser(callback))).toBe('SUCCESS')
    await expect(signIn(userNamed('dina'))).rejects.toMatchObject({ code: 'UserNotFoundException' })
  })
})
