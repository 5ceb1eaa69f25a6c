import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRequestRates } from '../src/api/request-rates.ts'
import { type MadePool, makeClient, makePool } from './support/make-pool.ts'
import { makeUser } from './support/make-user.ts'
import { basic, machineSettings, makeApi, type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { accessTokenOf } from './support/sign-in.ts'
import { tokenParts } from './support/token-parts.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:scopes'

let server: OAuthServer
let pool: MadePool
let scopesToAdd: string[] = []

/** An access token with these scopes besides the one of API sign-ins. */
const tokenWith = (scopes: string[], made = pool): Promise<string> => {
  scopesToAdd = scopes
  return accessTokenOf(server.harness, made, 'ana')
}

beforeAll(async () => {
  server = await startOAuth(
    {},
    {
      [arn]: (event) => ({
        ...event,
        response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd } } },
      }),
    },
  )
  pool = await makePool(server.harness, {
    LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: 'V3_0' } },
    Schema: [{ Name: 'plan', AttributeDataType: 'String', Mutable: true }],
  })
  await makeUser(server.harness, pool.UserPoolId, 'ana', {
    email: 'ana@example.org',
    email_verified: 'true',
    phone_number: '+15550100',
    name: 'Ana',
    'custom:plan': 'gold',
  })
})
afterAll(() => server.stop())

const badToken = 'Access token is expired, disabled, or deleted, or the user has globally signed out.'

describe('GET /oauth2/userInfo', () => {
  it('answers what the scopes open, verified flags as texts', async () => {
    const AccessToken = await tokenWith(['openid'])
    const { sub } = tokenParts(AccessToken).payload
    const { status, body, headers } = await server.userInfo(AccessToken)
    expect([status, headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual([200, 'no-store', '*'])
    const { phone_number_verified: _, ...all } = body
    expect(all).toEqual({
      sub,
      email: 'ana@example.org',
      email_verified: 'true',
      phone_number: '+15550100',
      name: 'Ana',
      'custom:plan': 'gold',
      username: 'ana',
    })
    expect((await server.userInfo(await tokenWith(['openid', 'email']))).body).toEqual({
      sub,
      email: 'ana@example.org',
      email_verified: 'true',
      username: 'ana',
    })
    expect((await server.userInfo(await tokenWith(['openid', 'profile']))).body).toEqual({
      sub,
      name: 'Ana',
      'custom:plan': 'gold',
      username: 'ana',
    })
  })

  it('shows no attribute that the app client may not read', async () => {
    const made = await makeClient(server.harness, pool.UserPoolId, { ReadAttributes: ['name'] })
    const { body } = await server.userInfo(await tokenWith(['openid'], made))
    expect(Object.keys(body)).toEqual(['sub', 'name', 'username'])
  })

  it('refuses requests without a bearer token with 400', async () => {
    for (const authorization of [undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer a b', 'Bearer é']) {
      const init = authorization === undefined ? {} : { headers: { authorization } }
      const { status, body, headers } = await server.send('/oauth2/userInfo', init)
      const description = 'Bad OAuth2 request at UserInfo Endpoint'
      expect([status, body]).toEqual([400, { error: 'invalid_request', error_description: description }])
      expect(headers.get('www-authenticate')).toBe(`error="invalid_request", error_description="${description}"`)
    }
    expect((await server.send('/oauth2/userInfo?access_token=x', {})).status).toBe(400)
  })

  it('refuses tokens that are none, have no openid or are over with 401', async () => {
    const refused = async (token: string) => {
      const { status, body, headers } = await server.userInfo(token)
      expect(headers.get('www-authenticate')).toBe(`error="invalid_token", error_description="${body.error_description}"`)
      return [status, body.error, body.error_description]
    }
    expect(await refused('x.y.z')).toEqual([401, 'invalid_token', badToken])
    expect(await refused(await tokenWith([]))).toEqual([401, 'invalid_token', 'Access token does not contain openid scope'])
    const AccessToken = await tokenWith(['openid'])
    expect(await refused(`${AccessToken.slice(0, -8)}AAAAAAAA`)).toEqual([401, 'invalid_token', badToken])
    await server.harness.ok('GlobalSignOut', { AccessToken })
    expect(await refused(AccessToken)).toEqual([401, 'invalid_token', badToken])
    const old = await tokenWith(['openid'])
    server.harness.clock.advance(3_600_000)
    expect(await refused(old)).toEqual([401, 'invalid_token', badToken])
    const { UserPoolId } = pool
    const disabled = await tokenWith(['openid'])
    await server.harness.ok('AdminDisableUser', { UserPoolId, Username: 'ana' })
    expect(await refused(disabled)).toEqual([401, 'invalid_token', badToken])
    await server.harness.ok('AdminEnableUser', { UserPoolId, Username: 'ana' })
  })

  it('keeps to what a user may read a second', async () => {
    const limited = await startOAuth(
      {},
      {},
      { rates: createRequestRates({ UserRead: 1 }, { now: () => 0 }), through: () => server.harness },
    )
    const AccessToken = await tokenWith(['openid'])
    const answers = await Promise.all(Array.from({ length: 30 }, () => limited.userInfo(AccessToken)))
    await limited.stop()
    const statuses = new Set(answers.map(({ status }) => status))
    expect([...statuses].sort()).toEqual([200, 429])
    const refusal = answers.find(({ status }) => status === 429)
    expect([refusal?.body, refusal?.headers.get('retry-after')]).toEqual([{ error: 'temporarily_unavailable' }, '1'])
  })

  it('has nothing to say about a client, whatever scopes its token got', async () => {
    await makeApi(server.harness, pool.UserPoolId)
    const machine = await makeClient(server.harness, pool.UserPoolId, machineSettings)
    scopesToAdd = ['openid']
    const { body } = await server.post('token', { grant_type: 'client_credentials' }, basic(machine))
    expect(tokenParts(body.access_token).payload['scope']).toContain('openid')
    expect((await server.userInfo(body.access_token)).body).toEqual({ error: 'invalid_token', error_description: badToken })
  })

  it('lets a connection go on after a body that it does not take', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    const chunk = 'x'.repeat(70_000)
    const chunks = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(3)
    socket.write(`POST /oauth2/userInfo HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`)
    socket.write('GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')
    expect((await text(socket)).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 405', 'HTTP/1.1 200'])
  })
})
