import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, temporaryPassword } from '../../../tests/support/make-user.ts'
import { secretHash } from '../../crypto/secret-hash.ts'

let server: Harness
let pool: MadePool

const ownPassword = 'My-Own-Horse-8'

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, {}, { GenerateSecret: true })
})
afterAll(() => server.close())

const hash = (name: string) => secretHash(name, pool.ClientId, pool.ClientSecret)

const begin = async (username: string) => {
  await inviteUser(server, pool.UserPoolId, username)
  const begun = await server.ok('AdminInitiateAuth', {
    UserPoolId: pool.UserPoolId,
    ClientId: pool.ClientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD: temporaryPassword, SECRET_HASH: hash(username) },
  })
  return {
    UserPoolId: pool.UserPoolId,
    ClientId: pool.ClientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: begun.Session,
    ChallengeResponses: { USERNAME: username, NEW_PASSWORD: ownPassword, SECRET_HASH: hash(username) },
  }
}

describe('AdminRespondToAuthChallenge', () => {
  it('sets the new password and answers tokens', async () => {
    const body = await server.ok('AdminRespondToAuthChallenge', await begin('ana'))
    expect(Object.keys(body).sort()).toEqual(['AuthenticationResult', 'ChallengeParameters'])
    expect(body.AuthenticationResult.RefreshToken).toBeDefined()
    expect((await server.ok('AdminGetUser', { UserPoolId: pool.UserPoolId, Username: 'ana' })).UserStatus).toBe('CONFIRMED')
  })

  it('wants the secret hash', async () => {
    const { ChallengeResponses, ...rest } = await begin('eva')
    const { SECRET_HASH: _, ...without } = ChallengeResponses
    expect((await server.refused('AdminRespondToAuthChallenge', { ...rest, ChallengeResponses: without }))[1]).toBe(
      `Client ${pool.ClientId} is configured with secret but SECRET_HASH was not received`,
    )
  })

  it('refuses an unsigned call, and pool and client that do not belong together', async () => {
    const input = await begin('kim')
    expect((await server.refused('AdminRespondToAuthChallenge', input, { unsigned: true }))[0]).toBe('MissingAuthenticationTokenException')
    const other = await makePool(server)
    expect(await server.refused('AdminRespondToAuthChallenge', { ...input, UserPoolId: other.UserPoolId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${pool.ClientId} does not exist.`,
    ])
    await server.ok('AdminRespondToAuthChallenge', input)
  })
})
