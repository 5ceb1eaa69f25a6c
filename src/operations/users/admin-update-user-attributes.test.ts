import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listed, userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser } from '../../../tests/support/make-user.ts'
import { atOnce, outcomes } from '../../../tests/support/parallel.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'
import { callUndelivered } from '../../../tests/support/undeliverable.ts'

let server: Harness
let pool: MadePool

const waiting = {
  AutoVerifiedAttributes: ['email' as const],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email' as const] },
}

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, {
    AutoVerifiedAttributes: ['email'],
    Schema: [
      { Name: 'tenant', AttributeDataType: 'String', Mutable: false },
      { Name: 'note', AttributeDataType: 'String', Mutable: true, DeveloperOnlyAttribute: true },
    ],
  })
})
afterAll(() => server.close())

const update = (Username: string, attributes: Record<string, string>, { UserPoolId }: Pick<MadePool, 'UserPoolId'> = pool) => ({
  UserPoolId,
  Username,
  UserAttributes: listed(attributes),
})

describe('AdminUpdateUserAttributes', () => {
  it('writes what users may not, verified flags among it', async () => {
    await makeUser(server, pool.UserPoolId, 'ana', { email: 'ana@example.org', nickname: 'a' })
    server.mailbox?.clear()
    const changes = { email: 'new@example.org', email_verified: 'True', nickname: '', 'dev:custom:note': 'vip' }
    expect(await server.ok('AdminUpdateUserAttributes', update('ana', changes))).toEqual({})
    expect((await userOf(server, pool, 'ana')).attributes).toEqual({
      email: 'new@example.org',
      email_verified: 'true',
      'dev:custom:note': 'vip',
    })
    expect(server.mailbox?.messages()).toEqual([])
  })

  it('writes nothing as long as a required attribute has no value', async () => {
    const strict = await makePool(server, { Schema: [{ Name: 'family_name', Required: true, Mutable: true }] })
    await inviteUser(server, strict.UserPoolId, 'cleo')
    expect(await server.refused('AdminUpdateUserAttributes', update('cleo', { nickname: 'c' }, strict))).toEqual([
      'InvalidParameterException',
      'Attributes did not conform to the schema: family_name: The attribute is required\n',
    ])
    await server.ok('AdminUpdateUserAttributes', update('cleo', { nickname: '' }, strict))
    const { UserPoolId } = strict
    await server.ok('AdminDeleteUserAttributes', { UserPoolId, Username: 'cleo', UserAttributeNames: ['nickname'] })
    await server.ok('AdminUpdateUserAttributes', update('cleo', { nickname: 'c', family_name: 'Ruiz' }, strict))
    await server.ok('AdminUpdateUserAttributes', update('cleo', { nickname: 'cl' }, strict))
  })

  it('sends a code for an address that is not called verified', async () => {
    await makeUser(server, pool.UserPoolId, 'bea', { email: 'bea@example.org', email_verified: 'true' })
    const AccessToken = await accessTokenOf(server, pool, 'bea')
    await server.ok('AdminUpdateUserAttributes', update('bea', { email: 'bea2@example.org' }))
    expect((await userOf(server, pool, 'bea')).attributes['email_verified']).toBe('false')
    await server.ok('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code: server.codeSentTo('bea2@example.org') })
    expect((await userOf(server, pool, 'bea')).attributes['email_verified']).toBe('true')
  })

  it('takes no change of case for a change where case does not count', async () => {
    const open = await makePool(server, { UsernameConfiguration: { CaseSensitive: false }, AutoVerifiedAttributes: ['email'] })
    await makeUser(server, open.UserPoolId, 'fay', { email: 'fay@example.org', email_verified: 'true' })
    server.mailbox?.clear()
    await server.ok('AdminUpdateUserAttributes', update('fay', { email: 'Fay@Example.org', preferred_username: 'FAY' }, open))
    const attributes = { email: 'fay@example.org', email_verified: 'true', preferred_username: 'fay' }
    expect((await userOf(server, open, 'fay')).attributes).toEqual(attributes)
    expect(server.mailbox?.messages()).toEqual([])
  })

  it('keeps the change when the code could not be sent', async () => {
    await makeUser(server, pool.UserPoolId, 'mute', { email: 'mute@example.org' })
    expect(await callUndelivered(server, 'AdminUpdateUserAttributes', update('mute', { email: 'mute2@example.org' }))).toEqual([
      'InvalidEmailRoleAccessPolicyException',
      'The message could not be delivered.',
    ])
    expect((await userOf(server, pool, 'mute')).attributes['email']).toBe('mute2@example.org')
  })

  it.each<[string, Record<string, string>, string, string]>([
    ['nobody', { name: 'x' }, 'UserNotFoundException', 'User does not exist.'],
    ['ana', { sub: 'x' }, 'InvalidParameterException', 'user.sub: Attribute cannot be updated.\n'],
    ['ana', { 'custom:tenant': 'x' }, 'InvalidParameterException', 'user.custom:tenant: Attribute cannot be updated.\n'],
    ['ana', { email_verified: 'yes' }, 'InvalidParameterException', 'user.email_verified: Value must be true or false\n'],
    [
      'ana',
      { phone_number_verified: 'true' },
      'InvalidParameterException',
      'phone_number_verified cannot be true for a user without phone_number.',
    ],
  ])('refuses for %s %j', async (name, attributes, type, sentence) => {
    expect(await server.refused('AdminUpdateUserAttributes', update(name, attributes))).toEqual([type, sentence])
  })

  it('leaves a waiting change alone, unless it overrules it', async () => {
    const of = await makePool(server, { AliasAttributes: ['email'], ...waiting })
    await makeUser(server, of.UserPoolId, 'cleo', { email: 'cleo@example.org', email_verified: 'true' })
    const AccessToken = await accessTokenOf(server, of, 'cleo')
    await server.ok('AdminUpdateUserAttributes', update('cleo', { email: 'wait@example.org' }, of))
    expect((await userOf(server, of, 'cleo')).attributes).toEqual({ email: 'cleo@example.org', email_verified: 'true' })
    const Code = server.codeSentTo('wait@example.org')
    await server.ok('AdminUpdateUserAttributes', update('cleo', { name: 'Cleo', email_verified: 'true' }, of))
    expect((await userOf(server, of, 'cleo')).attributes['email']).toBe('cleo@example.org')
    await server.ok('AdminUpdateUserAttributes', update('cleo', { email: 'now@example.org', email_verified: 'true' }, of))
    expect(await server.refused('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code })).toEqual([
      'ExpiredCodeException',
      'Invalid code provided, please request a code again.',
    ])
    expect(await signIn(server, of, 'now@example.org')).toBe('tokens')
  })

  it('moves an alias with an address that is called verified', async () => {
    const of = await makePool(server, { AliasAttributes: ['email', 'phone_number'] })
    const verified = { email: 'd@example.org', email_verified: 'true', phone_number: '+14325550100', phone_number_verified: 'true' }
    await inviteUser(server, of.UserPoolId, 'old', verified)
    await inviteUser(server, of.UserPoolId, 'new')
    const { email, phone_number } = verified
    await server.ok('AdminUpdateUserAttributes', update('new', { email, phone_number }, of))
    expect((await userOf(server, of, email)).username).toBe('old')
    await server.ok('AdminUpdateUserAttributes', update('new', { email_verified: 'true', phone_number_verified: 'true' }, of))
    expect((await userOf(server, of, email)).username).toBe('new')
    expect((await userOf(server, of, phone_number)).username).toBe('new')
    expect((await userOf(server, of, 'old')).attributes).toEqual({
      ...verified,
      email_verified: 'false',
      phone_number_verified: 'false',
    })
  })

  it('loses no change of many made at once', async () => {
    await makeUser(server, pool.UserPoolId, 'busy')
    const names = ['name', 'given_name', 'family_name', 'nickname', 'locale']
    const calls = names.map((name) => server.call('AdminUpdateUserAttributes', update('busy', { [name]: name })))
    expect(await outcomes(calls)).toEqual({ ok: names.length })
    expect((await userOf(server, pool, 'busy')).attributes).toEqual(Object.fromEntries(names.map((name) => [name, name])))
  })

  it('lets one of many have an address that is the user name', async () => {
    const of = await makePool(server, { UsernameAttributes: ['email'] })
    const users = Array.from({ length: atOnce }, (_, i) => `u${i}@example.org`)
    await Promise.all(users.map((name) => inviteUser(server, of.UserPoolId, name)))
    const calls = users.map((name) => server.call('AdminUpdateUserAttributes', update(name, { email: 'one@example.org' }, of)))
    expect(await outcomes(calls)).toEqual({ ok: 1, AliasExistsException: atOnce - 1 })
  })
})
