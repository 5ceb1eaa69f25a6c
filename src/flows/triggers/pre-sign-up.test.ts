import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listed, userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
import { signIn } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'
import { brokenAnswers, createTriggerRecorder } from '../../../tests/support/trigger-recorder.ts'

const recorder = createTriggerRecorder()
let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
  pool = await makePool(server, {
    AutoVerifiedAttributes: ['email'],
    AliasAttributes: ['email'],
    LambdaConfig: recorder.config('PreSignUp', 'PostConfirmation'),
  })
})
afterAll(() => server.close())
beforeEach(() => {
  recorder.answer((event) => event)
  recorder.take()
})

const absent = async (of: MadePool, Username: string) =>
  expect((await server.refused('AdminGetUser', { UserPoolId: of.UserPoolId, Username }))[0]).toBe('UserNotFoundException')

describe('PreSignUp', () => {
  it('is asked about a sign-up with what came along, as in the guide', async () => {
    const email = 'mary@example.org'
    await server.ok('SignUp', {
      ClientId: pool.ClientId,
      Username: 'mary_major',
      Password: password,
      UserAttributes: listed({ email, name: 'Mary' }),
      ValidationData: [{ Name: 'invited', Value: 'yes' }],
      ClientMetadata: { IpAddress: '192.0.2.252' },
    })
    expect(recorder.take()).toEqual([
      {
        version: '1',
        triggerSource: 'PreSignUp_SignUp',
        region: 'us-east-1',
        userPoolId: pool.UserPoolId,
        userName: 'mary_major',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: pool.ClientId },
        request: {
          userAttributes: { email, name: 'Mary' },
          validationData: { invited: 'yes' },
          clientMetadata: { IpAddress: '192.0.2.252' },
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ])
    expect(await userOf(server, pool, 'mary_major')).toMatchObject({ status: 'UNCONFIRMED', attributes: { email_verified: 'false' } })
  })

  it('gets a null where there is no validation data, and the sub as the name of who signs up with an address', async () => {
    const named = await makePool(server, { UsernameAttributes: ['email'], LambdaConfig: recorder.config('PreSignUp') })
    const { UserSub } = await signUpUser(server, named, 'cleo@example.org')
    expect(recorder.take()).toMatchObject([
      { userName: UserSub, request: { userAttributes: { email: 'cleo@example.org' }, validationData: null } },
    ])
  })

  it('confirms and verifies: no code is sent, and the user can sign in by name and address', async () => {
    recorder.respond('PreSignUp', { autoConfirmUser: true, autoVerifyEmail: true })
    const email = 'auto@example.org'
    const { UserConfirmed, CodeDeliveryDetails, UserSub } = await signUpUser(server, pool, 'auto', { email })
    expect([UserConfirmed, CodeDeliveryDetails]).toEqual([true, undefined])
    expect(server.mailbox?.messages(email)).toEqual([])
    expect(await userOf(server, pool, 'auto')).toMatchObject({ status: 'CONFIRMED', attributes: { email, email_verified: 'true' } })
    expect(await signIn(server, pool, email)).toBe('tokens')
    const [, confirmation, ...others] = recorder.take()
    expect(confirmation).toMatchObject({
      triggerSource: 'PostConfirmation_ConfirmSignUp',
      userName: 'auto',
      request: { userAttributes: { sub: UserSub, 'cognito:user_status': 'CONFIRMED', email, email_verified: 'true' } },
    })
    expect(others).toEqual([])
  })

  it('verifies alone: the user still has to confirm', async () => {
    recorder.respond('PreSignUp', { autoVerifyEmail: true })
    await signUpUser(server, pool, 'verified', { email: 'verified@example.org' })
    expect(await userOf(server, pool, 'verified')).toMatchObject({ status: 'UNCONFIRMED', attributes: { email_verified: 'true' } })
    expect(await signIn(server, pool, 'verified')).toEqual(['UserNotConfirmedException', 'User is not confirmed.'])
  })

  it('takes the address from whoever signed in with it', async () => {
    const email = 'moved@example.org'
    await makeUser(server, pool.UserPoolId, 'before', { email, email_verified: 'true' })
    recorder.respond('PreSignUp', { autoConfirmUser: true, autoVerifyEmail: true })
    await signUpUser(server, pool, 'after', { email })
    expect(await userOf(server, pool, email)).toMatchObject({ username: 'after', attributes: { email_verified: 'true' } })
    expect((await userOf(server, pool, 'before')).attributes).toMatchObject({ email, email_verified: 'false' })
  })

  it.each([
    ['autoVerifyEmail', 'email'],
    ['autoVerifyPhone', 'phone_number'],
  ])('can not verify what is not there: %s', async (flag, attribute) => {
    recorder.respond('PreSignUp', { autoConfirmUser: true, [flag]: true })
    expect(await server.refused('SignUp', { ClientId: pool.ClientId, Username: 'bare', Password: password })).toEqual([
      'InvalidLambdaResponseException',
      `${flag} is set and the user has no ${attribute}`,
    ])
    await absent(pool, 'bare')
  })

  it.each([['true'], [1], [null]])('takes only true for true: %j', async (value) => {
    recorder.respond('PreSignUp', { autoConfirmUser: value, autoVerifyEmail: value, autoVerifyPhone: value })
    const { UserConfirmed } = await signUpUser(server, pool, `flag-${String(value)}`, { email: `flag-${String(value)}@example.org` })
    expect(UserConfirmed).toBe(false)
  })

  it.each(brokenAnswers('PreSignUp'))('%s: nobody is stored and nothing is sent', async (_what, handler, type, message) => {
    recorder.answer(handler)
    const input = {
      ClientId: pool.ClientId,
      Username: 'broken',
      Password: password,
      UserAttributes: listed({ email: 'broken@example.org' }),
    }
    expect(await server.refused('SignUp', input)).toEqual([type, message])
    const made = { UserPoolId: pool.UserPoolId, Username: 'broken', UserAttributes: listed({ email: 'broken@example.org' }) }
    expect(await server.refused('AdminCreateUser', made)).toEqual([type, message])
    await absent(pool, 'broken')
    expect(server.mailbox?.messages('broken@example.org')).toEqual([])
  })

  it('stops a sign-up when no function is mapped to it', async () => {
    const guarded = await makePool(server, { LambdaConfig: { PreSignUp: 'arn:aws:lambda:us-east-1:123456789012:function:none' } })
    const input = { ClientId: guarded.ClientId, Username: 'x', Password: password }
    expect((await server.refused('SignUp', input))[0]).toBe('UnexpectedLambdaException')
    await absent(guarded, 'x')
  })

  const refused = (Username: string, Password = password) => server.refused('SignUp', { ClientId: pool.ClientId, Username, Password })

  it('is not asked about a sign-up that breaks a rule, or an administrator’s user whose name is taken', async () => {
    await makeUser(server, pool.UserPoolId, 'taken')
    recorder.take()
    expect((await refused('weak', 'weak'))[0]).toBe('InvalidPasswordException')
    expect(await server.refused('AdminCreateUser', { UserPoolId: pool.UserPoolId, Username: 'taken' })).toEqual([
      'UsernameExistsException',
      'User account already exists',
    ])
    expect(recorder.take()).toEqual([])
  })

  it('is asked about a sign-up under a taken name, before the name is refused', async () => {
    await makeUser(server, pool.UserPoolId, 'had')
    recorder.take()
    expect(await refused('had')).toEqual(['UsernameExistsException', 'User already exists'])
    expect(recorder.take()).toMatchObject([{ triggerSource: 'PreSignUp_SignUp', userName: 'had' }])
    recorder.answer(() => {
      throw new Error('not you')
    })
    expect(await refused('had')).toEqual(['UserLambdaValidationException', 'PreSignUp failed with error not you.'])
  })

  it('may clear a stale sign-up out of the way', async () => {
    const { UserSub } = await signUpUser(server, pool, 'stale', { email: 'stale@example.org' })
    recorder.answer(async (event) => {
      await server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username: event.userName })
      return event
    })
    expect((await signUpUser(server, pool, 'stale', { email: 'stale@example.org' })).UserSub).not.toBe(UserSub)
  })
})

describe('PreSignUp of an administrator', () => {
  it('hears of the user and can only refuse', async () => {
    recorder.respond('PreSignUp', { autoConfirmUser: true, autoVerifyEmail: true })
    await server.ok('AdminCreateUser', {
      UserPoolId: pool.UserPoolId,
      Username: 'made',
      MessageAction: 'SUPPRESS',
      UserAttributes: listed({ name: 'Made' }),
      ValidationData: [{ Name: 'by', Value: 'hr' }],
      ClientMetadata: { ticket: '7' },
    })
    expect(recorder.take()).toEqual([
      {
        version: '1',
        triggerSource: 'PreSignUp_AdminCreateUser',
        region: 'us-east-1',
        userPoolId: pool.UserPoolId,
        userName: 'made',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'CLIENT_ID_NOT_APPLICABLE' },
        request: { userAttributes: { name: 'Made' }, validationData: { by: 'hr' }, clientMetadata: { ticket: '7' } },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ])
    expect(await userOf(server, pool, 'made')).toMatchObject({ status: 'FORCE_CHANGE_PASSWORD', attributes: { name: 'Made' } })
  })

  it('is not asked when an invitation is sent again', async () => {
    const input = { UserPoolId: pool.UserPoolId, Username: 'again', UserAttributes: listed({ email: 'again@example.org' }) }
    await server.ok('AdminCreateUser', input)
    recorder.take()
    await server.ok('AdminCreateUser', { ...input, MessageAction: 'RESEND' })
    expect(recorder.take()).toEqual([])
  })
})
