import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listed, userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { everyFlow, type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
import { atOnce, outcomes } from '../../../tests/support/parallel.ts'
import { signIn } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'
import { callUndelivered } from '../../../tests/support/undeliverable.ts'
import { secretHash } from '../../crypto/secret-hash.ts'
import type { CreateUserPoolRequest } from '../../model/types.gen.ts'

let server: Harness
let pool: MadePool
let named: MadePool

const sms = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } }

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, {
    AutoVerifiedAttributes: ['email'],
    Schema: [
      { Name: 'email', Required: true },
      { Name: 'tenant', AttributeDataType: 'String', Mutable: false },
      { Name: 'age', AttributeDataType: 'Number' },
    ],
  })
  named = await makePool(server, { UsernameAttributes: ['email', 'phone_number'], AutoVerifiedAttributes: ['email'] })
})
afterAll(() => server.close())

const signUp = (
  of: Pick<MadePool, 'ClientId'>,
  Username: string,
  attributes: Record<string, string> = {},
  Password: string = password,
) => ({
  ClientId: of.ClientId,
  Username,
  Password,
  UserAttributes: listed(attributes),
})

describe('SignUp', () => {
  it('registers an unconfirmed user and sends a code to the address', async () => {
    const email = 'ana@example.org'
    const answer = await signUpUser(server, pool, 'ana', { email, name: 'Ana', 'custom:tenant': 'acme', 'custom:age': '41' })
    expect(answer).toEqual({
      UserConfirmed: false,
      UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' },
    })
    expect(await userOf(server, pool, 'ana')).toEqual({
      username: 'ana',
      status: 'UNCONFIRMED',
      enabled: true,
      attributes: { email, email_verified: 'false', name: 'Ana', 'custom:tenant': 'acme', 'custom:age': '41' },
    })
    const [message, ...others] = server.mailbox?.messages(email) ?? []
    expect(message).toMatchObject({
      medium: 'EMAIL',
      subject: 'Your verification code',
      body: `Your verification code is ${server.codeSentTo(email)}`,
    })
    expect(others).toEqual([])
  })

  it('gives a Session to clients that may sign in with it', async () => {
    const client = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_USER_AUTH'] })
    const { Session } = await signUpUser(server, client, 'session', { email: 'session@example.org' })
    expect(Session).toMatch(/^AYAB/)
  })

  it.each<[string, Record<string, string>, string, string, string]>([
    [
      'x',
      { email: 'x@example.org' },
      'Short-7',
      'InvalidPasswordException',
      'Password did not conform with policy: Password not long enough',
    ],
    ['x', {}, password, 'InvalidParameterException', 'Attributes did not conform to the schema: email: The attribute is required\n'],
    [
      'x',
      { email: '' },
      password,
      'InvalidParameterException',
      'Attributes did not conform to the schema: email: The attribute is required\n',
    ],
    ['x', { email: 'x' }, password, 'InvalidParameterException', 'Invalid email address format.'],
    [
      'x',
      { email: 'x@example.org', 'custom:none': '1' },
      password,
      'InvalidParameterException',
      'Attributes did not conform to the schema: custom:none: Attribute does not exist in the schema.\n',
    ],
    [
      'x',
      { email: 'x@example.org', 'custom:age': 'old' },
      password,
      'InvalidParameterException',
      'Attributes did not conform to the schema: custom:age: Value must be a number\n',
    ],
    [
      'x',
      { email: 'x@example.org', email_verified: 'true' },
      password,
      'NotAuthorizedException',
      'A client attempted to write unauthorized attribute',
    ],
    ['x', { email: 'x@example.org', sub: 'x' }, password, 'NotAuthorizedException', 'A client attempted to write unauthorized attribute'],
    [
      'a\u200bb',
      { email: 'x@example.org' },
      password,
      'InvalidParameterException',
      "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
    ],
  ])('refuses %j with %j and %j', async (name, attributes, offered, type, sentence) => {
    expect(await server.refused('SignUp', signUp(pool, name, attributes, offered))).toEqual([type, sentence])
  })

  it('refuses a password that is not given', async () => {
    const { Password: _, ...input } = signUp(pool, 'x', { email: 'x@example.org' })
    expect((await server.refused('SignUp', input))[0]).toBe('InvalidPasswordException')
  })

  it('writes only what the client may (must-not-happen 31)', async () => {
    const client = await makeClient(server, pool.UserPoolId, { WriteAttributes: ['email', 'name'] })
    const refusal = ['NotAuthorizedException', 'A client attempted to write unauthorized attribute']
    expect(await server.refused('SignUp', signUp(client, 'w', { email: 'w@example.org', nickname: 'w' }))).toEqual(refusal)
    await server.ok('SignUp', signUp(client, 'w', { email: 'w@example.org', name: 'w' }))
  })

  it('is refused where only administrators make users, and by clients that do not exist', async () => {
    const closed = await makePool(server, { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } })
    expect(await server.refused('SignUp', signUp(closed, 'x'))).toEqual([
      'NotAuthorizedException',
      'SignUp is not permitted for this user pool',
    ])
    expect(await server.refused('SignUp', signUp({ ClientId: 'none' }, 'x'))).toEqual([
      'ResourceNotFoundException',
      'User pool client none does not exist.',
    ])
  })

  it('wants the secret hash of a client with a secret', async () => {
    const { ClientId, ClientSecret } = await makeClient(server, pool.UserPoolId, { GenerateSecret: true })
    const input = signUp({ ClientId }, 'hash', { email: 'hash@example.org' })
    expect(await server.refused('SignUp', input)).toEqual([
      'NotAuthorizedException',
      `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
    ])
    const wrong = secretHash('other', ClientId, ClientSecret)
    expect(await server.refused('SignUp', { ...input, SecretHash: wrong })).toEqual([
      'NotAuthorizedException',
      `Unable to verify secret hash for client ${ClientId}`,
    ])
    await server.ok('SignUp', { ...input, SecretHash: secretHash('hash', ClientId, ClientSecret) })
  })

  it('leaves the user when the code could not be sent', async () => {
    const email = 'mute@example.org'
    expect(await callUndelivered(server, 'SignUp', signUp(pool, 'mute', { email }))).toEqual([
      'CodeDeliveryFailureException',
      'The message could not be delivered.',
    ])
    expect(await userOf(server, pool, 'mute')).toMatchObject({ status: 'UNCONFIRMED' })
    await server.ok('ResendConfirmationCode', { ClientId: pool.ClientId, Username: 'mute' })
    await server.ok('ConfirmSignUp', { ClientId: pool.ClientId, Username: 'mute', ConfirmationCode: server.codeSentTo(email) })
  })
})

describe('the code of a sign-up', () => {
  const both = { email: 'm@example.org', phone_number: '+14325550100' }
  it.each<[CreateUserPoolRequest['AutoVerifiedAttributes'], Record<string, string>, unknown]>([
    [undefined, both, undefined],
    [['email'], both, { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'm***@e***' }],
    [['email', 'phone_number'], both, { AttributeName: 'phone_number', DeliveryMedium: 'SMS', Destination: '+*******0100' }],
    [['email', 'phone_number'], { email: both.email }, { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'm***@e***' }],
    [['email'], { phone_number: both.phone_number }, undefined],
  ])('with %j verified and %j', async (AutoVerifiedAttributes, attributes, details) => {
    const of = await makePool(server, { ...(AutoVerifiedAttributes && { AutoVerifiedAttributes }), ...sms })
    expect((await signUpUser(server, of, 'mia', attributes)).CodeDeliveryDetails).toEqual(details)
  })
})

describe('names that are taken', () => {
  const exists = ['UsernameExistsException', 'User already exists']

  it('are refused in every form that signs in alike (must-not-happen 24)', async () => {
    const open = await makePool(server, { UsernameConfiguration: { CaseSensitive: false } })
    await signUpUser(server, open, 'José')
    for (const name of ['José', 'jos\u00e9', 'JOSE\u0301']) expect(await server.refused('SignUp', signUp(open, name))).toEqual(exists)
    const exact = await makePool(server)
    await signUpUser(server, exact, 'José')
    expect(await server.refused('SignUp', signUp(exact, 'Jose\u0301'))).toEqual(exists)
    await signUpUser(server, exact, 'josé')
  })

  it('are shown in lower case, and e-mail addresses too, where case does not count', async () => {
    const open = await makePool(server, { UsernameConfiguration: { CaseSensitive: false }, AutoVerifiedAttributes: ['email'] })
    await signUpUser(server, open, 'Ana', { email: 'Low@Example.org', name: 'Ana' })
    const attributes = { email: 'low@example.org', email_verified: 'false', name: 'Ana' }
    expect(await userOf(server, open, 'ANA')).toMatchObject({ username: 'ana', attributes })
    const ConfirmationCode = server.codeSentTo('low@example.org')
    await server.ok('ConfirmSignUp', { ClientId: open.ClientId, Username: 'aNA', ConfirmationCode })
    const { AuthenticationResult } = await server.ok('InitiateAuth', {
      ClientId: open.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ANA', PASSWORD: password },
    })
    expect(tokenParts(AuthenticationResult.IdToken).payload).toMatchObject({ 'cognito:username': 'ana', email: 'low@example.org' })
    const { Username } = await server.ok('GetUser', { AccessToken: AuthenticationResult.AccessToken })
    expect(Username).toBe('ana')
  })

  it('go to exactly one of many who want one at once', async () => {
    const calls = Array.from({ length: atOnce }, () => server.call('SignUp', signUp(pool, 'race', { email: 'race@example.org' })))
    expect(await outcomes(calls)).toEqual({ ok: 1, UsernameExistsException: atOnce - 1 })
  })

  it('tell nothing about an alias (must-not-happen 34)', async () => {
    const aliased = await makePool(server, { AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'] })
    const email = 'bea@example.org'
    await makeUser(server, aliased.UserPoolId, 'bea', { email, email_verified: 'true' })
    const known = await signUpUser(server, aliased, 'one', { email })
    const unknown = await signUpUser(server, aliased, 'two', { email: 'bob@example.org' })
    expect({ ...known, UserSub: '' }).toEqual({ ...unknown, UserSub: '' })
    expect(await server.refused('SignUp', signUp(aliased, 'ana@example.org'))).toEqual([
      'InvalidParameterException',
      'Username cannot be of email format, since user pool is configured for email alias.',
    ])
  })
})

describe('SignUp where an address is the user name', () => {
  it('makes the sub the user name and fills the attribute', async () => {
    const { UserSub } = await signUpUser(server, named, 'cleo@example.org')
    expect(await userOf(server, named, 'cleo@example.org')).toMatchObject({
      username: UserSub,
      attributes: { email: 'cleo@example.org', email_verified: 'false' },
    })
    expect(await server.refused('SignUp', signUp(named, 'cleo@example.org'))).toEqual([
      'UsernameExistsException',
      'An account with the given email already exists.',
    ])
  })

  it('lets nobody sign in with the other address, which is nobody else’s either', async () => {
    const [email, phone_number] = ['gil@example.org', '+14325550199']
    await signUpUser(server, named, email, { phone_number })
    await server.ok('AdminConfirmSignUp', { UserPoolId: named.UserPoolId, Username: email })
    expect(await signIn(server, named, email)).toBe('tokens')
    expect(await signIn(server, named, phone_number)).toEqual(['UserNotFoundException', 'User does not exist.'])
    expect((await server.refused('SignUp', signUp(named, phone_number)))[0]).toBe('UsernameExistsException')
    await server.ok('AdminUpdateUserAttributes', {
      UserPoolId: named.UserPoolId,
      Username: email,
      UserAttributes: listed({ email: 'g@example.org' }),
    })
    expect(await signIn(server, named, 'g@example.org')).toBe('tokens')
  })

  it('keeps the address in lower case where case does not count', async () => {
    const open = await makePool(server, { UsernameAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } })
    await signUpUser(server, open, 'Cleo@Example.org', { email: 'CLEO@example.org' })
    expect((await userOf(server, open, 'cleO@example.org')).attributes).toEqual({ email: 'cleo@example.org' })
  })

  it('wants an address, and no other one in the attribute', async () => {
    expect(await server.refused('SignUp', signUp(named, 'dora'))).toEqual([
      'InvalidParameterException',
      'Username should be either an email or a phone number.',
    ])
    expect(await server.refused('SignUp', signUp(named, 'dora@example.org', { email: 'eva@example.org' }))).toEqual([
      'InvalidParameterException',
      'User email should be empty or same as username, since username attribute is email.',
    ])
    await server.ok('SignUp', signUp(named, 'dora@example.org', { email: 'dora@example.org' }))
  })
})

describe('SignUp without a password', () => {
  type Factors = NonNullable<CreateUserPoolRequest['Policies']>['SignInPolicy']
  const codes: Factors = { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] }
  const passkeys: Factors = { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] }
  const ExplicitAuthFlows = [...(everyFlow ?? []), 'ALLOW_USER_AUTH' as const]
  const open = (SignInPolicy: Factors, AutoVerifiedAttributes: CreateUserPoolRequest['AutoVerifiedAttributes'] = ['email']) =>
    makePool(
      server,
      { Policies: { SignInPolicy }, ...(AutoVerifiedAttributes?.length && { AutoVerifiedAttributes }) },
      { ExplicitAuthFlows },
    )
  const bare = ({ ClientId }: Pick<MadePool, 'ClientId'>, Username: string, attributes: Record<string, string>) => ({
    ClientId,
    Username,
    UserAttributes: listed(attributes),
  })

  it('is for users of one-time codes, who have no password', async () => {
    const of = await open(codes)
    const email = 'free@example.org'
    await server.ok('SignUp', signUp(of, 'blank', { email: 'blank@example.org' }, ''))
    const { Session, UserConfirmed } = await server.ok('SignUp', bare(of, 'free', { email }))
    expect(UserConfirmed).toBe(false)
    const ConfirmationCode = server.codeSentTo(email)
    const confirmed = await server.ok('ConfirmSignUp', { ClientId: of.ClientId, Username: 'free', ConfirmationCode, Session })
    expect(await userOf(server, of, 'free')).toMatchObject({ status: 'CONFIRMED', attributes: { email_verified: 'true' } })
    expect(await signIn(server, of, 'free')).toEqual(['NotAuthorizedException', 'Incorrect username or password.'])
    const { AuthenticationResult } = await server.ok('InitiateAuth', {
      ClientId: of.ClientId,
      AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: 'free' },
      Session: confirmed.Session,
    })
    expect(AuthenticationResult.AccessToken).toEqual(expect.any(String))
  })

  it('needs everything that such a sign-in needs', async () => {
    const of = await open(codes)
    const closed = await makeClient(server, of.UserPoolId)
    const email = { email: 'x@example.org' }
    const inputs = [
      bare(of, 'x', {}),
      signUp(closed, 'x', email, ''),
      bare(of, 'x', { phone_number: '+14325550151' }),
      bare(closed, 'x', email),
      bare(await open(codes, []), 'x', email),
      bare(await open(passkeys), 'x', email),
    ]
    for (const input of inputs) {
      expect(await server.refused('SignUp', input)).toEqual([
        'InvalidPasswordException',
        'Password did not conform with policy: Password not long enough',
      ])
    }
  })
})
