import { describe, expect, it } from 'vitest'
import type { AppClient } from './app-client.ts'
import { schemaFrom } from './attribute-schema.ts'
import { type AccessTokenFacts, accessTokenClaims, clientTokenClaims, type IdTokenFacts, idTokenClaims } from './claims.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

const made = schemaFrom([{ Name: 'age', AttributeDataType: 'Number' }])
const pool = { SchemaAttributes: 'schema' in made ? made.schema : [], UserPoolTier: 'ESSENTIALS' } as unknown as UserPool
const client = { ClientId: 'xxxxxxxxxxxxexample', EnableTokenRevocation: true } as AppClient
const user = {
  id: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  username: 'my-test-user',
  attributes: {
    email: 'my-test-user@example.com',
    email_verified: 'true',
    middle_name: 'Jane',
    'custom:age': '42',
    address: '1 Main Street',
    phone_number: '+14325551212',
    phone_number_verified: 'false',
    updated_at: '1676312777',
    identities: '[{"userId":"x","primary":"true"}]',
  },
} as unknown as User
const facts: IdTokenFacts & AccessTokenFacts = {
  issuer: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example',
  pool,
  client,
  user,
  groups: [
    { GroupName: 'test-group-a', RoleArn: 'arn:aws:iam::111122223333:role/a', Precedence: 1 },
    { GroupName: 'test-group-b', RoleArn: 'arn:aws:iam::111122223333:role/b' },
    { GroupName: 'test-group-c', RoleArn: 'arn:aws:iam::111122223333:role/b' },
  ],
  scope: 'aws.cognito.signin.user.admin',
  authTime: 1676312777,
  issuedAt: 1676312778,
  expiresAt: 1676316377,
  jti: 'jti-1',
  originJti: 'origin-1',
  eventId: '64f513be-32db-42b0-b78e-b02127b4f463',
  amr: ['pwd'],
}

describe('idTokenClaims', () => {
  it('says everything in the order of the sample', () => {
    const claims = idTokenClaims({ ...facts, nonce: 'abcdefg', atHash: 'h' })
    expect(Object.entries(claims)).toEqual([
      ['sub', user.id],
      ['address', { formatted: '1 Main Street' }],
      ['cognito:groups', ['test-group-a', 'test-group-b', 'test-group-c']],
      ['email_verified', true],
      ['cognito:preferred_role', 'arn:aws:iam::111122223333:role/a'],
      ['iss', facts.issuer],
      ['phone_number_verified', false],
      ['cognito:username', 'my-test-user'],
      ['middle_name', 'Jane'],
      ['custom:age', '42'],
      ['phone_number', '+14325551212'],
      ['updated_at', 1676312777],
      ['nonce', 'abcdefg'],
      ['at_hash', 'h'],
      ['origin_jti', 'origin-1'],
      ['cognito:roles', ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b']],
      ['aud', 'xxxxxxxxxxxxexample'],
      ['identities', [{ userId: 'x', primary: 'true' }]],
      ['event_id', facts.eventId],
      ['token_use', 'id'],
      ['auth_time', 1676312777],
      ['acr', 'urn:cognito:loa:1'],
      ['amr', ['pwd']],
      ['exp', 1676316377],
      ['iat', 1676312778],
      ['jti', 'jti-1'],
      ['email', 'my-test-user@example.com'],
    ])
  })

  it('leaves out what there is nothing to say about', () => {
    const bare = { ...facts, groups: [], user: { ...user, attributes: {} } }
    expect(Object.keys(idTokenClaims(bare))).toEqual(
      'sub iss cognito:username origin_jti aud event_id token_use auth_time acr amr exp iat jti'.split(' '),
    )
  })

  it('shows no more than the client may read and the scopes open', () => {
    const limited = { ...client, ReadAttributes: ['email', 'middle_name', 'custom:age'] }
    const names = (claims: object) => Object.keys(claims).filter((name) => name in user.attributes)
    expect(names(idTokenClaims({ ...facts, client: limited }))).toEqual(['middle_name', 'custom:age', 'email'])
    expect(names(idTokenClaims({ ...facts, client: limited, scope: 'openid email' }))).toEqual(['email'])
  })

  it('keeps what is no JSON or no number as text', () => {
    const odd = { ...user, attributes: { identities: 'x', updated_at: 'today' } }
    expect(idTokenClaims({ ...facts, user: odd })).toMatchObject({ identities: 'x', updated_at: 'today' })
  })

  it('is not changed by a role that is not decided', () => {
    const tied = [
      { GroupName: 'a', RoleArn: 'x' },
      { GroupName: 'b', RoleArn: 'y' },
    ]
    const claims = idTokenClaims({ ...facts, groups: tied })
    expect(claims).not.toHaveProperty(['cognito:preferred_role'])
    expect(claims).toMatchObject({ 'cognito:roles': ['x', 'y'] })
  })
})

describe('accessTokenClaims', () => {
  it('says everything in the order of the sample', () => {
    const claims = accessTokenClaims({ ...facts, deviceKey: 'd', audience: 'https://api.example.com', hosted: true, acr: 'urn:x:high' })
    expect(Object.entries(claims)).toEqual([
      ['sub', user.id],
      ['device_key', 'd'],
      ['cognito:groups', ['test-group-a', 'test-group-b', 'test-group-c']],
      ['iss', facts.issuer],
      ['version', 2],
      ['client_id', 'xxxxxxxxxxxxexample'],
      ['aud', 'https://api.example.com'],
      ['origin_jti', 'origin-1'],
      ['event_id', facts.eventId],
      ['token_use', 'access'],
      ['scope', 'aws.cognito.signin.user.admin'],
      ['auth_time', 1676312777],
      ['acr', 'urn:x:high'],
      ['amr', ['pwd']],
      ['exp', 1676316377],
      ['iat', 1676312778],
      ['jti', 'jti-1'],
      ['username', 'my-test-user'],
    ])
  })

  it('of an API sign-in has neither audience nor version', () => {
    const claims = accessTokenClaims(facts)
    expect(claims).not.toHaveProperty('aud')
    expect(claims).not.toHaveProperty('version')
  })
})

describe('both tokens', () => {
  it.each<[string, Partial<typeof facts>, string[]]>([
    ['without revocation', { client: { ...client, EnableTokenRevocation: false } }, ['jti', 'origin_jti']],
    ['on LITE', { pool: { ...pool, UserPoolTier: 'LITE' } }, ['acr', 'amr']],
    ['without an origin', { originJti: undefined }, ['origin_jti']],
  ])('%s lack claims', (_, change, lacking) => {
    const names = (claims: object) => Object.keys(claims)
    for (const make of [idTokenClaims, accessTokenClaims]) {
      const full = names(make(facts))
      expect(full.filter((name) => !names(make({ ...facts, ...change })).includes(name)).sort()).toEqual(lacking)
    }
  })

  it('keep both ids while refresh tokens rotate', () => {
    const rotating: AppClient = { ...client, EnableTokenRevocation: false, RefreshTokenRotation: { Feature: 'ENABLED' } }
    expect(accessTokenClaims({ ...facts, client: rotating })).toMatchObject({ jti: 'jti-1', origin_jti: 'origin-1' })
  })
})

describe('clientTokenClaims', () => {
  it('makes the app client its own subject, and says nothing of users', () => {
    expect(clientTokenClaims({ ...facts, scope: 'api/read' })).toEqual({
      sub: client.ClientId,
      token_use: 'access',
      scope: 'api/read',
      auth_time: facts.issuedAt,
      iss: facts.issuer,
      exp: facts.expiresAt,
      iat: facts.issuedAt,
      version: 2,
      jti: 'jti-1',
      client_id: client.ClientId,
    })
  })
})
