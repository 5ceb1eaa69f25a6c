import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listed, userOf } from '../support/attributes.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../support/make-user.ts'
import { accessTokenOf } from '../support/sign-in.ts'
import { tokenParts } from '../support/token-parts.ts'

let server: Harness
let pool: MadePool
/** May read and write given_name and custom:own alone. */
let narrow: MadePool

const attributes = {
  email: 'ana@example.org',
  email_verified: 'false',
  phone_number: '+4912345678',
  given_name: 'Ana',
  family_name: 'Ng',
  'custom:own': 'mine',
  'custom:fixed': 'for ever',
}

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, {
    AutoVerifiedAttributes: ['email'],
    Schema: [
      { Name: 'own', AttributeDataType: 'String', Mutable: true },
      { Name: 'fixed', AttributeDataType: 'String', Mutable: false },
      { Name: 'hidden', AttributeDataType: 'String', Mutable: true, DeveloperOnlyAttribute: true },
    ],
  })
  const allowed = ['given_name', 'custom:own']
  narrow = await makeClient(server, pool.UserPoolId, { ReadAttributes: allowed, WriteAttributes: allowed })
})
afterAll(() => server.close())

let made = 0
const someone = async (more: Record<string, string> = {}): Promise<string> => {
  made += 1
  const username = `user-${made}`
  await makeUser(server, pool.UserPoolId, username, { ...attributes, ...more })
  return username
}

/** Every way by which a user writes own attributes; answers status and type. */
const writers: Record<
  string,
  (client: MadePool, name: string, value: string) => Promise<[username: string, status: number, type: string]>
> = {
  UpdateUserAttributes: async (client, name, value) => {
    const username = await someone()
    const AccessToken = await accessTokenOf(server, client, username)
    const { status, body } = await server.call('UpdateUserAttributes', { AccessToken, UserAttributes: listed({ [name]: value }) })
    return [username, status, body.__type]
  },
  SignUp: async (client, name, value) => {
    made += 1
    const username = `signed-up-${made}`
    const UserAttributes = listed({ [name]: value })
    const { status, body } = await server.call('SignUp', {
      ClientId: client.ClientId,
      Username: username,
      Password: password,
      UserAttributes,
    })
    return [username, status, body.__type]
  },
  NEW_PASSWORD_REQUIRED: async (client, name, value) => {
    made += 1
    const username = `invited-${made}`
    await inviteUser(server, pool.UserPoolId, username, attributes)
    const { Session } = await server.ok('InitiateAuth', {
      ClientId: client.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD: temporaryPassword },
    })
    const { status, body } = await server.call('RespondToAuthChallenge', {
      ClientId: client.ClientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session,
      ChallengeResponses: { USERNAME: username, NEW_PASSWORD: 'My-Own-Horse-8', [`userAttributes.${name}`]: value },
    })
    return [username, status, body.__type]
  },
}

describe.each(Object.keys(writers))('must-not-happen 31: by %s', (way) => {
  const write = (client: MadePool, name: string, value: string) => writers[way]?.(client, name, value) ?? expect.fail('no such way')
  const storedValue = async (username: string, name: string) =>
    (await server.call('AdminGetUser', { UserPoolId: pool.UserPoolId, Username: username })).body.UserAttributes?.find(
      (attribute: { Name: string }) => attribute.Name === name,
    )?.Value

  it('a user writes what the client may write', async () => {
    for (const name of ['given_name', 'custom:own']) {
      const [username, status] = await write(narrow, name, 'new')
      expect(status).toBe(200)
      expect(await storedValue(username, name)).toBe('new')
    }
  })

  it.each(['family_name', 'email', 'phone_number', 'preferred_username', 'custom:fixed', 'custom:nosuch'])(
    'a user does not write %s through a client that may not',
    async (name) => {
      const value = { email: 'evil@example.org', phone_number: '+4900000000' }[name] ?? 'evil'
      const [username, status, type] = await write(narrow, name, value)
      expect([status, type]).toEqual([400, expect.stringMatching(/^(?:NotAuthorized|InvalidParameter)Exception$/)])
      expect(await storedValue(username, name)).not.toBe(value)
    },
  )

  it.each([
    ['email_verified', 'true'],
    ['email_verified', 'TRUE'],
    ['phone_number_verified', 'true'],
    ['sub', 'somebody-else'],
    ['identities', '[{"userId":"x"}]'],
    ['dev:custom:hidden', 'evil'],
    ['custom:hidden', 'evil'],
    ['cognito:user_status', 'CONFIRMED'],
    ['__proto__', 'evil'],
  ])('a user never writes %s (%s), whatever the client may write', async (name, value) => {
    const [username, status, type] = await write(pool, name, value)
    expect([status, type], `${name} by ${way}`).toEqual([
      400,
      expect.stringMatching(/^(?:NotAuthorized|InvalidParameter|Serialization)Exception$/),
    ])
    expect(await storedValue(username, name)).not.toBe(value)
  })
})

describe('must-not-happen 31: what is immutable', () => {
  it('stays as it was made', async () => {
    const username = await someone()
    const AccessToken = await accessTokenOf(server, pool, username)
    for (const value of ['changed', '']) {
      const refused = await server.call('UpdateUserAttributes', { AccessToken, UserAttributes: listed({ 'custom:fixed': value }) })
      expect(refused.status).toBe(400)
    }
    expect((await server.call('DeleteUserAttributes', { AccessToken, UserAttributeNames: ['custom:fixed'] })).status).toBe(400)
    const admin = { UserPoolId: pool.UserPoolId, Username: username }
    expect(
      (await server.call('AdminUpdateUserAttributes', { ...admin, UserAttributes: listed({ 'custom:fixed': 'changed' }) })).status,
    ).toBe(400)
    expect((await server.call('AdminDeleteUserAttributes', { ...admin, UserAttributeNames: ['custom:fixed'] })).status).toBe(400)
    expect((await userOf(server, pool, username)).attributes['custom:fixed']).toBe('for ever')
  })
})

describe('must-not-happen 31: a user', () => {
  it('deletes only what the client may write', async () => {
    const username = await someone()
    const AccessToken = await accessTokenOf(server, narrow, username)
    for (const name of ['family_name', 'email', 'email_verified', 'sub']) {
      expect((await server.call('DeleteUserAttributes', { AccessToken, UserAttributeNames: [name] })).status, name).toBe(400)
    }
    await server.ok('DeleteUserAttributes', { AccessToken, UserAttributeNames: ['given_name'] })
    const left = (await userOf(server, pool, username)).attributes
    expect(left).toMatchObject({ family_name: 'Ng', email: 'ana@example.org' })
    expect(left).not.toHaveProperty('given_name')
  })

  it('makes a verified address unverified by changing it, and verifies it with its own code alone', async () => {
    const username = await someone({ email_verified: 'true' })
    const AccessToken = await accessTokenOf(server, pool, username)
    await server.ok('UpdateUserAttributes', { AccessToken, UserAttributes: listed({ email: `${username}@new.example.org` }) })
    expect((await userOf(server, pool, username)).attributes).toMatchObject({ email_verified: 'false' })
    const Code = server.codeSentTo(`${username}@new.example.org`)
    await server.ok('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code })
    expect((await userOf(server, pool, username)).attributes).toMatchObject({
      email: `${username}@new.example.org`,
      email_verified: 'true',
    })
  })

  it('reads only what the client may read: GetUser, ID token, refreshed ID token, NEW_PASSWORD_REQUIRED', async () => {
    const username = await someone()
    const signedIn = await server.ok('InitiateAuth', {
      ClientId: narrow.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD: password },
    })
    const { AccessToken, IdToken, RefreshToken } = signedIn.AuthenticationResult
    const refreshed = await server.ok('GetTokensFromRefreshToken', { ClientId: narrow.ClientId, RefreshToken })
    await inviteUser(server, pool.UserPoolId, 'invited-reader', attributes)
    const asked = await server.ok('InitiateAuth', {
      ClientId: narrow.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'invited-reader', PASSWORD: temporaryPassword },
    })
    const shown = [
      JSON.stringify(await server.ok('GetUser', { AccessToken })),
      JSON.stringify(tokenParts(IdToken).payload),
      JSON.stringify(tokenParts(AccessToken).payload),
      JSON.stringify(tokenParts(refreshed.AuthenticationResult.IdToken).payload),
      JSON.stringify(asked),
    ]
    for (const [place, text] of shown.entries()) {
      for (const hidden of ['ana@example.org', '+4912345678', 'Ng"', 'for ever']) expect(text, `${place}`).not.toContain(hidden)
      if (place !== 2) expect(text, `${place}`).toContain('Ana')
    }
  })

  it('loses what the client may no longer read, tokens of before included', async () => {
    const client = await makeClient(server, pool.UserPoolId)
    const username = await someone()
    const AccessToken = await accessTokenOf(server, client, username)
    expect(JSON.stringify(await server.ok('GetUser', { AccessToken }))).toContain('ana@example.org')
    await server.ok('UpdateUserPoolClient', { UserPoolId: pool.UserPoolId, ClientId: client.ClientId, ReadAttributes: ['given_name'] })
    expect(JSON.stringify(await server.ok('GetUser', { AccessToken }))).not.toContain('ana@example.org')
  })
})
