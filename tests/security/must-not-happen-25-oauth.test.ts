import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { basic, machineSettings, makeApi, type OAuthServer, startOAuth } from '../support/oauth-server.ts'

let server: OAuthServer
let machine: MadePool

beforeAll(async () => {
  server = await startOAuth()
  const { UserPoolId } = await makePool(server.harness)
  await makeApi(server.harness, UserPoolId)
  machine = await makeClient(server.harness, UserPoolId, machineSettings)
})
afterAll(() => server.stop())

const credentials = 'grant_type=client_credentials'
const bytes = (...values: number[]) => Buffer.from(values).toString('base64')

describe('must-not-happen 25: what is malformed or too large is refused before anything is done with it:', () => {
  it.each([
    'Basic',
    'Basic ',
    'Basic !!!',
    `Basic ${bytes(0xff, 0x3a, 0xff)}`,
    `Basic ${Buffer.from('no colon').toString('base64')}`,
    `Basic ${Buffer.from(':secret').toString('base64')}`,
    `Basic ${Buffer.from('id:%zz').toString('base64')}`,
    `Basic ${Buffer.from('a:b').toString('base64')} x`,
    `Basic ${'A'.repeat(12_000)}!`,
  ])('the Authorization header %.40s', async (authorization) => {
    for (const endpoint of ['token', 'revoke']) {
      const started = performance.now()
      const { status, body } = await server.post(endpoint, `${credentials}&token=x&refresh_token=x`, { authorization })
      expect([status, body.error]).toEqual([400, 'invalid_request'])
      expect(performance.now() - started).toBeLessThan(500)
    }
  })

  it.each([
    ['twice the same parameter', 'grant_type=client_credentials&grant_type=client_credentials'],
    ['twice a scope', `${credentials}&scope=api/read&scope=api/admin`],
    ['twice an unknown one', `${credentials}&x=1&x=2`],
    ['one without a value beside one that has it', `${credentials}&scope=&scope=api/read`],
    ['two ways to authenticate', `${credentials}&client_secret=x`],
    ['nothing', ''],
  ])('a form with %s', async (_, form) => {
    const { status, body } = await server.post('token', form, basic(machine))
    expect([status, body.error]).toEqual([400, 'invalid_request'])
  })

  it('parameters that are no form, or not in the body', async () => {
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/plain', 'application/x-www-form-urlencodedx', '']) {
      const { status, body } = await server.post('token', credentials, { ...basic(machine), 'content-type': type })
      expect([type, status, body.error]).toEqual([type, 400, 'invalid_request'])
    }
    const query = await server.send(`/oauth2/token?${credentials}`, {
      method: 'POST',
      headers: { ...basic(machine), 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect([query.status, query.body.error]).toEqual([400, 'invalid_request'])
    const binary = await server.send('/oauth2/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from([0xff, 0xfe]),
    })
    expect([binary.status, binary.body.error]).toEqual([400, 'invalid_request'])
    const charset = { ...basic(machine), 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }
    expect((await server.post('token', credentials, charset)).status).toBe(200)
  })

  it('scopes without number or end', async () => {
    for (const scope of [
      'x'.repeat(60_000),
      Array.from({ length: 20_000 }, (_, index) => `s${index}`)
        .join('+')
        .slice(0, 60_000),
    ]) {
      const { status, body } = await server.post('token', `${credentials}&scope=${scope}`, basic(machine))
      expect([status, body]).toEqual([400, { error: 'invalid_scope' }])
    }
  })

  it('bodies above 64 KiB, announced or not', async () => {
    const announced = await server.post('token', `${credentials}&x=${'x'.repeat(70_000)}`, basic(machine))
    expect([announced.status, announced.body.error]).toEqual([413, 'invalid_request'])
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'transfer-encoding': 'chunked' }
      const outgoing = request(`${server.url}/oauth2/token`, { method: 'POST', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      outgoing.on('error', reject)
      for (let sent = 0; sent < 4; sent++) outgoing.write('x'.repeat(20_000))
      outgoing.end()
    })
    expect(status).toBe(413)
  })
})
