import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
})
afterAll(() => server.close())

const described = async (ClientId: string) => (await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient

describe('DescribeUserPoolClient', () => {
  it('answers what CreateUserPoolClient answered, with the secret', async () => {
    const { UserPoolClient } = await server.ok('CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'app',
      GenerateSecret: true,
      CallbackURLs: ['https://app.example.org/back'],
      ReadAttributes: ['email'],
    })
    expect(UserPoolClient).toMatchObject({ ClientSecret: expect.any(String), ReadAttributes: ['email'] })
    expect(await described(UserPoolClient.ClientId)).toEqual(UserPoolClient)
  })

  it('fills in what Pinpoint is told, as measured', async () => {
    const shown = async (AnalyticsConfiguration: object) => {
      const { ClientId } = await makeClient(server, UserPoolId, { AnalyticsConfiguration })
      return (await described(ClientId)).AnalyticsConfiguration
    }
    const byArn = { ApplicationArn: 'arn:aws:mobiletargeting:us-east-1:000000000000:apps/a1b2' }
    const RoleArn = 'arn:aws:iam::000000000000:role/aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp'
    expect(await shown(byArn)).toEqual({ ...byArn, RoleArn, UserDataShared: false })
    const byId = { ApplicationId: 'a1b2', RoleArn: 'arn:aws:iam::000000000000:role/pinpoint', ExternalId: 'x' }
    expect(await shown(byId)).toEqual({ ...byId, UserDataShared: false })
    expect(await shown({ ...byId, UserDataShared: true })).toEqual({ ...byId, UserDataShared: true })
  })

  it('shows the secret that the client was made with, and no later one, as measured', async () => {
    const made = await makePool(server, {}, { GenerateSecret: true })
    const client = { UserPoolId: made.UserPoolId, ClientId: made.ClientId }
    const shown = async () => (await server.ok('DescribeUserPoolClient', client)).UserPoolClient.ClientSecret
    const [original] = (await server.ok('ListUserPoolClientSecrets', client)).ClientSecrets
    await server.ok('AddUserPoolClientSecret', client)
    expect(await shown()).toBe(made.ClientSecret)
    await server.ok('DeleteUserPoolClientSecret', { ...client, ClientSecretId: original.ClientSecretId })
    expect(await shown()).toBeUndefined()
    await server.ok('AddUserPoolClientSecret', client)
    expect(await shown()).toBeUndefined()
  })

  it('knows a client in its own pool only', async () => {
    const other = await makePool(server)
    const unknown = (ClientId: string) => ['ResourceNotFoundException', `User pool client ${ClientId} does not exist.`]
    expect(await server.refused('DescribeUserPoolClient', { UserPoolId, ClientId: other.ClientId })).toEqual(unknown(other.ClientId))
    expect(await server.refused('DescribeUserPoolClient', { UserPoolId, ClientId: 'none' })).toEqual(unknown('none'))
  })
})
