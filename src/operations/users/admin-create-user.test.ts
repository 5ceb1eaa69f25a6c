import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { byName, listed, userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, temporaryPassword } from '../../../tests/support/make-user.ts'
import { atOnce, outcomes } from '../../../tests/support/parallel.ts'
import { signIn } from '../../../tests/support/sign-in.ts'
import { callUndelivered } from '../../../tests/support/undeliverable.ts'
import type { AdminCreateUserRequest } from '../../model/types.gen.ts'

let server: Harness
let pool: MadePool

const day = 86_400_000
const email = 'ana@example.org'
const phone_number = '+14325550100'

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
})
afterAll(() => server.close())

const create = (
  Username: string,
  attributes: Record<string, string> = {},
  more: Partial<AdminCreateUserRequest> = {},
  { UserPoolId }: Pick<MadePool, 'UserPoolId'> = pool,
): AdminCreateUserRequest => ({ UserPoolId, Username, UserAttributes: listed(attributes), ...more })
const quiet = { MessageAction: 'SUPPRESS' } as const
const sent = () => server.mailbox?.messages().map(({ medium, destination }) => `${medium} ${destination}`)

describe('AdminCreateUser', () => {
  it('makes a user with a temporary password and sends the invitation', async () => {
    const { User } = await server.ok('AdminCreateUser', create('ana', { email, name: 'Ana' }))
    const now = server.clock.now() / 1000
    expect(User).toEqual({
      Username: 'ana',
      Attributes: [{ Name: 'sub', Value: expect.stringMatching(/^[0-9a-f-]{36}$/) }, ...listed({ email, name: 'Ana' })],
      Enabled: true,
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      UserCreateDate: now,
      UserLastModifiedDate: now,
    })
    const password = server.codeSentTo(email)
    expect(server.mailbox?.messages(email)).toMatchObject([{ medium: 'EMAIL', subject: 'Your temporary password' }])
    expect(await signIn(server, pool, 'ana', password)).toBe('NEW_PASSWORD_REQUIRED')
  })

  it('says nothing about a verification that nobody spoke of, also where the pool verifies', async () => {
    const of = await makePool(server, { AutoVerifiedAttributes: ['email'] })
    await server.ok('AdminCreateUser', create('ana', { email }, quiet, of))
    expect((await userOf(server, of, 'ana')).attributes).toEqual({ email })
  })

  it.each<[AdminCreateUserRequest['DesiredDeliveryMediums'], Record<string, string>, string[]]>([
    [undefined, { email, phone_number }, [`SMS ${phone_number}`]],
    [undefined, { email }, [`EMAIL ${email}`]],
    [undefined, {}, []],
    [['EMAIL'], { email, phone_number }, [`EMAIL ${email}`]],
    [['SMS', 'EMAIL'], { email, phone_number }, [`EMAIL ${email}`, `SMS ${phone_number}`]],
    [['EMAIL', 'EMAIL'], { email }, [`EMAIL ${email}`]],
  ])('invites by %j with %j', async (DesiredDeliveryMediums, attributes, messages) => {
    server.mailbox?.clear()
    const of = await makePool(server)
    await server.ok('AdminCreateUser', create('ana', attributes, { ...(DesiredDeliveryMediums && { DesiredDeliveryMediums }) }, of))
    expect(sent()?.sort()).toEqual(messages)
  })

  it('sends no invitation without a place for the password, unless there is none', async () => {
    const InviteMessageTemplate = { EmailMessage: 'Welcome, {username}.', SMSMessage: 'Hi {username}, {####}' }
    const of = await makePool(server, {
      AdminCreateUserConfig: { InviteMessageTemplate },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    })
    server.mailbox?.clear()
    const both = { DesiredDeliveryMediums: ['EMAIL' as const, 'SMS' as const] }
    await server.ok('AdminCreateUser', create('ana', { email, phone_number }, { ...both, TemporaryPassword: temporaryPassword }, of))
    expect(sent()).toEqual([`SMS ${phone_number}`])
    await server.ok('AdminCreateUser', create('bea', { email: 'b@example.org' }, { TemporaryPassword: '' }, of))
    expect(server.mailbox?.messages('b@example.org')[0]).toMatchObject({ body: 'Welcome, bea.', code: undefined })
  })

  it('sends nothing when told not to', async () => {
    server.mailbox?.clear()
    await server.ok('AdminCreateUser', create('quiet', { email }, { ...quiet, TemporaryPassword: temporaryPassword }))
    expect(sent()).toEqual([])
    expect(await signIn(server, pool, 'quiet', temporaryPassword)).toBe('NEW_PASSWORD_REQUIRED')
  })

  it.each<[string, Record<string, string>, Partial<AdminCreateUserRequest>, string, string]>([
    [
      'x',
      {},
      { DesiredDeliveryMediums: ['EMAIL'] },
      'InvalidParameterException',
      'No email provided but desired delivery medium was Email',
    ],
    [
      'x',
      { email },
      { DesiredDeliveryMediums: ['SMS'] },
      'InvalidParameterException',
      'No phone number provided but desired delivery medium was SMS',
    ],
    ['x', {}, { TemporaryPassword: 'short' }, 'InvalidPasswordException', 'Password did not conform with policy: Password not long enough'],
    ['x', { email_verified: 'true' }, quiet, 'InvalidParameterException', 'email_verified cannot be true for a user without email.'],
    [
      'x',
      { 'custom:none': '1' },
      quiet,
      'InvalidParameterException',
      'Attributes did not conform to the schema: custom:none: Attribute does not exist in the schema.\n',
    ],
    ['x', { email: 'ana' }, quiet, 'InvalidParameterException', 'Invalid email address format.'],
  ])('refuses %s with %j and %j, and makes nobody', async (name, attributes, more, type, sentence) => {
    expect(await server.refused('AdminCreateUser', create(name, attributes, more))).toEqual([type, sentence])
    expect((await server.refused('AdminGetUser', { UserPoolId: pool.UserPoolId, Username: name }))[0]).toBe('UserNotFoundException')
  })

  it('asks for required attributes later, unless they could not be given then', async () => {
    const strict = await makePool(server, {
      Schema: [
        { Name: 'family_name', Required: true, Mutable: true },
        { Name: 'birthdate', Required: true, Mutable: false },
      ],
    })
    expect(await server.refused('AdminCreateUser', create('ana', {}, quiet, strict))).toEqual([
      'InvalidParameterException',
      'Attributes did not conform to the schema: birthdate: The attribute is required\n',
    ])
    await server.ok('AdminCreateUser', create('ana', { birthdate: '1990-01-01' }, quiet, strict))
  })

  it('gives a name to exactly one of many who ask at once', async () => {
    const calls = Array.from({ length: atOnce }, () => server.call('AdminCreateUser', create('race', {}, quiet)))
    expect(await outcomes(calls)).toEqual({ ok: 1, UsernameExistsException: atOnce - 1 })
    expect(await server.refused('AdminCreateUser', create('race', {}, quiet))).toEqual([
      'UsernameExistsException',
      'User account already exists',
    ])
  })

  it('leaves the user when the invitation could not be sent', async () => {
    const failure = ['CodeDeliveryFailureException', 'The message could not be delivered.']
    expect(await callUndelivered(server, 'AdminCreateUser', create('mute', { email }))).toEqual(failure)
    expect((await userOf(server, pool, 'mute')).status).toBe('FORCE_CHANGE_PASSWORD')
    expect((await server.ok('AdminCreateUser', create('mute', {}, { MessageAction: 'RESEND' }))).User.Username).toBe('mute')
  })
})

describe('AdminCreateUser again (RESEND)', () => {
  const again = { MessageAction: 'RESEND' } as const

  it('sends a new password, for another term; the old one is void (must-not-happen 37)', async () => {
    await server.ok('AdminCreateUser', create('eva', { email: 'eva@example.org' }, { TemporaryPassword: temporaryPassword }))
    server.clock.advance(7 * day)
    expect(await signIn(server, pool, 'eva', temporaryPassword)).toEqual([
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
    ])
    const { User } = await server.ok('AdminCreateUser', create('eva', {}, again))
    expect(byName(User.Attributes)).toEqual({ email: 'eva@example.org' })
    expect(await signIn(server, pool, 'eva', temporaryPassword)).toEqual(['NotAuthorizedException', 'Incorrect username or password.'])
    expect(await signIn(server, pool, 'eva', server.codeSentTo('eva@example.org'))).toBe('NEW_PASSWORD_REQUIRED')
  })

  it('voids what was begun with the old one (must-not-happen 37)', async () => {
    await server.ok('AdminCreateUser', create('ivy', { email: 'ivy@example.org' }, { TemporaryPassword: temporaryPassword }))
    const { Session, ChallengeName } = await server.ok('InitiateAuth', {
      ClientId: pool.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ivy', PASSWORD: temporaryPassword },
    })
    await server.ok('AdminCreateUser', create('ivy', {}, again))
    const ChallengeResponses = { USERNAME: 'ivy', NEW_PASSWORD: 'Another-Horse-7' }
    expect(
      (await server.refused('RespondToAuthChallenge', { ClientId: pool.ClientId, ChallengeName, Session, ChallengeResponses }))[0],
    ).toBe('NotAuthorizedException')
  })

  it('is for those alone who were invited, and changes nothing without an address', async () => {
    await makeUser(server, pool.UserPoolId, 'done', { email })
    await server.ok('AdminCreateUser', create('mailless', {}, { ...quiet, TemporaryPassword: temporaryPassword }))
    expect(await server.refused('AdminCreateUser', create('nobody', {}, again))).toEqual(['UserNotFoundException', 'User does not exist.'])
    expect(await server.refused('AdminCreateUser', create('done', {}, again))).toEqual([
      'UnsupportedUserStateException',
      'Resend not possible. done status is not FORCE_CHANGE_PASSWORD',
    ])
    const byMail = { ...again, DesiredDeliveryMediums: ['EMAIL' as const] }
    expect((await server.refused('AdminCreateUser', create('mailless', {}, byMail)))[0]).toBe('InvalidParameterException')
    expect(await signIn(server, pool, 'mailless', temporaryPassword)).toBe('NEW_PASSWORD_REQUIRED')
  })
})

describe('AdminCreateUser where an address is the user name', () => {
  it('makes the sub the user name, and wants no other address in the attribute', async () => {
    const named = await makePool(server, { UsernameAttributes: ['email'] })
    const { User } = await server.ok('AdminCreateUser', create(email, {}, {}, named))
    expect(User.Username).toBe(User.Attributes[0].Value)
    expect(byName(User.Attributes)).toEqual({ email })
    expect(server.mailbox?.messages(email)[0]?.body).toContain(`Your username is ${email} and`)
    for (const [name, attributes, sentence] of [
      ['bea', {}, 'Username should be an email.'],
      ['bea@example.org', { email }, 'User email should be empty or same as username, since username attribute is email.'],
    ] as const) {
      expect(await server.refused('AdminCreateUser', create(name, attributes, quiet, named))).toEqual([
        'InvalidParameterException',
        sentence,
      ])
    }
    expect(await server.refused('AdminCreateUser', create(email, {}, quiet, named))).toEqual([
      'UsernameExistsException',
      'An account with the given email already exists.',
    ])
  })
})

describe('AdminCreateUser with an alias that somebody else has', () => {
  it('is refused, or moves it when forced; a registration that fails takes nothing', async () => {
    const aliased = await makePool(server, { AliasAttributes: ['email', 'phone_number', 'preferred_username'] })
    const verified = { email, email_verified: 'true', phone_number, phone_number_verified: 'true' }
    await server.ok('AdminCreateUser', create('old', verified, quiet, aliased))
    expect(await server.refused('AdminCreateUser', create('new', verified, quiet, aliased))).toEqual([
      'UsernameExistsException',
      'An account with the given email already exists.',
    ])
    const forced = { ...quiet, ForceAliasCreation: true }
    await server.ok('AdminCreateUser', create('taken', {}, quiet, aliased))
    expect((await server.refused('AdminCreateUser', create('taken', verified, forced, aliased)))[0]).toBe('UsernameExistsException')
    expect((await userOf(server, aliased, email)).username).toBe('old')

    const { User } = await server.ok('AdminCreateUser', create('new', verified, forced, aliased))
    expect(byName(User.Attributes)).toEqual(verified)
    expect((await userOf(server, aliased, email)).username).toBe('new')
    expect((await userOf(server, aliased, phone_number)).username).toBe('new')
    const unverified = { ...verified, email_verified: 'false', phone_number_verified: 'false' }
    expect((await userOf(server, aliased, 'old')).attributes).toEqual(unverified)

    await server.ok('AdminCreateUser', create('unproved', { email }, forced, aliased))
    expect((await userOf(server, aliased, email)).username).toBe('new')
    expect((await server.refused('AdminCreateUser', create('sly', { preferred_username: 'new@example.org' }, quiet, aliased)))[0]).toBe(
      'InvalidParameterException',
    )
  })
})

describe('AdminCreateUser where people sign in with one-time codes', () => {
  it('makes a confirmed user without a password, whose invitation names none', async () => {
    const codes = await makePool(server, {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
      Schema: [{ Name: 'nickname', Required: true, Mutable: true }],
    })
    const { User } = await server.ok('AdminCreateUser', create('ana', { email: 'otp@example.org', nickname: 'a' }, {}, codes))
    expect(User.UserStatus).toBe('CONFIRMED')
    expect(server.mailbox?.messages('otp@example.org')[0]).toMatchObject({ body: 'Your username is ana.', code: undefined })
    const refusals = [
      create('bea', { email }, quiet, codes),
      create('bea', { nickname: 'b' }, quiet, codes),
      create('ana', {}, { MessageAction: 'RESEND' }, codes),
    ].map((input) => server.refused('AdminCreateUser', input))
    expect(await Promise.all(refusals)).toEqual([
      ['InvalidParameterException', 'Attributes did not conform to the schema: nickname: The attribute is required\n'],
      ['InvalidParameterException', 'A user without an address for one-time codes needs a temporary password.'],
      ['UnsupportedUserStateException', 'Resend not possible. ana status is not FORCE_CHANGE_PASSWORD'],
    ])
    const given = { ...quiet, TemporaryPassword: temporaryPassword }
    expect((await server.ok('AdminCreateUser', create('bea', {}, given, codes))).User.UserStatus).toBe('FORCE_CHANGE_PASSWORD')
  })
})
