import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

const full = { email: 'ana@example.org', email_verified: 'true', nickname: 'a', locale: 'de', family_name: 'A', 'custom:tenant': 't' }

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, {
    AliasAttributes: ['email'],
    Schema: [
      { Name: 'family_name', Required: true, Mutable: true },
      { Name: 'tenant', AttributeDataType: 'String', Mutable: false },
    ],
  })
})
afterAll(() => server.close())

const required = ['InvalidParameterException', 'Invalid user attributes: family_name: Required attribute cannot be deleted.']
const immutable = ['InvalidParameterException', 'user.custom:tenant: Attribute cannot be updated.\n']
const unknown = ['InvalidParameterException', 'user.custom:none: Attribute does not exist in the schema.\n']

describe('DeleteUserAttributes', () => {
  it('removes attributes; an address goes with its flag and its sign-in', async () => {
    await makeUser(server, pool.UserPoolId, 'ana', full)
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    expect(await signIn(server, pool, full.email)).toBe('tokens')
    const UserAttributeNames = ['email', 'nickname', 'middle_name']
    expect(await server.ok('DeleteUserAttributes', { AccessToken, UserAttributeNames }, { unsigned: true })).toEqual({})
    expect((await userOf(server, pool, 'ana')).attributes).toEqual({ locale: 'de', family_name: 'A', 'custom:tenant': 't' })
    expect(await signIn(server, pool, full.email)).toEqual(['UserNotFoundException', 'User does not exist.'])
  })

  it('refuses what must stay, does not exist or is not for the client to write', async () => {
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    const remove = (...UserAttributeNames: string[]) => server.refused('DeleteUserAttributes', { AccessToken, UserAttributeNames })
    const unauthorized = ['NotAuthorizedException', 'A client attempted to write unauthorized attribute']
    expect(await remove('locale', 'family_name')).toEqual(required)
    expect(await remove('custom:tenant')).toEqual(immutable)
    expect(await remove('custom:none')).toEqual(unknown)
    expect(await remove('email_verified')).toEqual(unauthorized)
    const narrow = await makeClient(server, pool.UserPoolId, { WriteAttributes: ['family_name'] })
    const token = await accessTokenOf(server, narrow, 'ana')
    expect(await server.refused('DeleteUserAttributes', { AccessToken: token, UserAttributeNames: ['locale'] })).toEqual(unauthorized)
    expect((await userOf(server, pool, 'ana')).attributes['locale']).toBe('de')
  })
})
