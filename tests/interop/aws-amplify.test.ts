import { GetUserCommand } from '@aws-sdk/client-cognito-identity-provider'
import { Amplify } from 'aws-amplify'
import {
  autoSignIn,
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  confirmUserAttribute,
  deleteUser,
  fetchAuthSession,
  fetchUserAttributes,
  getCurrentUser,
  resendSignUpCode,
  resetPassword,
  signIn,
  signOut,
  signUp,
  updatePassword,
  updateUserAttributes,
} from 'aws-amplify/auth'
import { ConsoleLogger } from 'aws-amplify/utils'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type App, password, setUpApp, startApp } from '../support/start-app.ts'

let app: Awaited<ReturnType<typeof startApp>>

const configure = ({ poolId, clientId }: App) =>
  Amplify.configure({ Auth: { Cognito: { userPoolId: poolId, userPoolClientId: clientId, userPoolEndpoint: app.server.url } } })

beforeAll(async () => {
  // It warns of every endpoint that is not Amazon's.
  ConsoleLogger.LOG_LEVEL = 'ERROR'
  app = await startApp()
  configure(app)
})
afterEach(() => signOut())
afterAll(() => app.server.stop())

const signedIn = { isSignedIn: true, nextStep: { signInStep: 'DONE' } }
const accessToken = async () => (await fetchAuthSession()).tokens?.accessToken

describe('aws-amplify 6', () => {
  it('signs up, resends the code, confirms, signs in by itself and knows who it is', async () => {
    const { userId, nextStep } = await signUp({
      username: 'ana',
      password,
      options: { userAttributes: { email: 'ana@example.org', name: 'Ana' }, autoSignIn: { authFlowType: 'USER_SRP_AUTH' } },
    })
    expect(nextStep).toMatchObject({
      signUpStep: 'CONFIRM_SIGN_UP',
      codeDeliveryDetails: { deliveryMedium: 'EMAIL', destination: 'a***@e***', attributeName: 'email' },
    })
    expect(await resendSignUpCode({ username: 'ana' })).toMatchObject({ destination: 'a***@e***' })
    const confirmationCode = await app.server.mailbox.code('ana@example.org')
    expect((await confirmSignUp({ username: 'ana', confirmationCode })).nextStep.signUpStep).toBe('COMPLETE_AUTO_SIGN_IN')
    expect(await autoSignIn()).toEqual(signedIn)
    expect(await getCurrentUser()).toEqual({
      username: 'ana',
      userId,
      signInDetails: { loginId: 'ana', authFlowType: 'USER_SRP_AUTH' },
    })
    expect(await fetchUserAttributes()).toEqual({ sub: userId, email: 'ana@example.org', email_verified: 'true', name: 'Ana' })
  })

  it('asks for the confirmation that a user still owes', async () => {
    await signUp({ username: 'una', password, options: { userAttributes: { email: 'una@example.org' } } })
    expect((await signIn({ username: 'una', password })).nextStep.signInStep).toBe('CONFIRM_SIGN_UP')
  })

  it.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const)('signs in with %s and refuses a wrong password', async (authFlowType) => {
    const username = `with-${authFlowType.toLowerCase()}`
    await app.addUser(username)
    await expect(signIn({ username, password: 'Wrong-Horse-7', options: { authFlowType } })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    })
    expect(await signIn({ username, password, options: { authFlowType } })).toEqual(signedIn)
    const { tokens } = await fetchAuthSession()
    expect(tokens?.idToken?.payload).toMatchObject({ 'cognito:username': username, aud: app.clientId })
  })

  it('replaces a temporary password and fills in an attribute', async () => {
    await app.inviteUser('ivan', 'Temporary-Word-1')
    const { nextStep } = await signIn({ username: 'ivan', password: 'Temporary-Word-1' })
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED')
    expect(await confirmSignIn({ challengeResponse: password, options: { userAttributes: { name: 'Ivan' } } })).toEqual(signedIn)
    expect((await fetchUserAttributes()).name).toBe('Ivan')
  })

  it('refreshes when told to', async () => {
    await app.addUser('rita')
    await signIn({ username: 'rita', password })
    const first = await accessToken()
    expect((await accessToken())?.toString()).toBe(first?.toString())
    const { tokens: second } = await fetchAuthSession({ forceRefresh: true })
    expect(second?.accessToken.toString()).not.toBe(first?.toString())
    expect(second?.accessToken.payload).toMatchObject({
      origin_jti: first?.payload['origin_jti'],
      auth_time: first?.payload['auth_time'],
    })
    expect(second?.idToken?.payload['cognito:username']).toBe('rita')
    expect((await fetchUserAttributes()).email).toBe('rita@example.org')
  })

  it('refreshes by itself when the tokens have run out', async () => {
    await app.addUser('oona')
    await signIn({ username: 'oona', password })
    const first = await accessToken()
    const later = Date.now() + 61 * 60_000
    vi.useFakeTimers({ toFake: ['Date'], now: later })
    await app.server.clock.set(later)
    expect((await accessToken())?.payload.exp).toBeGreaterThan(first?.payload.exp ?? Number.NaN)
    expect((await fetchUserAttributes()).email).toBe('oona@example.org')
    vi.useRealTimers()
    await app.server.clock.set(Date.now())
  })

  it('changes attributes and confirms the new address', async () => {
    await app.addUser('alma')
    await signIn({ username: 'alma', password })
    const updated = await updateUserAttributes({ userAttributes: { email: 'alma.new@example.org', name: 'Alma Ångström' } })
    expect(updated.name).toEqual({ isUpdated: true, nextStep: { updateAttributeStep: 'DONE' } })
    expect(updated.email?.nextStep).toMatchObject({
      updateAttributeStep: 'CONFIRM_ATTRIBUTE_WITH_CODE',
      codeDeliveryDetails: { deliveryMedium: 'EMAIL', destination: 'a***@e***' },
    })
    const confirmationCode = await app.server.mailbox.code('alma.new@example.org')
    await confirmUserAttribute({ userAttributeKey: 'email', confirmationCode })
    expect(await fetchUserAttributes()).toMatchObject({ email: 'alma.new@example.org', email_verified: 'true', name: 'Alma Ångström' })
  })

  it('changes the password, and resets a forgotten one', async () => {
    await app.addUser('carl')
    await signIn({ username: 'carl', password })
    await updatePassword({ oldPassword: password, newPassword: 'Another-Horse-8' })
    await signOut()
    const { nextStep } = await resetPassword({ username: 'carl' })
    expect(nextStep).toMatchObject({
      resetPasswordStep: 'CONFIRM_RESET_PASSWORD_WITH_CODE',
      codeDeliveryDetails: { deliveryMedium: 'EMAIL', destination: 'c***@e***' },
    })
    const confirmationCode = await app.server.mailbox.code('carl@example.org')
    await confirmResetPassword({ username: 'carl', confirmationCode, newPassword: 'Third-Horse-9' })
    await expect(signIn({ username: 'carl', password: 'Another-Horse-8' })).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    expect(await signIn({ username: 'carl', password: 'Third-Horse-9' })).toEqual(signedIn)
  })

  it('signs out here, which ends the session, and everywhere', async () => {
    await app.addUser('gus')
    for (const global of [false, true]) {
      await signIn({ username: 'gus', password })
      const token = await accessToken()
      await signOut({ global })
      await expect(getCurrentUser()).rejects.toMatchObject({ name: 'UserUnAuthenticatedException' })
      await expect(app.admin.send(new GetUserCommand({ AccessToken: token?.toString() }))).rejects.toMatchObject({
        message: 'Access Token has been revoked',
      })
    }
  })

  it('signs in with an e-mail address, in whatever case, where that is the user name', async () => {
    configure(await setUpApp(app.server.url, { pool: { UsernameAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } } }))
    const { userId } = await signUp({ username: 'Mary@Example.org', password })
    const confirmationCode = await app.server.mailbox.code('Mary@Example.org')
    await confirmSignUp({ username: 'mary@example.org', confirmationCode })
    expect(await signIn({ username: 'MARY@example.org', password })).toEqual(signedIn)
    expect(await getCurrentUser()).toMatchObject({ username: userId, userId })
    expect((await fetchAuthSession({ forceRefresh: true })).tokens?.idToken?.payload['cognito:username']).toBe(userId)
    configure(app)
  })

  it('deletes its own user', async () => {
    await app.addUser('dina')
    await signIn({ username: 'dina', password })
    await deleteUser()
    await expect(signIn({ username: 'dina', password })).rejects.toMatchObject({ name: 'UserNotFoundException' })
  })
})
