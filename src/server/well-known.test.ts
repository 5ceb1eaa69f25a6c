import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { answerWellKnown } from './well-known.ts'

let harness: Harness

beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.close())

const read = async (path: string) => {
  const reply = await answerWellKnown(harness, path)
  return reply && { ...reply, json: JSON.parse(reply.body) as unknown }
}

it('publishes keys and configuration of a pool, for pages of any origin', async () => {
  const { UserPool } = await harness.ok('CreateUserPool', { PoolName: 'published' })
  const keys = await read(`/${UserPool.Id}/.well-known/jwks.json`)
  expect(keys?.headers).toMatchObject({ 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' })
  const published = keys?.json as { keys: Record<string, unknown>[] }
  expect(published.keys.length).toBeGreaterThanOrEqual(2)
  for (const key of published.keys) expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  const configuration = (await read(`/${UserPool.Id}/.well-known/openid-configuration`))?.json
  expect(configuration).toMatchObject({
    issuer: `http://localhost:9339/${UserPool.Id}`,
    jwks_uri: `http://localhost:9339/${UserPool.Id}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    authorization_endpoint: 'http://localhost:9339/oauth2/authorize',
    end_session_endpoint: 'http://localhost:9339/logout',
    token_endpoint: 'http://localhost:9339/oauth2/token',
    revocation_endpoint: 'http://localhost:9339/oauth2/revoke',
    userinfo_endpoint: 'http://localhost:9339/oauth2/userInfo',
  })
  expect(configuration).not.toHaveProperty('registration_endpoint')
})

it.each(['jwks.json', 'openid-configuration'])('has no %s of a pool that is not there', async (document) => {
  const unknown = await read(`/us-east-1_Nobody/.well-known/${document}`)
  expect([unknown?.status, unknown?.json]).toEqual([
    404,
    { code: 'ResourceNotFoundException', message: 'User pool us-east-1_Nobody does not exist.', type: 'client' },
  ])
  for (const noPool of ['a%00b_c', 'x', '%ff_a', 'a_b%2f..', 'a_b/c_d', ''])
    expect(await read(`/${noPool}/.well-known/${document}`)).toBeUndefined()
  expect(await read(`/us-east-1_Nobody/.well-known/${document}.txt`)).toBeUndefined()
  expect((await read(`/us-east-1%5FNobody/.well-known/${document}`))?.body).toBe(unknown?.body)
})
