import type { AppClient } from '../../domain/app-client.ts'
import type { Code } from '../../domain/code.ts'
import type { Device } from '../../domain/device.ts'
import type { Group } from '../../domain/group.ts'
import type { ResourceServer } from '../../domain/resource-server.ts'
import type { Terms } from '../../domain/terms.ts'
import type { Credential, User } from '../../domain/user.ts'
import type { PoolDomain, UserPool } from '../../domain/user-pool.ts'
import type { By, NewUser, Rows, Store } from '../store.ts'

let count = 0

/** A short text that no other call in this process answered. */
export const unique = (): string => {
  count += 1
  return count.toString(36).padStart(4, '0')
}

/** Somebody who writes at `at`, epoch milliseconds. */
export const byAt = (at: number): By => ({ actor: 'operator', requestId: `request-${unique()}`, action: 'Conformance', at })

/** A user pool with an internal identity of its own. */
export const samplePool = (values: Partial<UserPool> = {}): UserPool => {
  const name = unique()
  const region = values.region ?? 'us-east-1'
  const id = values.Id ?? `${region}_${name}`
  return {
    uid: `pool-${name}`,
    region,
    version: 1,
    mfa: { smsEnabled: false },
    Id: id,
    Name: `Pool ${name}`,
    Arn: `arn:aws:cognito-idp:${region}:123456789012:userpool/${id}`,
    Policies: { PasswordPolicy: { MinimumLength: 8 } },
    SchemaAttributes: [{ Name: 'email', AttributeDataType: 'String' }],
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    CreationDate: 1000,
    LastModifiedDate: 1000,
    ...values,
  }
}

/** A prefix domain under a name of its own. */
export const sampleDomain = (values: Partial<PoolDomain> = {}): PoolDomain => {
  const name = unique()
  return { uid: `domain-${name}`, Domain: `prefix-${name}`, ManagedLoginVersion: 1, ...values }
}

/** An app client of the pool. */
export const sampleClient = (pool: UserPool, values: Partial<AppClient> = {}): AppClient => {
  const name = unique()
  return {
    uid: `client-${name}`,
    poolUid: pool.uid,
    version: 1,
    secrets: [],
    UserPoolId: pool.Id,
    ClientId: `id${name}`,
    ClientName: `Client ${name}`,
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
    RefreshTokenValidity: 30,
    TokenValidityUnits: {},
    AuthSessionValidity: 3,
    EnableTokenRevocation: true,
    PreventUserExistenceErrors: 'ENABLED',
    CreationDate: 1000,
    LastModifiedDate: 1000,
    ...values,
  }
}

/** A resource server of the pool. */
export const sampleResourceServer = (pool: UserPool, identifier: string): ResourceServer => ({
  poolUid: pool.uid,
  version: 1,
  UserPoolId: pool.Id,
  Identifier: identifier,
  Name: 'Orders',
  Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }],
})

/** A group of the pool. */
export const sampleGroup = (pool: UserPool, name: string, values: Partial<Group> = {}): Group => ({
  uid: `group-${unique()}`,
  poolUid: pool.uid,
  version: 1,
  GroupName: name,
  UserPoolId: pool.Id,
  CreationDate: 1000,
  LastModifiedDate: 1000,
  ...values,
})

/** A user of the pool. */
export const sampleUser = (pool: UserPool, username: string, values: Partial<User> = {}): User => ({
  poolUid: pool.uid,
  id: `user-${unique()}`,
  username,
  status: 'CONFIRMED',
  enabled: true,
  attributes: {},
  generation: 0,
  version: 1,
  createdAt: 1000,
  modifiedAt: 1000,
  ...values,
})

/** A user with a user name, found by `username`. */
export const newUser = (pool: UserPool, username: string, values: Partial<NewUser> = {}): NewUser => ({
  user: sampleUser(pool, username),
  names: [{ kind: 'username', name: username }],
  search: [{ attribute: 'username', value: username }],
  ...values,
})

/** A credential whose salt tells it from others. */
export const sampleCredential = (salt: string): Credential => ({ scheme: 'srp', salt, sealedVerifier: 'AAAA', setAt: 1000 })

/** A code for signing up. */
export const sampleCode = (user: User, values: Partial<Code> = {}): Code => ({
  poolUid: user.poolUid,
  userId: user.id,
  purpose: 'SignUp',
  id: `code-${unique()}`,
  hash: 'c2VjcmV0',
  expiresAt: 5000,
  ...values,
})

/** The pool, created. */
export const createPool = async (store: Store, values: Partial<UserPool> = {}): Promise<UserPool> => {
  const pool = samplePool(values)
  await store.pools.create(byAt(1000), pool, 1_000_000)
  return pool
}

/** The user, registered. */
export const register = async (store: Store, pool: UserPool, username: string, values: Partial<NewUser> = {}): Promise<User> => {
  const added = newUser(pool, username, values)
  await store.users.register(byAt(1000), added)
  return added.user
}

/** The results of `times` calls that run at once, counted by their JSON. */
export const race = async (times: number, run: (index: number) => Promise<unknown>): Promise<Record<string, number>> => {
  const results = await Promise.all(Array.from({ length: times }, (_, index) => run(index)))
  const counts: Record<string, number> = {}
  for (const result of results) {
    const text = typeof result === 'string' ? result : JSON.stringify(result)
    counts[text] = (counts[text] ?? 0) + 1
  }
  return counts
}

/** All pages, walked from the first to the last. */
export const walk = async <T>(read: (after: string | undefined) => Promise<Rows<T>>): Promise<T[][]> => {
  const pages: T[][] = []
  let after: string | undefined
  do {
    const { rows, next } = await read(after)
    pages.push(rows)
    after = next
  } while (after !== undefined)
  return pages
}

/** A device of a user. */
export const sampleDevice = ({ poolUid, id }: User, values: Partial<Device> = {}): Device => ({
  poolUid,
  userId: id,
  key: `us-east-1_${unique()}`,
  groupKey: '-abc',
  remembered: false,
  salt: '00ff',
  sealedVerifier: 'AAAA',
  lastIp: '203.0.113.7',
  version: 1,
  createdAt: 1000,
  modifiedAt: 1000,
  lastAuthenticatedAt: 1000,
  ...values,
})

/** Terms of a client. */
export const sampleTerms = (client: AppClient, TermsName: string, values: Partial<Terms> = {}): Terms => ({
  poolUid: client.poolUid,
  clientUid: client.uid,
  version: 1,
  TermsId: `terms-${unique()}`,
  UserPoolId: client.UserPoolId,
  ClientId: client.ClientId,
  TermsName,
  TermsSource: 'LINK',
  Enforcement: 'NONE',
  Links: { 'cognito:default': 'https://example.org' },
  CreationDate: 1000,
  LastModifiedDate: 1000,
  ...values,
})
