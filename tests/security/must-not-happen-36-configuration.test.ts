import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { secretHash } from '../../src/crypto/secret-hash.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { tokensOf } from '../support/sign-in.ts'
import { tokenParts } from '../support/token-parts.ts'

let server: Harness
let pool: MadePool
let UserPoolId: string
let pools = 0

/** A pool under an id of our choice, with an app client under the same, the user `eve` and the group `admins`. */
const make = async (name: string): Promise<MadePool> => {
  const made = await makePool(server, { UserPoolTags: { _custom_id_: name } }, { ClientName: `_custom_id_:${name}` })
  await makeUser(server, made.UserPoolId, 'eve')
  await server.ok('CreateGroup', { UserPoolId: made.UserPoolId, GroupName: 'admins' })
  return made
}

beforeAll(async () => {
  server = await createHarness()
})
beforeEach(async () => {
  pools += 1
  pool = await make(`Again${pools}`)
  UserPoolId = pool.UserPoolId
  await server.ok('AdminAddUserToGroup', { UserPoolId, GroupName: 'admins', Username: 'eve' })
})
afterAll(() => server.close())

const signIn = (made: MadePool) => tokensOf(server, made, 'eve')

const purge = async () => {
  const by = { actor: 'operator', requestId: 'r', action: 'purge', at: server.clock.now() }
  while ((await server.store.maintenance.purge(by, 100)) > 0);
}

const groupsOf = async (Username: string) => (await server.ok('AdminListGroupsForUser', { UserPoolId, Username })).Groups

describe('must-not-happen 36: a pool made again under its id', () => {
  it('has nothing of the old one', async () => {
    await server.ok('CreateResourceServer', { UserPoolId, Identifier: 'orders', Name: 'Orders' })
    await server.ok('TagResource', {
      ResourceArn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${UserPoolId}`,
      Tags: { old: '' },
    })
    const { Certificate } = await server.ok('GetSigningCertificate', { UserPoolId })
    await server.ok('DeleteUserPool', { UserPoolId })
    await server.ok('CreateUserPool', { PoolName: 'again', UserPoolTags: { _custom_id_: UserPoolId } })
    expect((await server.ok('DescribeUserPool', { UserPoolId })).UserPool).toMatchObject({ EstimatedNumberOfUsers: 0, UserPoolTags: {} })
    expect(await server.ok('ListUsers', { UserPoolId })).toEqual({ Users: [] })
    expect(await server.ok('ListGroups', { UserPoolId })).toEqual({ Groups: [] })
    expect(await server.ok('ListUserPoolClients', { UserPoolId })).toEqual({ UserPoolClients: [] })
    expect(await server.ok('ListResourceServers', { UserPoolId, MaxResults: 50 })).toEqual({ ResourceServers: [] })
    expect((await server.ok('GetSigningCertificate', { UserPoolId })).Certificate).not.toBe(Certificate)
    expect(await server.refused('DescribeUserPoolClient', { UserPoolId, ClientId: pool.ClientId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${pool.ClientId} does not exist.`,
    ])
  })

  it('takes no token, session or page of the old one, though client and user have their old names too', async () => {
    const { AccessToken, RefreshToken } = await signIn(pool)
    await server.ok('CreateGroup', { UserPoolId, GroupName: 'more' })
    const { NextToken } = await server.ok('ListGroups', { UserPoolId, Limit: 1 })
    await server.ok('DeleteUserPool', { UserPoolId })
    const again = await make(`Again${pools}`)
    expect(again).toMatchObject({ UserPoolId, ClientId: pool.ClientId })
    expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Invalid Access Token'])
    const refresh = { ClientId: pool.ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: RefreshToken } }
    expect(await server.refused('InitiateAuth', refresh)).toEqual(['NotAuthorizedException', 'Invalid Refresh Token.'])
    expect(await server.refused('ListGroups', { UserPoolId, Limit: 1, NextToken })).toEqual([
      'InvalidParameterException',
      'Invalid pagination token given.',
    ])
    expect(tokenParts((await signIn(again)).AccessToken).payload).not.toHaveProperty('cognito:groups')
  })

  it('loses nothing when what is left of the old one is cleared away', async () => {
    await server.ok('DeleteUserPool', { UserPoolId })
    const again = await make(`Again${pools}`)
    await server.ok('AdminAddUserToGroup', { UserPoolId, GroupName: 'admins', Username: 'eve' })
    await purge()
    expect(await groupsOf('eve')).toMatchObject([{ GroupName: 'admins' }])
    expect(tokenParts((await signIn(again)).AccessToken).payload['cognito:groups']).toEqual(['admins'])
  })
})

describe('must-not-happen 36: an app client made again under its id', () => {
  it('has none of the old secrets', async () => {
    const settings = { ClientName: `_custom_id_:web${pools}`, GenerateSecret: true }
    const old = await makeClient(server, UserPoolId, settings)
    const client = { UserPoolId, ClientId: old.ClientId }
    const added = (await server.ok('AddUserPoolClientSecret', client)).ClientSecretDescriptor.ClientSecretValue
    const [first] = (await server.ok('ListUserPoolClientSecrets', client)).ClientSecrets
    await server.ok('DeleteUserPoolClient', client)
    server.clock.advance(1)
    const again = await makeClient(server, UserPoolId, settings)
    expect(again.ClientSecret).not.toBe(old.ClientSecret)
    const { ClientSecrets } = await server.ok('ListUserPoolClientSecrets', client)
    expect(ClientSecrets).toHaveLength(1)
    expect(ClientSecrets[0].ClientSecretId).not.toBe(first.ClientSecretId)
    const attempt = (secret: string) =>
      server.call('InitiateAuth', {
        ClientId: again.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'eve', PASSWORD: password, SECRET_HASH: secretHash('eve', again.ClientId, secret) },
      })
    for (const secret of [old.ClientSecret, added])
      expect((await attempt(secret)).body.message).toBe(`Unable to verify secret hash for client ${again.ClientId}`)
    expect((await attempt(again.ClientSecret)).status).toBe(200)
  })

  it('honours no token of the old one', async () => {
    const settings = { ClientName: `_custom_id_:tokens${pools}` }
    for (const EnableTokenRevocation of [true, false]) {
      const old = await makeClient(server, UserPoolId, { ...settings, EnableTokenRevocation })
      const { AccessToken, RefreshToken } = await signIn(old)
      await server.ok('DeleteUserPoolClient', { UserPoolId, ClientId: old.ClientId })
      const { ClientId } = await makeClient(server, UserPoolId, { ...settings, EnableTokenRevocation })
      expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
      expect(await server.refused('GetTokensFromRefreshToken', { ClientId, RefreshToken })).toEqual([
        'NotAuthorizedException',
        'Invalid Refresh Token.',
      ])
      await server.ok('DeleteUserPoolClient', { UserPoolId, ClientId })
    }
  })

  it('is public when it is made so, whatever it was', async () => {
    const old = await makeClient(server, UserPoolId, { ClientName: `_custom_id_:open${pools}`, GenerateSecret: true })
    await server.ok('DeleteUserPoolClient', { UserPoolId, ClientId: old.ClientId })
    const again = await makeClient(server, UserPoolId, { ClientName: `_custom_id_:open${pools}` })
    expect(again.ClientSecret).toBe('')
    await signIn(again)
  })
})

describe('must-not-happen 36: a group made again under its name', () => {
  it('has none of the old members, in lists and in tokens, before and after the old rows go', async () => {
    await server.ok('DeleteGroup', { UserPoolId, GroupName: 'admins' })
    await server.ok('CreateGroup', { UserPoolId, GroupName: 'admins' })
    for (const step of [async () => {}, purge]) {
      await step()
      expect(await groupsOf('eve')).toEqual([])
      expect(await server.ok('ListUsersInGroup', { UserPoolId, GroupName: 'admins' })).toEqual({ Users: [] })
      expect(tokenParts((await signIn(pool)).AccessToken).payload).not.toHaveProperty('cognito:groups')
    }
  })

  it('keeps its new members when the old rows go', async () => {
    await server.ok('DeleteGroup', { UserPoolId, GroupName: 'admins' })
    await server.ok('CreateGroup', { UserPoolId, GroupName: 'admins' })
    await server.ok('AdminAddUserToGroup', { UserPoolId, GroupName: 'admins', Username: 'eve' })
    await purge()
    expect(await groupsOf('eve')).toMatchObject([{ GroupName: 'admins' }])
  })

  it('takes no page token of the old one', async () => {
    const group = { UserPoolId, GroupName: 'admins' }
    await makeUser(server, UserPoolId, 'mallory')
    await server.ok('AdminAddUserToGroup', { ...group, Username: 'mallory' })
    const { NextToken } = await server.ok('ListUsersInGroup', { ...group, Limit: 1 })
    await server.ok('DeleteGroup', group)
    await server.ok('CreateGroup', group)
    expect(await server.refused('ListUsersInGroup', { ...group, Limit: 1, NextToken })).toEqual([
      'InvalidParameterException',
      'Invalid pagination token given.',
    ])
  })
})

describe('must-not-happen 36: what is made again under its name', () => {
  it('as a user is in none of the old groups', async () => {
    await server.ok('AdminDeleteUser', { UserPoolId, Username: 'eve' })
    await makeUser(server, UserPoolId, 'eve')
    expect(await groupsOf('eve')).toEqual([])
    expect(await server.ok('ListUsersInGroup', { UserPoolId, GroupName: 'admins' })).toEqual({ Users: [] })
  })

  it('as a resource server gives none of the old scopes', async () => {
    const orders = { UserPoolId, Identifier: 'orders' }
    await server.ok('CreateResourceServer', { ...orders, Name: 'Orders', Scopes: [{ ScopeName: 'admin', ScopeDescription: 'x' }] })
    await server.ok('DeleteResourceServer', orders)
    await server.ok('CreateResourceServer', { ...orders, Name: 'Orders' })
    expect((await server.ok('DescribeResourceServer', orders)).ResourceServer).toEqual({ ...orders, Name: 'Orders' })
    expect(await server.refused('CreateUserPoolClient', { UserPoolId, ClientName: 'x', AllowedOAuthScopes: ['orders/admin'] })).toEqual([
      'ScopeDoesNotExistException',
      'Invalid scope requested: orders/admin',
    ])
  })
})
