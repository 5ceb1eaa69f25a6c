import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness, testRegion } from '../../tests/support/harness.ts'
import { operations } from '../operations/index.ts'
import { createOperatorCall } from './operator.ts'
import { parseSeed } from './parse-seed.ts'
import { applySeed } from './seed.ts'
import type { SeedDocument } from './seed-document.ts'

let server: Harness

beforeEach(async () => {
  server = await createHarness()
})
afterEach(() => server.close())

const apply = (document: SeedDocument) => applySeed(createOperatorCall(server, operations), testRegion, document)

const document: SeedDocument = {
  pools: [
    {
      id: 'eu-central-1_Seeded001',
      name: 'Seeded',
      settings: { AutoVerifiedAttributes: ['email'] },
      resourceServers: [{ Identifier: 'orders', Name: 'Orders', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read orders' }] }],
      clients: [
        { id: 'seededclient', name: 'Web', settings: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] } },
        { name: 'Back end', secret: 'a-secret-would-not-do+'.replaceAll('-', '_').padEnd(30, 'x') },
      ],
      groups: [{ GroupName: 'admins', Precedence: 1 }],
      users: [
        {
          username: 'ana',
          password: 'Correct-Horse-7',
          attributes: { email: 'ana@example.org', email_verified: 'true' },
          groups: ['admins'],
        },
        { username: 'ben', temporaryPassword: 'Temporary-Horse-7' },
      ],
    },
  ],
}

const signIn = (username: string, password: string) =>
  server.call('InitiateAuth', {
    ClientId: 'seededclient',
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD: password },
  })

describe('a seed', () => {
  it('makes pools, clients, groups and users that work', async () => {
    const [pool] = await apply(document)
    expect(pool).toMatchObject({
      userPoolId: 'eu-central-1_Seeded001',
      region: 'eu-central-1',
      clients: [
        { name: 'Web', clientId: 'seededclient', secret: undefined },
        { name: 'Back end', secret: expect.stringMatching(/^a_secret/) },
      ],
      users: ['ana', 'ben'],
    })
    expect((await signIn('ana', 'Correct-Horse-7')).status).toBe(200)
    expect((await signIn('ben', 'Temporary-Horse-7')).body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    const { Groups } = await server.ok(
      'AdminListGroupsForUser',
      { UserPoolId: 'eu-central-1_Seeded001', Username: 'ana' },
      { region: 'eu-central-1' },
    )
    expect(Groups.map(({ GroupName }: { GroupName: string }) => GroupName)).toEqual(['admins'])
    expect(server.mailbox?.messages()).toEqual([])
  })

  it('changes nothing when it is applied again, sessions included', async () => {
    const first = await apply(document)
    const { AuthenticationResult } = (await signIn('ana', 'Correct-Horse-7')).body
    expect(await apply(document)).toEqual(first)
    const { UserPools } = await server.ok('ListUserPools', { MaxResults: 60 }, { region: 'eu-central-1' })
    expect(UserPools).toHaveLength(1)
    expect((await server.call('GetUser', { AccessToken: AuthenticationResult.AccessToken })).status).toBe(200)
  })

  it('brings what is there in line with the file', async () => {
    await apply(document)
    const [pool] = document.pools
    const users = [{ username: 'ana', attributes: { email: 'ana@example.net', email_verified: 'true' } }]
    await apply({ pools: [{ ...(pool as SeedDocument['pools'][number]), groups: [{ GroupName: 'admins', Precedence: 9 }], users }] })
    const options = { region: 'eu-central-1' }
    const UserPoolId = 'eu-central-1_Seeded001'
    expect((await server.ok('GetGroup', { UserPoolId, GroupName: 'admins' }, options)).Group.Precedence).toBe(9)
    const { UserAttributes } = await server.ok('AdminGetUser', { UserPoolId, Username: 'ana' }, options)
    expect(UserAttributes).toContainEqual({ Name: 'email', Value: 'ana@example.net' })
    expect((await signIn('ana', 'Correct-Horse-7')).status).toBe(200)
  })

  it('gives a pool its domains, and changes what they have', async () => {
    const CustomDomainConfig = { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a1b2c3d4' }
    const custom = { Domain: 'auth.seeded.example.org', CustomDomainConfig }
    const pool = document.pools[0] as SeedDocument['pools'][number]
    const give = (...domains: NonNullable<typeof pool.domains>) => apply({ pools: [{ ...pool, domains }] })
    const described = async (Domain: string) =>
      (await server.ok('DescribeUserPoolDomain', { Domain }, { region: 'eu-central-1' })).DomainDescription
    const UserPoolId = 'eu-central-1_Seeded001'
    await give({ Domain: 'seeded', ManagedLoginVersion: 2 }, custom)
    expect(await described('seeded')).toMatchObject({ UserPoolId, ManagedLoginVersion: 2 })
    expect(await described('auth.seeded.example.org')).toMatchObject({ UserPoolId, ManagedLoginVersion: 1, CustomDomainConfig })
    // What the file leaves out stays.
    await give({ Domain: 'seeded' }, { ...custom, ManagedLoginVersion: 2 })
    expect(await described('seeded')).toMatchObject({ UserPoolId, ManagedLoginVersion: 2 })
    expect(await described('auth.seeded.example.org')).toMatchObject({ ManagedLoginVersion: 2 })
    await expect(give({ Domain: 'another' })).rejects.toThrow('User pool already has a domain configured.')
    const other = { pools: [{ name: 'Other', domains: [{ Domain: 'seeded' }] }] }
    await expect(apply(other)).rejects.toThrow(
      'pools[0] (Other): InvalidParameterException: Domain already associated with another user pool.',
    )
    expect(await described('seeded')).toMatchObject({ UserPoolId })
  })

  it('makes nobody whose password is refused', async () => {
    const weak = { pools: [{ id: 'us-east-1_Weak', name: 'Weak', users: [{ username: 'ana', password: 'short' }] }] }
    await expect(apply(weak)).rejects.toThrow('InvalidPasswordException: Password did not conform with policy')
    expect((await server.ok('ListUsers', { UserPoolId: 'us-east-1_Weak' })).Users).toEqual([])
  })

  it('gives a password to somebody who still waits for one, and to nobody else', async () => {
    await apply(document)
    const [pool] = document.pools
    const users = [
      { username: 'ana', password: 'Another-Horse-7' },
      { username: 'ben', password: 'Another-Horse-7' },
    ]
    await apply({ pools: [{ ...(pool as SeedDocument['pools'][number]), users }] })
    expect((await signIn('ana', 'Correct-Horse-7')).status).toBe(200)
    expect((await signIn('ben', 'Another-Horse-7')).body.AuthenticationResult).toBeDefined()
  })

  it.each<[string, Partial<SeedDocument['pools'][number]>, RegExp]>([
    ['a sign-in by e-mail', { settings: { UsernameAttributes: ['email'] } }, /UsernameAttributes can't be changed/],
    ['other aliases', { settings: { AliasAttributes: ['email'] } }, /AliasAttributes can't be changed/],
    ['another attribute', { settings: { Schema: [{ Name: 'plan', AttributeDataType: 'String' }] } }, /Schema can't be changed/],
    ['another case rule', { settings: { UsernameConfiguration: { CaseSensitive: false } } }, /UsernameConfiguration can't be changed/],
    ['another secret', { clients: [{ name: 'Back end', secret: 'another_secret_of_thirty_chars_x' }] }, /exists with another secret/],
  ])('refuses by name what can not be changed any more: %s', async (_, change, sentence) => {
    await apply(document)
    await expect(apply({ pools: [{ ...(document.pools[0] as SeedDocument['pools'][number]), ...change }] })).rejects.toThrow(sentence)
  })

  it('names the pool and the refusal when an operation refuses', async () => {
    const broken = { pools: [{ name: 'Broken', users: [{ username: 'ana', password: 'short' }] }] }
    await expect(apply(broken)).rejects.toThrow(/^pools\[0\] \(Broken\): InvalidP\w+Exception: .+/)
  })

  it.each([
    [undefined, 'The seed file must be a mapping.'],
    [{ pool: [] }, 'The seed file has a member that is not known: pool. Known are pools.'],
    [{ pools: {} }, 'pools must be a list.'],
    [{ pools: [{ id: 'x' }] }, 'pools[0] needs the member name.'],
    [{ pools: [{ name: 'x', users: [{ username: 'a', pass: 'b' }] }] }, 'pools[0].users[0] has a member that is not known: pass.'],
    [
      { pools: [{ name: 'x', settings: { Polices: {} } }] },
      'pools[0].settings has a member that is not known: Polices. Known are Policies, ',
    ],
    [{ pools: [{ name: 'x', settings: { PoolName: 'y' } }] }, 'pools[0].settings has a member that is not known: PoolName.'],
    [
      { pools: [{ name: 'x', settings: { Policies: { PasswordPolicy: { MinimumLenght: 20 } } } }] },
      'pools[0].settings.Policies.PasswordPolicy has a member that is not known: MinimumLenght. Known are MinimumLength, ',
    ],
    [
      { pools: [{ name: 'x', settings: { Schema: [{ Name: 'a' }, { Nam: 'b' }] } }] },
      'pools[0].settings.Schema[1] has a member that is not known: Nam.',
    ],
    [
      { pools: [{ name: 'x', clients: [{ name: 'a', settings: { ExplicitFlows: [] } }] }] },
      'pools[0].clients[0].settings has a member that is not known: ExplicitFlows.',
    ],
    [{ pools: [{ name: 'x', domains: [{ ManagedLoginVersion: 2 }] }] }, 'pools[0].domains[0] needs the member Domain.'],
    [
      { pools: [{ name: 'x', domains: [{ Domain: 'a', UserPoolId: 'b' }] }] },
      'pools[0].domains[0] has a member that is not known: UserPoolId. Known are Domain, ',
    ],
    [
      { pools: [{ name: 'x', groups: [{ GroupName: 'a', Presedence: 1 }] }] },
      'pools[0].groups[0] has a member that is not known: Presedence. Known are GroupName, Description, RoleArn, Precedence.',
    ],
    [{ pools: [{ name: 'x', groups: [{ name: 'a' }] }] }, 'pools[0].groups[0] has a member that is not known: name.'],
    [
      { pools: [{ name: 'x', resourceServers: [{ Identifier: 'a', Scopes: [{ Name: 'b' }] }] }] },
      'pools[0].resourceServers[0].Scopes[0] has a member that is not known: Name. Known are ScopeName, ScopeDescription.',
    ],
    [{ pools: [{ name: 'x', resourceServers: [{ Name: 'a' }] }] }, 'pools[0].resourceServers[0] needs the member Identifier.'],
  ])('refuses %j with the place of the fault', (value, sentence) => {
    expect(() => parseSeed(value)).toThrow(sentence)
  })

  it('lets every member of the operations through, and settings that are left blank', () => {
    expect(parseSeed(document)).toBe(document)
    const blank = { pools: [{ name: 'x', settings: null, clients: [{ name: 'a', settings: null }] }] }
    expect(parseSeed(blank)).toBe(blank)
  })
})
