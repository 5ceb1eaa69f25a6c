import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('UpdateUserPoolClient', () => {
  it('sets what it is given and puts the rest back to its default', async () => {
    const { UserPoolId, ClientId } = await makePool(
      server,
      {},
      {
        ClientName: 'before',
        ReadAttributes: ['email'],
        PreventUserExistenceErrors: 'ENABLED',
        AccessTokenValidity: 2,
        AuthSessionValidity: 15,
      },
    )
    const { UserPoolClient: before } = await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId })
    server.clock.advance(1000)
    const { UserPoolClient } = await server.ok('UpdateUserPoolClient', { UserPoolId, ClientId, AccessTokenValidity: 3 })
    expect(UserPoolClient).toMatchObject({
      ClientName: 'before',
      AccessTokenValidity: 3,
      PreventUserExistenceErrors: 'LEGACY',
      AuthSessionValidity: 3,
      CreationDate: before.CreationDate,
      LastModifiedDate: before.LastModifiedDate + 1,
    })
    expect(UserPoolClient).not.toHaveProperty('ReadAttributes')
    expect([...UserPoolClient.ExplicitAuthFlows].sort()).toEqual(['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'])
    expect((await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient).toEqual(UserPoolClient)
  })

  it('keeps the secret', async () => {
    const { UserPoolId, ClientId, ClientSecret } = await makePool(server, {}, { GenerateSecret: true })
    const { UserPoolClient } = await server.ok('UpdateUserPoolClient', { UserPoolId, ClientId, ClientName: 'renamed' })
    expect(UserPoolClient).toMatchObject({ ClientName: 'renamed', ClientSecret })
  })

  it('counts the secret that the client has', async () => {
    const settings = { EnablePropagateAdditionalUserContextData: true }
    const secret = await makePool(server, {}, { GenerateSecret: true })
    await server.ok('UpdateUserPoolClient', { UserPoolId: secret.UserPoolId, ClientId: secret.ClientId, ...settings })
    const open = await makePool(server)
    const refusal = await server.refused('UpdateUserPoolClient', { UserPoolId: open.UserPoolId, ClientId: open.ClientId, ...settings })
    expect(refusal[0]).toBe('InvalidParameterException')
  })

  it('refuses what does not go together, and changes nothing then', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    const client = { UserPoolId, ClientId }
    const { UserPoolClient: before } = await server.ok('DescribeUserPoolClient', client)
    for (const [type, settings] of [
      ['InvalidParameterException', { WriteAttributes: ['no_such'] }],
      ['InvalidOAuthFlowException', { AllowedOAuthFlows: ['client_credentials'] }],
      ['ScopeDoesNotExistException', { AllowedOAuthScopes: ['api/read'] }],
    ] as const) {
      expect((await server.refused('UpdateUserPoolClient', { ...client, ...settings }))[0]).toBe(type)
    }
    expect(await server.refused('UpdateUserPoolClient', { ...client, WriteAttributes: ['no_such'] })).toEqual([
      'InvalidParameterException',
      'Invalid write attributes specified while updating a client',
    ])
    expect((await server.ok('DescribeUserPoolClient', client)).UserPoolClient).toEqual(before)
  })

  it('tells the later of two updates at once that it lost', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    const names = ['one', 'two', 'three']
    const answers = await Promise.all(names.map((ClientName) => server.call('UpdateUserPoolClient', { UserPoolId, ClientId, ClientName })))
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1)
    for (const { status, body } of answers) if (status !== 200) expect(body.__type).toBe('ConcurrentModificationException')
    const { UserPoolClient } = await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId })
    const written = answers.filter(({ status }) => status === 200).map(({ body }) => body.UserPoolClient.ClientName)
    expect(written).toContain(UserPoolClient.ClientName)
  })

  it('refuses a client that is not there', async () => {
    const { UserPoolId } = await makePool(server)
    expect(await server.refused('UpdateUserPoolClient', { UserPoolId, ClientId: 'none' })).toEqual([
      'ResourceNotFoundException',
      'User pool client none does not exist.',
    ])
  })
})
