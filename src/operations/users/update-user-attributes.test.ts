import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listed, userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'
import { callUndelivered } from '../../../tests/support/undeliverable.ts'
import type { CreateUserPoolRequest } from '../../model/types.gen.ts'

let server: Harness
let pool: MadePool

const sms = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } }
const bothVerified: Partial<CreateUserPoolRequest> = { AutoVerifiedAttributes: ['email', 'phone_number'], ...sms }
const waiting: Partial<CreateUserPoolRequest> = {
  AutoVerifiedAttributes: ['email'],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
}
const unknown = ['UserNotFoundException', 'User does not exist.']

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, {
    AutoVerifiedAttributes: ['email'],
    Schema: [
      { Name: 'tenant', AttributeDataType: 'String', Mutable: false },
      { Name: 'plan', AttributeDataType: 'String', Mutable: true, StringAttributeConstraints: { MaxLength: '4' } },
      { Name: 'family_name', Required: true, Mutable: true },
    ],
  })
})
afterAll(() => server.close())

const update = (AccessToken: string, attributes: Record<string, string>) => ({ AccessToken, UserAttributes: listed(attributes) })
/** An access token of a new user with a verified address, whose name is the address's first part. */
const ana = async (of: MadePool, name = 'ana'): Promise<string> => {
  await makeUser(server, of.UserPoolId, name, { email: `${name}@example.org`, email_verified: 'true' })
  return accessTokenOf(server, of, name)
}

describe('UpdateUserAttributes', () => {
  it('writes, deletes what is blank, and sends no code when no address changed', async () => {
    await makeUser(server, pool.UserPoolId, 'bea', { email: 'bea@example.org', email_verified: 'true', nickname: 'b', family_name: 'B' })
    const AccessToken = await accessTokenOf(server, pool, 'bea')
    server.mailbox?.clear()
    const answer = await server.ok(
      'UpdateUserAttributes',
      update(AccessToken, { nickname: '', name: 'Bea', 'custom:plan': 'free', email: 'bea@example.org' }),
      { unsigned: true },
    )
    expect(answer).toEqual({ CodeDeliveryDetailsList: [] })
    expect((await userOf(server, pool, 'bea')).attributes).toEqual({
      email: 'bea@example.org',
      email_verified: 'true',
      family_name: 'B',
      name: 'Bea',
      'custom:plan': 'free',
    })
    expect(server.mailbox?.messages()).toEqual([])
  })

  it.each<[Record<string, string>, string, string]>([
    [{ email_verified: 'true' }, 'NotAuthorizedException', 'A client attempted to write unauthorized attribute'],
    [{ sub: 'x' }, 'NotAuthorizedException', 'A client attempted to write unauthorized attribute'],
    [{ 'custom:none': 'x' }, 'InvalidParameterException', 'user.custom:none: Attribute does not exist in the schema.\n'],
    [{ 'custom:tenant': 'x' }, 'InvalidParameterException', 'user.custom:tenant: Attribute cannot be updated.\n'],
    [{ 'custom:plan': 'gold+' }, 'InvalidParameterException', 'user.custom:plan: String must be no longer than 4 characters\n'],
    [{ family_name: '' }, 'InvalidParameterException', 'user.family_name: Required attribute cannot be deleted.\n'],
    [{ email: 'x' }, 'InvalidParameterException', 'Invalid email address format.'],
    [{ phone_number: '555' }, 'InvalidParameterException', 'Invalid phone number format.'],
  ])('refuses %j and writes nothing', async (attributes, type, sentence) => {
    const AccessToken = await accessTokenOf(server, pool, 'bea')
    expect(await server.refused('UpdateUserAttributes', update(AccessToken, { nickname: 'new', ...attributes }))).toEqual([type, sentence])
    expect((await userOf(server, pool, 'bea')).attributes['nickname']).toBeUndefined()
  })

  it('refuses an attribute without a value', async () => {
    const AccessToken = await accessTokenOf(server, pool, 'bea')
    expect(await server.refused('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'picture' }] })).toEqual([
      'InvalidParameterException',
      'Attribute value for picture must not be null',
    ])
  })

  it('writes only what the client may (must-not-happen 31)', async () => {
    const narrow = await makeClient(server, pool.UserPoolId, { WriteAttributes: ['family_name', 'name'] })
    const AccessToken = await accessTokenOf(server, narrow, 'bea')
    await server.ok('UpdateUserAttributes', update(AccessToken, { name: 'B' }))
    expect(await server.refused('UpdateUserAttributes', update(AccessToken, { name: 'C', nickname: 'c' }))).toEqual([
      'NotAuthorizedException',
      'A client attempted to write unauthorized attribute',
    ])
    expect((await userOf(server, pool, 'bea')).attributes['name']).toBe('B')
  })

  it('says where codes went', async () => {
    const of = await makePool(server, bothVerified)
    const AccessToken = await ana(of)
    const changes = { email: 'new@example.org', phone_number: '+14325550100' }
    expect(await server.ok('UpdateUserAttributes', update(AccessToken, changes))).toEqual({
      CodeDeliveryDetailsList: [
        { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'n***@e***' },
        { AttributeName: 'phone_number', DeliveryMedium: 'SMS', Destination: '+*******0100' },
      ],
    })
    for (const destination of Object.values(changes)) expect(server.codeSentTo(destination)).toMatch(/^\d{6}$/)
    expect((await userOf(server, of, 'ana')).attributes).toEqual({
      email: 'new@example.org',
      email_verified: 'false',
      phone_number: '+14325550100',
      phone_number_verified: 'false',
    })
  })

  it('keeps the change when a code could not be sent, and sends the other', async () => {
    const of = await makePool(server, bothVerified)
    const AccessToken = await ana(of)
    const changes = update(AccessToken, { email: 'new@example.org', phone_number: '+14325550111' })
    expect(await callUndelivered(server, 'UpdateUserAttributes', changes, ['EMAIL'])).toEqual([
      'CodeDeliveryFailureException',
      'The message could not be delivered.',
    ])
    expect((await userOf(server, of, 'ana')).attributes['email']).toBe('new@example.org')
    await server.ok('VerifyUserAttribute', { AccessToken, AttributeName: 'phone_number', Code: server.codeSentTo('+14325550111') })
  })
})

describe('a changed address as a sign-in name', () => {
  it.each<[string, Partial<CreateUserPoolRequest>, string, [old: unknown, changed: unknown]]>([
    [
      'an alias: neither, until it is verified',
      { AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'] },
      'ana',
      [unknown, unknown],
    ],
    ['an alias that waits: the old one', { AliasAttributes: ['email'], ...waiting }, 'ana', ['tokens', unknown]],
    [
      'the user name: the new one',
      { UsernameAttributes: ['email'], AutoVerifiedAttributes: ['email'] },
      'ana@example.org',
      [unknown, 'tokens'],
    ],
    ['the user name that waits: the old one', { UsernameAttributes: ['email'], ...waiting }, 'ana@example.org', ['tokens', unknown]],
  ])('%s', async (_, settings, Username, [old, changed]) => {
    const of = await makePool(server, settings)
    await makeUser(server, of.UserPoolId, Username, { email: 'ana@example.org', email_verified: 'true' })
    const AccessToken = await accessTokenOf(server, of, Username)
    await server.ok('UpdateUserAttributes', update(AccessToken, { email: 'new@example.org' }))
    expect(await signIn(server, of, 'ana@example.org')).toEqual(old)
    expect(await signIn(server, of, 'new@example.org')).toEqual(changed)
    await server.ok('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code: server.codeSentTo('new@example.org') })
    expect(await signIn(server, of, 'ana@example.org')).toEqual(unknown)
    expect(await signIn(server, of, 'new@example.org')).toBe('tokens')
  })

  it("cannot be somebody else's", async () => {
    const named = await makePool(server, { UsernameAttributes: ['email'] })
    await makeUser(server, named.UserPoolId, 'bea@example.org')
    await makeUser(server, named.UserPoolId, 'cleo@example.org')
    const AccessToken = await accessTokenOf(server, named, 'cleo@example.org')
    expect(await server.refused('UpdateUserAttributes', update(AccessToken, { email: 'bea@example.org' }))).toEqual([
      'AliasExistsException',
      'An account with the email already exists.',
    ])
    const aliased = await makePool(server, { AliasAttributes: ['email', 'preferred_username'] })
    await makeUser(server, aliased.UserPoolId, 'taken')
    await makeUser(server, aliased.UserPoolId, 'dora')
    const token = await accessTokenOf(server, aliased, 'dora')
    expect(await server.refused('UpdateUserAttributes', update(token, { preferred_username: 'taken' }))).toEqual([
      'AliasExistsException',
      'An account with the preferred_username already exists.',
    ])
    expect((await server.refused('UpdateUserAttributes', update(token, { preferred_username: 'a@b.org' })))[0]).toBe(
      'InvalidParameterException',
    )
    await server.ok('UpdateUserAttributes', update(token, { preferred_username: 'queen' }))
    expect(await signIn(server, aliased, 'queen')).toBe('tokens')
  })

  it('is forgotten while it waits when the old one is given again', async () => {
    const of = await makePool(server, { AliasAttributes: ['email'], ...waiting })
    const AccessToken = await ana(of, 'sue')
    await server.ok('UpdateUserAttributes', update(AccessToken, { email: 'ssue@example.org' }))
    expect((await userOf(server, of, 'sue')).attributes).toEqual({ email: 'sue@example.org', email_verified: 'true' })
    const Code = server.codeSentTo('ssue@example.org')
    await server.ok('UpdateUserAttributes', update(AccessToken, { email: 'sue@example.org' }))
    expect((await server.refused('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code }))[0]).toBe('ExpiredCodeException')
    expect((await userOf(server, of, 'sue')).attributes['email']).toBe('sue@example.org')
  })
})
