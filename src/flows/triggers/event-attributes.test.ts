import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { listed, userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
import { answer, everyFactor, makeMfaPool } from '../../../tests/support/mfa-pool.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'
import { createTriggerRecorder, recorderArn } from '../../../tests/support/trigger-recorder.ts'
import type { CreateUserPoolRequest } from '../../model/types.gen.ts'
import type { TriggerEvent } from '../../triggers/triggers.ts'

const recorder = createTriggerRecorder()
const sender = { LambdaArn: recorderArn, LambdaVersion: 'V1_0' } as const
const customSenders = {
  CustomEmailSender: sender,
  CustomSMSSender: sender,
  KMSKeyID: 'arn:aws:kms:us-east-1:123456789012:key/poolhouse',
}
const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' }
let server: Harness

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
})
afterAll(() => server.close())
beforeEach(() => {
  recorder.answer((event) => event)
  recorder.take()
})

const attributesIn = ({ request }: TriggerEvent) => request['userAttributes'] as Record<string, string>

/** Nobody waits for senders. */
const taken = async (count: number): Promise<TriggerEvent[]> => {
  const events: TriggerEvent[] = []
  await vi.waitFor(() => {
    events.push(...recorder.take())
    expect(events).toHaveLength(count)
  })
  return events
}

const addresses = { email: 'old@example.org', phone_number: '+14325550100' }
const verified = { email_verified: 'true', phone_number_verified: 'true' }

describe.each([
  ['a custom sender', customSenders],
  ['CustomMessage', recorder.config('CustomMessage')],
])('the event of a message to another address than the stored one, for %s', (_, LambdaConfig) => {
  const guarded = {
    AutoVerifiedAttributes: ['email', 'phone_number'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email', 'phone_number'] },
    SmsConfiguration,
    LambdaConfig,
  } satisfies Partial<CreateUserPoolRequest>

  it.each([
    ['email', 'new@example.org', 'phone_number'],
    ['phone_number', '+14325550199', 'email'],
  ] as const)('holds that one: %s', async (name, value, other) => {
    const pool = await makePool(server, { ...guarded, AliasAttributes: ['email', 'phone_number'] })
    await makeUser(server, pool.UserPoolId, 'ana', { ...addresses, ...verified })
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    await server.ok('UpdateUserAttributes', { AccessToken, UserAttributes: listed({ [name]: value }) })
    await server.ok('GetUserAttributeVerificationCode', { AccessToken, AttributeName: name })
    await server.ok('AdminUpdateUserAttributes', {
      UserPoolId: pool.UserPoolId,
      Username: 'ana',
      UserAttributes: listed({ [name]: `${value}1` }),
    })
    const events = await taken(3)
    expect(events.map(({ triggerSource }) => triggerSource.split('_')[1]).sort()).toEqual([
      'UpdateUserAttribute',
      'UpdateUserAttribute',
      'VerifyUserAttribute',
    ])
    expect(events.map((event) => attributesIn(event)[name]).sort()).toEqual([value, value, `${value}1`])
    for (const event of events) {
      expect(attributesIn(event)).toEqual({
        sub: expect.any(String),
        'cognito:user_status': 'CONFIRMED',
        [`cognito:${other}_alias`]: addresses[other],
        [name]: expect.any(String),
        [`${name}_verified`]: 'false',
        [other]: addresses[other],
        [`${other}_verified`]: 'true',
      })
      expect(JSON.stringify(event)).not.toContain(addresses[name])
    }
    expect((await userOf(server, pool, 'ana')).attributes).toMatchObject({ ...addresses, ...verified })
  })

  it('holds each its own where both change at once', async () => {
    const pool = await makePool(server, guarded)
    await makeUser(server, pool.UserPoolId, 'ana', { ...addresses, ...verified })
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    const UserAttributes = listed({ email: 'new@example.org', phone_number: '+14325550199' })
    await server.ok('UpdateUserAttributes', { AccessToken, UserAttributes })
    const events = await taken(2)
    expect(events.map((event) => [attributesIn(event)['email'], attributesIn(event)['phone_number']])).toEqual(
      expect.arrayContaining([
        ['new@example.org', addresses.phone_number],
        [addresses.email, '+14325550199'],
      ]),
    )
  })

  it('holds that one when MFA is set up with it', async () => {
    const pool = await makeMfaPool(server, 'ON', {
      factors: { EmailMfaConfiguration: everyFactor.EmailMfaConfiguration },
      pool: { LambdaConfig },
    })
    await makeUser(server, pool.UserPoolId, 'ana')
    const AuthParameters = { USERNAME: 'ana', PASSWORD: password }
    const { Session } = await server.ok('InitiateAuth', { ClientId: pool.ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })
    recorder.take()
    expect((await answer(server, pool, 'MFA_SETUP', 'ana', Session, { EMAIL: 'new@example.org' })).status).toBe(200)
    const [event] = await taken(1)
    expect(event?.triggerSource).toMatch(/_Authentication$/)
    expect(event && attributesIn(event)).toMatchObject({ email: 'new@example.org', email_verified: 'false' })
  })

  it('is that of the user where the address is the stored one', async () => {
    const pool = await makePool(server, guarded)
    await makeUser(server, pool.UserPoolId, 'ana', { ...addresses, ...verified })
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    await server.ok('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' })
    await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username: 'ana' })
    for (const event of await taken(2)) expect(attributesIn(event)).toMatchObject({ ...addresses, ...verified })
  })
})

describe('the addresses that sign a user in', () => {
  const LambdaConfig = recorder.config(
    'PreSignUp',
    'CustomMessage',
    'PostConfirmation',
    'PreAuthentication',
    'PostAuthentication',
    'PreTokenGeneration',
    'DefineAuthChallenge',
  )
  const poolOf = (settings: Partial<CreateUserPoolRequest>) =>
    makePool(
      server,
      { AutoVerifiedAttributes: ['email'], SmsConfiguration, LambdaConfig, ...settings },
      { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH'] },
    )

  /** What each event since the last time of asking says of them, by its source. */
  const told = (): Record<string, string> => {
    const entries = recorder.take().map((event): [string, string] => {
      const { 'cognito:email_alias': email = '-', 'cognito:phone_number_alias': phone = '-' } = attributesIn(event)
      return [event.triggerSource, `${email} ${phone}`]
    })
    return Object.fromEntries(entries)
  }

  const signIn = ({ ClientId }: MadePool, USERNAME: string) =>
    server.ok('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD: password } })

  const email = 'ana@example.org'

  it('are those of username attributes, verified or not, from the sign-up on', async () => {
    const pool = await poolOf({ UsernameAttributes: ['email', 'phone_number'] })
    await signUpUser(server, pool, email)
    expect(told()).toEqual({ PreSignUp_SignUp: '- -', CustomMessage_SignUp: `${email} -` })
    await server.ok('ConfirmSignUp', { ClientId: pool.ClientId, Username: email, ConfirmationCode: server.codeSentTo(email) })
    await signIn(pool, email)
    recorder.respond('DefineAuthChallenge', { issueTokens: true })
    await server.ok('InitiateAuth', { ClientId: pool.ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: email } })
    expect(told()).toEqual({
      PostConfirmation_ConfirmSignUp: `${email} -`,
      PreAuthentication_Authentication: `${email} -`,
      PostAuthentication_Authentication: `${email} -`,
      TokenGeneration_Authentication: `${email} -`,
      DefineAuthChallenge_Authentication: `${email} -`,
    })
    const phone = '+14325550111'
    await signUpUser(server, pool, phone)
    recorder.take()
    await server.ok('AdminConfirmSignUp', { UserPoolId: pool.UserPoolId, Username: phone })
    expect(told()).toEqual({ PostConfirmation_ConfirmSignUp: `- ${phone}` })
  })

  it('are not an address beside the one that the user was made with', async () => {
    const pool = await poolOf({ UsernameAttributes: ['email', 'phone_number'] })
    await makeUser(server, pool.UserPoolId, email, { phone_number: '+14325550112', phone_number_verified: 'true' })
    recorder.take()
    await signIn(pool, email)
    expect(told()).toMatchObject({ PostAuthentication_Authentication: `${email} -` })
  })

  it('are aliases once they are verified', async () => {
    const pool = await poolOf({ AliasAttributes: ['email', 'phone_number', 'preferred_username'] })
    const phone_number = '+14325550113'
    await makeUser(server, pool.UserPoolId, 'ana', { email, phone_number, phone_number_verified: 'true', preferred_username: 'annie' })
    recorder.take()
    await signIn(pool, 'ana')
    expect(told()).toMatchObject({ PostAuthentication_Authentication: `- ${phone_number}` })
    await server.ok('AdminUpdateUserAttributes', {
      UserPoolId: pool.UserPoolId,
      Username: 'ana',
      UserAttributes: listed({ email_verified: 'true' }),
    })
    await signIn(pool, 'ana')
    expect(told()).toMatchObject({ PostAuthentication_Authentication: `${email} ${phone_number}` })
  })

  it('are no longer those of a user whose alias went to somebody else', async () => {
    const pool = await poolOf({ AliasAttributes: ['email'] })
    for (const name of ['first', 'second'])
      await server.ok('AdminCreateUser', {
        UserPoolId: pool.UserPoolId,
        Username: name,
        ForceAliasCreation: true,
        MessageAction: 'SUPPRESS',
        UserAttributes: listed({ email, email_verified: 'true' }),
      })
    for (const Username of ['first', 'second'])
      await server.ok('AdminSetUserPassword', { UserPoolId: pool.UserPoolId, Username, Password: password, Permanent: true })
    recorder.take()
    await signIn(pool, 'first')
    expect(told()).toMatchObject({ PostAuthentication_Authentication: '- -' })
    await signIn(pool, 'second')
    expect(told()).toMatchObject({ PostAuthentication_Authentication: `${email} -` })
  })

  it('are none in pools whose users sign in with a name alone', async () => {
    const pool = await poolOf({})
    await makeUser(server, pool.UserPoolId, 'ana', { email, email_verified: 'true' })
    recorder.take()
    await signIn(pool, 'ana')
    expect(told()).toEqual({
      PreAuthentication_Authentication: '- -',
      PostAuthentication_Authentication: '- -',
      TokenGeneration_Authentication: '- -',
    })
  })
})
