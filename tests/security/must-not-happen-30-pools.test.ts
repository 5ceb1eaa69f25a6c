import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operationNamed, operationNames } from '../../src/model/model.ts'
import type { OperationName } from '../../src/model/types.gen.ts'
import { operations } from '../../src/operations/index.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'

let server: Harness
let ours: MadePool
let theirs: MadePool

beforeAll(async () => {
  server = await createHarness()
  ours = await makePool(server, {}, { GenerateSecret: true })
  theirs = await makePool(server, {}, { GenerateSecret: true })
  for (const { UserPoolId } of [ours, theirs]) {
    await makeUser(server, UserPoolId, 'ana')
    await server.ok('CreateGroup', { UserPoolId, GroupName: 'staff' })
    await server.ok('CreateResourceServer', { UserPoolId, Identifier: 'orders', Name: 'Orders' })
  }
})
afterAll(() => server.close())

/** A value for every member that an operation on a pool needs; a new operation may need a line here. */
const values: Readonly<Record<string, unknown>> = {
  AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
  ChallengeName: 'NEW_PASSWORD_REQUIRED',
  ClientName: 'app',
  ClientSecretId: 'any',
  CustomAttributes: [{ Name: 'team', AttributeDataType: 'String' }],
  Domain: 'example',
  Enforcement: 'NONE',
  GroupName: 'staff',
  Identifier: 'orders',
  ManagedLoginBrandingId: '00000000-0000-4000-8000-000000000000',
  MaxResults: 1,
  Name: 'Orders',
  Password: 'Correct-Horse-7',
  DeviceKey: 'us-east-1_00000000-0000-4000-8000-000000000000',
  EventId: '00000000-0000-4000-8000-000000000000',
  FeedbackToken: 'any',
  FeedbackValue: 'Valid',
  MFAOptions: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }],
  SessionId: `tkn${'0'.repeat(25)}`,
  SSOSession: { MaxValidityMinutes: 1 },
  TokenSession: { MaxPerUser: 1 },
  TermsId: '00000000-0000-4000-8000-000000000000',
  TermsName: 'terms-of-use',
  TermsSource: 'LINK',
  UserSessionTracking: 'ENABLED',
  UserAttributeNames: ['email'],
  UserAttributes: [{ Name: 'email', Value: 'a@example.org' }],
  Username: 'ana',
}

const inputOf = (operation: OperationName, pool: string, client: string) => {
  const required = operationNamed(operation)?.input.required ?? new Set<string>()
  return Object.fromEntries([...required].map((name) => [name, { UserPoolId: pool, ClientId: client }[name] ?? values[name]]))
}

const built = operationNames.filter((name) => operations[name] !== undefined)
const requiring = (member: string) => built.filter((name) => operationNamed(name)?.input.required.has(member))
const onPools = requiring('UserPoolId')
const onClients = onPools.filter((name) => requiring('ClientId').includes(name))

describe('must-not-happen 30: a pool', () => {
  it.each(onPools)('of another region is to %s as unknown as none', async (operation) => {
    const unknown = (id: string) => ['ResourceNotFoundException', `User pool ${id} does not exist.`]
    const elsewhere = inputOf(operation, ours.UserPoolId, ours.ClientId)
    expect(await server.refused(operation, elsewhere, { region: 'eu-west-1' })).toEqual(unknown(ours.UserPoolId))
    expect(await server.refused(operation, inputOf(operation, 'us-east-1_none', ours.ClientId))).toEqual(unknown('us-east-1_none'))
  })

  it.each(['ListTagsForResource', 'TagResource', 'UntagResource'] as const)(
    'of another region or account is to %s as unknown as none',
    async (operation) => {
      const { Arn } = (await server.ok('DescribeUserPool', { UserPoolId: ours.UserPoolId })).UserPool
      const call = (ResourceArn: string, region: string) =>
        server.refused(operation, { ResourceArn, Tags: { a: 'b' }, TagKeys: ['a'] }, { region })
      const unknown = ['ResourceNotFoundException', `User pool ${ours.UserPoolId} does not exist.`]
      expect(await call(Arn, 'eu-west-1')).toEqual(unknown)
      expect(await call(Arn.replace('us-east-1', 'eu-west-1'), 'us-east-1')).toEqual(unknown)
      expect(await call(Arn.replace('us-east-1', 'eu-west-1'), 'eu-west-1')).toEqual(unknown)
      expect(await call(Arn.replace('000000000000', '999999999999'), 'us-east-1')).toEqual(unknown)
    },
  )
})

describe('must-not-happen 30: an app client', () => {
  it.each(onClients)('of another pool is to %s as unknown as none', async (operation) => {
    const unknown = (id: string) => ['ResourceNotFoundException', `User pool client ${id} does not exist.`]
    expect(await server.refused(operation, inputOf(operation, ours.UserPoolId, theirs.ClientId))).toEqual(unknown(theirs.ClientId))
    expect(await server.refused(operation, inputOf(operation, ours.UserPoolId, 'none'))).toEqual(unknown('none'))
  })

  it('was changed by none of that', async () => {
    const { UserPoolId, ClientId, ClientSecret } = theirs
    expect((await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient).toMatchObject({ ClientSecret })
    expect((await server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId })).ClientSecrets).toHaveLength(1)
  })
})
