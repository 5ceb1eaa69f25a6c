import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
import { atOnce, outcomes } from '../../../tests/support/parallel.ts'
import { signIn } from '../../../tests/support/sign-in.ts'
import { brokenAnswers, createTriggerRecorder } from '../../../tests/support/trigger-recorder.ts'

const recorder = createTriggerRecorder()
const LambdaConfig = recorder.config('UserMigration')
let server: Harness
let pool: MadePool
let hiding: MadePool

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
  pool = await makePool(server, { LambdaConfig, AutoVerifiedAttributes: ['email'] })
  hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
})
afterAll(() => server.close())
beforeEach(() => {
  recorder.answer((event) => event)
  recorder.take()
})

const quiet = { messageAction: 'SUPPRESS' }
const confirmed = { finalUserStatus: 'CONFIRMED', ...quiet }
const migrates = (userAttributes: Record<string, unknown>, response: Record<string, unknown> = confirmed) =>
  recorder.respond('UserMigration', { userAttributes, ...response })

const notMigrated = () => ['UserNotFoundException', `Exception migrating user in app client ${pool.ClientId}`]
const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']

const absent = async (Username: string, of: MadePool = pool) =>
  expect((await server.refused('AdminGetUser', { UserPoolId: of.UserPoolId, Username }))[0]).toBe('UserNotFoundException')

describe('migration at sign-in', () => {
  it('asks with the password, creates the user and signs in; later sign-ins are nothing to the function', async () => {
    migrates({ email: 'ana@example.org', email_verified: true, name: 'Ana' })
    const { AuthenticationResult } = await server.ok('InitiateAuth', {
      ClientId: pool.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: 'weak' },
      ClientMetadata: { from: 'web' },
    })
    expect(AuthenticationResult.AccessToken).toEqual(expect.any(String))
    expect(recorder.take()).toEqual([
      {
        version: '1',
        triggerSource: 'UserMigration_Authentication',
        region: 'us-east-1',
        userPoolId: pool.UserPoolId,
        userName: 'ana',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: pool.ClientId },
        request: { password: 'weak', validationData: { from: 'web' }, userAttributes: null },
        response: {
          userAttributes: null,
          finalUserStatus: null,
          messageAction: null,
          desiredDeliveryMediums: null,
          forceAliasCreation: null,
          enableSMSMFA: null,
        },
      },
    ])
    expect(await userOf(server, pool, 'ana')).toMatchObject({
      status: 'CONFIRMED',
      attributes: { email: 'ana@example.org', email_verified: 'true', name: 'Ana' },
    })
    expect(await signIn(server, pool, 'ana', 'weak')).toBe('tokens')
    expect(await signIn(server, pool, 'ana', 'other')).toEqual(incorrect)
    expect(recorder.take()).toEqual([])
  })

  it('is not asked for the address of somebody who signs in with another one', async () => {
    const either = await makePool(server, { LambdaConfig, UsernameAttributes: ['email', 'phone_number'] })
    await makeUser(server, either.UserPoolId, 'eve@example.org', { phone_number: '+15550133' })
    const [type] = (await signIn(server, either, '+15550133')) as string[]
    expect([type, recorder.take()]).toEqual(['UserNotFoundException', []])
  })

  it('works for a server too', async () => {
    migrates({ name: 'Srv' })
    const { AuthenticationResult } = await server.ok('AdminInitiateAuth', {
      UserPoolId: pool.UserPoolId,
      ClientId: pool.ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'srv', PASSWORD: password },
    })
    expect(AuthenticationResult.AccessToken).toEqual(expect.any(String))
  })

  it('leaves users with a password to reset unless the function says CONFIRMED', async () => {
    migrates({ email: 'reset@example.org', email_verified: 'true' }, quiet)
    expect(await signIn(server, pool, 'reset')).toEqual(['PasswordResetRequiredException', 'Password reset required for the user'])
    expect((await userOf(server, pool, 'reset')).status).toBe('RESET_REQUIRED')
    await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username: 'reset' })
    const ConfirmationCode = server.codeSentTo('reset@example.org')
    await server.ok('ConfirmForgotPassword', { ClientId: pool.ClientId, Username: 'reset', ConfirmationCode, Password: password })
    expect(await signIn(server, pool, 'reset')).toBe('tokens')
  })

  it.each([
    ['an event as it came', {}],
    ['no attributes', { userAttributes: {} }],
    ['a name alone', { userAttributes: { username: 'nobody' } }],
  ])('takes %s for nobody', async (what, response) => {
    recorder.respond('UserMigration', { ...confirmed, ...response })
    const name = what.replaceAll(' ', '-')
    expect(await signIn(server, pool, name)).toEqual(notMigrated())
    expect(await signIn(server, hiding, name)).toEqual(incorrect)
    await absent(name)
  })

  it.each(brokenAnswers('UserMigration'))('%s: nobody is created', async (what, handler, type, message) => {
    recorder.answer(handler)
    const name = `broken-${what.replaceAll(' ', '-')}`
    expect(await signIn(server, pool, name)).toEqual([type, message])
    expect(await signIn(server, hiding, name)).toEqual(incorrect)
    await absent(name)
  })

  it.each<[string, Record<string, unknown>, string, string]>([
    [
      'an attribute that the pool does not have',
      { 'custom:none': '1' },
      'InvalidParameterException',
      'Attributes did not conform to the schema: custom:none: Attribute does not exist in the schema.\n',
    ],
    ['an address that is none', { email: 'x' }, 'InvalidParameterException', 'Invalid email address format.'],
    ['an attribute that is no text', { email: { a: 1 } }, 'InvalidLambdaResponseException', 'Unrecognizable lambda output'],
    [
      'another name than the one that was typed',
      { username: 'someone-else', name: 'x' },
      'InvalidParameterException',
      'The migrated username must be the one that was given, or one of its aliases must be.',
    ],
  ])('refuses %s', async (_what, attributes, type, message) => {
    migrates(attributes)
    expect(await signIn(server, pool, 'unsound')).toEqual([type, message])
    await absent('unsound')
    await absent('someone-else')
  })

  it('is asked neither about known users nor without a password', async () => {
    await makeUser(server, pool.UserPoolId, 'known')
    expect(await signIn(server, pool, 'known', 'wrong')).toEqual(incorrect)
    const srp = { ClientId: pool.ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: 'unknown', SRP_A: 'ab'.repeat(192) } }
    expect((await server.refused('InitiateAuth', srp))[0]).toBe('UserNotFoundException')
    expect(recorder.take()).toEqual([])
  })

  it('is not asked again and again: refusals lock the name', async () => {
    recorder.answer(() => {
      throw new Error('Bad password')
    })
    const words: unknown[] = []
    for (let guess = 0; guess < 6; guess += 1) words.push(await signIn(server, pool, 'guessed', `guess-${guess}`))
    expect(words.slice(0, 5)).toEqual(Array(5).fill(['UserLambdaValidationException', 'UserMigration failed with error Bad password.']))
    expect(words[5]).toEqual(['NotAuthorizedException', 'Password attempts exceeded'])
    expect(recorder.take()).toHaveLength(5)
    server.clock.advance(1000)
    migrates({ name: 'Guessed' })
    expect(await signIn(server, pool, 'guessed')).toBe('tokens')
  })

  it('makes one user of many migrations at once, who has one password', async () => {
    migrates({ email: 'race@example.org', email_verified: 'true' })
    const call = (PASSWORD: string) =>
      server.call('InitiateAuth', {
        ClientId: pool.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'race', PASSWORD },
      })
    expect(await outcomes(Array.from({ length: 4 }, () => call(password)))).toEqual({ ok: 4 })
    const { Users } = await server.ok('ListUsers', { UserPoolId: pool.UserPoolId, Filter: 'email = "race@example.org"' })
    expect(Users).toHaveLength(1)
  })

  it('lets nobody in by a password that another migration of the name did not store', async () => {
    migrates({ name: 'Two' })
    const call = (PASSWORD: string) =>
      server.call('InitiateAuth', {
        ClientId: pool.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'two', PASSWORD },
      })
    const answers = await Promise.all(Array.from({ length: atOnce }, (_, place) => call(place % 2 ? 'first-word' : 'second-word')))
    const good = await Promise.all(['first-word', 'second-word'].map((word) => signIn(server, pool, 'two', word)))
    expect(good.filter((outcome) => outcome === 'tokens').length).toBeLessThanOrEqual(1)
    const winner = answers.findIndex(({ status }) => status === 200) % 2
    expect(answers.filter(({ status }, place) => status === 200 && place % 2 !== winner)).toEqual([])
  })

  it('passes PreSignUp, which can refuse', async () => {
    const both = await makePool(server, { LambdaConfig: recorder.config('UserMigration', 'PreSignUp') })
    recorder.answer((event) => {
      if (event.triggerSource.startsWith('PreSignUp')) throw new Error('no more users')
      return { ...event, response: { ...event.response, ...confirmed, userAttributes: { name: 'Zoe' } } }
    })
    expect(await signIn(server, both, 'zoe')).toEqual(['UserLambdaValidationException', 'PreSignUp failed with error no more users.'])
    const [, preSignUp] = recorder.take()
    expect(preSignUp).toMatchObject({
      triggerSource: 'PreSignUp_AdminCreateUser',
      userName: 'zoe',
      callerContext: { clientId: both.ClientId },
      request: { userAttributes: { name: 'Zoe' }, validationData: null },
    })
    expect(JSON.stringify(preSignUp)).not.toContain(password)
    await absent('zoe', both)
  })
})

describe('names and addresses of migrated users', () => {
  it('are the address in a pool whose users sign in with one', async () => {
    const named = await makePool(server, { LambdaConfig, UsernameAttributes: ['email'] })
    migrates({ email: 'cleo@example.org', email_verified: 'true' })
    expect(await signIn(server, named, 'cleo@example.org')).toBe('tokens')
    const { username, attributes } = await userOf(server, named, 'cleo@example.org')
    expect(username).toMatch(/^[0-9a-f-]{36}$/)
    expect(attributes).toEqual({ email: 'cleo@example.org', email_verified: 'true' })
  })

  it('can be another user name for who typed an alias', async () => {
    const aliased = await makePool(server, { LambdaConfig, AliasAttributes: ['email'] })
    const email = 'dora@example.org'
    migrates({ email, email_verified: 'true' })
    expect(await signIn(server, aliased, email)).toEqual([
      'InvalidParameterException',
      'Username cannot be of email format, since user pool is configured for email alias.',
    ])
    migrates({ username: 'dora', email, email_verified: 'true' })
    expect(await signIn(server, aliased, email)).toBe('tokens')
    expect(await signIn(server, aliased, 'dora')).toBe('tokens')
  })

  it('take an address from its holder only when the function says so', async () => {
    const aliased = await makePool(server, { LambdaConfig, AliasAttributes: ['email'] })
    const email = 'held@example.org'
    await makeUser(server, aliased.UserPoolId, 'holder', { email, email_verified: 'true' })
    migrates({ email, email_verified: 'true' })
    expect(await signIn(server, aliased, 'taker')).toEqual([
      'UserNotFoundException',
      `Exception migrating user in app client ${aliased.ClientId}`,
    ])
    await absent('taker', aliased)
    migrates({ email, email_verified: 'true' }, { ...confirmed, forceAliasCreation: true })
    expect(await signIn(server, aliased, 'taker')).toBe('tokens')
    expect((await userOf(server, aliased, email)).username).toBe('taker')
    expect((await userOf(server, aliased, 'holder')).attributes).toMatchObject({ email_verified: 'false' })
  })
})

describe('what else the function may say', () => {
  it('welcomes by the mediums that it names, without a password', async () => {
    migrates(
      { email: 'wel@example.org', phone_number: '+14325550111' },
      { finalUserStatus: 'CONFIRMED', desiredDeliveryMediums: ['EMAIL', 'SMS'] },
    )
    expect(await signIn(server, pool, 'wel')).toBe('tokens')
    await vi.waitFor(() => expect(server.mailbox?.messages('wel@example.org')).toHaveLength(1))
    const [byEmail] = server.mailbox?.messages('wel@example.org') ?? []
    expect(byEmail).toMatchObject({ body: 'Your username is wel.' })
    expect(server.mailbox?.messages('+14325550111')).toHaveLength(1)
    migrates({ email: 'sup@example.org' })
    await signIn(server, pool, 'sup')
    expect(server.mailbox?.messages('sup@example.org')).toEqual([])
  })

  it('switches SMS MFA on where the pool has it', async () => {
    const attributes = { phone_number: '+14325550122', phone_number_verified: 'true' }
    migrates(attributes, { ...confirmed, enableSMSMFA: true })
    expect((await signIn(server, pool, 'mfa'))[0]).toBe('InvalidParameterException')
    const guarded = await makePool(server, {
      LambdaConfig,
      MfaConfiguration: 'OPTIONAL',
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' },
    })
    migrates({ name: 'No phone' }, { ...confirmed, enableSMSMFA: true })
    expect((await signIn(server, guarded, 'mfa'))[0]).toBe('InvalidParameterException')
    migrates(attributes, { ...confirmed, enableSMSMFA: true })
    expect(await signIn(server, guarded, 'mfa')).toBe('SMS_MFA')
    const user = await server.ok('AdminGetUser', { UserPoolId: guarded.UserPoolId, Username: 'mfa' })
    expect(user).toMatchObject({ UserMFASettingList: ['SMS_MFA'], PreferredMfaSetting: 'SMS_MFA' })
  })
})

describe('migration of who forgot the password', () => {
  it('asks without a password, and sends the code to the address that came', async () => {
    migrates({ email: 'lost@example.org', email_verified: 'true' }, quiet)
    const { CodeDeliveryDetails } = await server.ok('ForgotPassword', {
      ClientId: pool.ClientId,
      Username: 'lost',
      ClientMetadata: { page: 'reset' },
    })
    expect(CodeDeliveryDetails).toEqual({ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'l***@e***' })
    expect(recorder.take()).toMatchObject([{ triggerSource: 'UserMigration_ForgotPassword', userName: 'lost' }])
    const ConfirmationCode = server.codeSentTo('lost@example.org')
    await server.ok('ConfirmForgotPassword', { ClientId: pool.ClientId, Username: 'lost', ConfirmationCode, Password: password })
    expect(await signIn(server, pool, 'lost')).toBe('tokens')
  })

  it('has no password in the request', async () => {
    await server.call('ForgotPassword', { ClientId: pool.ClientId, Username: 'eve', ClientMetadata: { page: 'reset' } })
    expect(recorder.take().map(({ request }) => request)).toEqual([
      { validationData: null, userAttributes: null, clientMetadata: { page: 'reset' } },
    ])
  })

  it('tells of nobody what the client may tell', async () => {
    expect(await server.refused('ForgotPassword', { ClientId: pool.ClientId, Username: 'gone' })).toEqual(notMigrated())
    const plain = await makePool(server, { AutoVerifiedAttributes: ['email'] }, { PreventUserExistenceErrors: 'ENABLED' })
    const pretended = await server.ok('ForgotPassword', { ClientId: plain.ClientId, Username: 'gone@example.org' })
    recorder.answer(() => {
      throw new Error('never heard of them')
    })
    expect(await server.ok('ForgotPassword', { ClientId: hiding.ClientId, Username: 'gone@example.org' })).toEqual(pretended)
    migrates({ email: 'not an address' })
    expect(await server.ok('ForgotPassword', { ClientId: hiding.ClientId, Username: 'gone@example.org' })).toEqual(pretended)
    await absent('gone@example.org')
  })

  it('is under the hourly allowance', async () => {
    const kinds: Record<string, number> = {}
    for (let call = 0; call < 21; call += 1) {
      const [type] = await server.refused('ForgotPassword', { ClientId: pool.ClientId, Username: 'often' })
      kinds[type] = (kinds[type] ?? 0) + 1
    }
    expect(kinds).toEqual({ UserNotFoundException: 20, LimitExceededException: 1 })
    expect(recorder.take()).toHaveLength(20)
  })
})
