import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MadePool, makeClient, makePool } from './support/make-pool.ts'
import { makeUser } from './support/make-user.ts'
import { basic, type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { tokensOf } from './support/sign-in.ts'

let server: OAuthServer
let pool: MadePool
let secretive: MadePool

beforeAll(async () => {
  server = await startOAuth()
  pool = await makePool(server.harness)
  secretive = await makeClient(server.harness, pool.UserPoolId, { GenerateSecret: true })
  await makeUser(server.harness, pool.UserPoolId, 'ana')
})
afterAll(() => server.stop())

describe('POST /oauth2/revoke', () => {
  it('ends a refresh token and what came of it, once and again, with an empty body', async () => {
    for (const made of [pool, secretive]) {
      const { RefreshToken: token, AccessToken } = await tokensOf(server.harness, made, 'ana')
      const proof = made === pool ? {} : basic(made)
      const revoke = () => server.post('revoke', made === pool ? { token, client_id: made.ClientId } : { token }, proof)
      for (const answer of [await revoke(), await revoke()]) {
        expect([answer.status, answer.body, answer.headers.get('access-control-allow-origin')]).toEqual([200, undefined, '*'])
      }
      expect((await server.harness.refused('GetUser', { AccessToken }))[0]).toBe('NotAuthorizedException')
      const form = { grant_type: 'refresh_token', refresh_token: token, client_id: made.ClientId }
      expect((await server.post('token', form, proof)).body).toEqual({ error: 'invalid_grant' })
    }
  })

  it('takes garbage and the tokens of others for tokens that are over', async () => {
    const { RefreshToken, AccessToken } = await tokensOf(server.harness, pool, 'ana')
    for (const token of ['x', RefreshToken]) {
      const { status, body } = await server.post('revoke', { token }, basic(secretive))
      expect([status, body]).toEqual([200, undefined])
    }
    await server.harness.ok('GetUser', { AccessToken })
  })

  it('refuses with the status and the error of the page', async () => {
    const { RefreshToken: token, AccessToken, IdToken } = await tokensOf(server.harness, pool, 'ana')
    const { ClientId: client_id } = pool
    for (const jwt of [AccessToken, IdToken]) {
      const { status, body } = await server.post('revoke', { token: jwt, client_id })
      expect([status, body]).toEqual([400, { error: 'unsupported_token_type' }])
    }
    expect(await server.post('revoke', { client_id })).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect(await server.post('revoke', { token })).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    for (const form of [
      { token, client_id: secretive.ClientId },
      { token, client_id: 'unknown' },
      { token, client_id, client_secret: 'x' },
    ]) {
      const { status, body, headers } = await server.post('revoke', form)
      expect([status, body]).toEqual([401, { error: 'invalid_client' }])
      expect(headers.get('www-authenticate')).toBe('Basic realm="oauth2/revoke"')
    }
    await server.harness.ok('GetUser', { AccessToken })
  })

  it('says so where the client has no revocation', async () => {
    const made = await makeClient(server.harness, pool.UserPoolId, { EnableTokenRevocation: false })
    const { RefreshToken: token } = await tokensOf(server.harness, made, 'ana')
    const answer = await server.post('revoke', { token, client_id: made.ClientId })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })
})
