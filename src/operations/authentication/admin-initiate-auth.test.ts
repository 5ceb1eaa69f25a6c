import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../../tests/support/make-user.ts'
import { createSrpClient } from '../../../tests/support/srp-client.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'
import { secretHash } from '../../crypto/secret-hash.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  await makeUser(server, pool.UserPoolId, 'ana')
})
afterAll(() => server.close())

const input = (AuthFlow: string, AuthParameters: Record<string, string> = { USERNAME: 'ana', PASSWORD: password }, made = pool) => ({
  UserPoolId: made.UserPoolId,
  ClientId: made.ClientId,
  AuthFlow,
  AuthParameters,
})

describe('AdminInitiateAuth', () => {
  it.each(['ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'])('signs in with %s', async (flow) => {
    const body = await server.ok('AdminInitiateAuth', input(flow))
    expect(body.ChallengeParameters).toEqual({})
    expect(tokenParts(body.AuthenticationResult.AccessToken).payload).toMatchObject({
      username: 'ana',
      client_id: pool.ClientId,
      scope: 'aws.cognito.signin.user.admin',
    })
    expect(body.AuthenticationResult.RefreshToken).toBeDefined()
  })

  it('signs in where the client allows the flow by its legacy name', async () => {
    const made = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH'] })
    for (const flow of ['ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH']) {
      expect((await server.ok('AdminInitiateAuth', input(flow, undefined, made))).AuthenticationResult).toBeDefined()
    }
  })

  it('begins SRP', async () => {
    const srp = createSrpClient(pool.UserPoolId)
    const begun = await server.ok('AdminInitiateAuth', input('USER_SRP_AUTH', { USERNAME: 'ana', SRP_A: srp.srpA }))
    expect(begun.ChallengeName).toBe('PASSWORD_VERIFIER')
    const answered = await server.ok('AdminRespondToAuthChallenge', {
      UserPoolId: pool.UserPoolId,
      ClientId: pool.ClientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses: srp.answer(begun.ChallengeParameters, password, server.clock.now()),
    })
    expect(answered.AuthenticationResult.TokenType).toBe('Bearer')
  })

  it.each(['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'])('refreshes with %s', async (flow) => {
    const { AuthenticationResult } = await server.ok('AdminInitiateAuth', input('ADMIN_USER_PASSWORD_AUTH'))
    const body = await server.ok('AdminInitiateAuth', input(flow, { REFRESH_TOKEN: AuthenticationResult.RefreshToken }))
    expect(Object.keys(body.AuthenticationResult).sort()).toEqual(['AccessToken', 'ExpiresIn', 'IdToken', 'TokenType'])
    expect(body.ChallengeParameters).toEqual({})
  })

  it('asks for a new password after a temporary one', async () => {
    await inviteUser(server, pool.UserPoolId, 'new')
    const body = await server.ok('AdminInitiateAuth', input('ADMIN_USER_PASSWORD_AUTH', { USERNAME: 'new', PASSWORD: temporaryPassword }))
    expect(body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    expect(body.Session).toMatch(/^AYAB/)
    expect(body).not.toHaveProperty('AuthenticationResult')
  })

  it.each([
    ['USER_PASSWORD_AUTH', 'Initiate Auth method not supported.'],
    ['ADMIN_USER_PASSWORD_AUTH', 'Auth flow not enabled for this client'],
    ['ADMIN_NO_SRP_AUTH', 'Auth flow not enabled for this client'],
    ['USER_SRP_AUTH', 'Auth flow not enabled for this client'],
    ['REFRESH_TOKEN_AUTH', 'Auth flow not enabled for this client'],
  ])('refuses %s on a client that has no such flow', async (flow, message) => {
    const made = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH'] })
    expect(await server.refused('AdminInitiateAuth', input(flow, undefined, made))).toEqual(['InvalidParameterException', message])
  })

  it('wants the secret hash all the same', async () => {
    const made = await makeClient(server, pool.UserPoolId, { GenerateSecret: true })
    expect((await server.refused('AdminInitiateAuth', input('ADMIN_USER_PASSWORD_AUTH', undefined, made)))[1]).toBe(
      `Client ${made.ClientId} is configured with secret but SECRET_HASH was not received`,
    )
    const SECRET_HASH = secretHash('ana', made.ClientId, made.ClientSecret)
    const parameters = { USERNAME: 'ana', PASSWORD: password, SECRET_HASH }
    expect((await server.ok('AdminInitiateAuth', input('ADMIN_USER_PASSWORD_AUTH', parameters, made))).AuthenticationResult).toBeDefined()
  })

  it.each([
    ['a wrong password', 'ana', 'Wrong-Horse-7', ['NotAuthorizedException', 'Incorrect username or password.']],
    ['an unknown user', 'nobody', password, ['UserNotFoundException', 'User does not exist.']],
  ])('refuses %s', async (_, USERNAME, PASSWORD, refusal) => {
    expect(await server.refused('AdminInitiateAuth', input('ADMIN_USER_PASSWORD_AUTH', { USERNAME, PASSWORD }))).toEqual(refusal)
  })

  it('refuses the client of another pool, a pool that does not exist and a pool of another region', async () => {
    const other = await makePool(server)
    const mixed = { ...input('ADMIN_USER_PASSWORD_AUTH'), UserPoolId: other.UserPoolId }
    expect(await server.refused('AdminInitiateAuth', mixed)).toEqual([
      'ResourceNotFoundException',
      `User pool client ${pool.ClientId} does not exist.`,
    ])
    expect(await server.refused('AdminInitiateAuth', { ...mixed, UserPoolId: 'us-east-1_nowhere00' })).toEqual([
      'ResourceNotFoundException',
      'User pool us-east-1_nowhere00 does not exist.',
    ])
    expect(await server.refused('AdminInitiateAuth', input('ADMIN_USER_PASSWORD_AUTH'), { region: 'eu-west-1' })).toEqual([
      'ResourceNotFoundException',
      `User pool ${pool.UserPoolId} does not exist.`,
    ])
  })

  it('is refused unsigned', async () => {
    expect(await server.refused('AdminInitiateAuth', input('ADMIN_USER_PASSWORD_AUTH'), { unsigned: true })).toEqual([
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
    ])
  })
})
