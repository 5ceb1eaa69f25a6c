import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, start } from '../src/app.ts'
import { readConfig } from '../src/server/config.ts'
import { silentLog } from '../src/server/log.ts'
import type { RunCommand } from '../src/server/settings.ts'

const run = async (command: RunCommand, flags: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) => {
  const readMasterKeyFile = async () => ({ fault: 'no file is named' })
  const config = await readConfig(command, { flags: { port: '0', ...flags }, env, readMasterKeyFile })
  const onFatal = (error: unknown) => {
    throw error
  }
  return start(config, { log: silentLog, onFatal, inProcess: true })
}

/** A call that anybody may make, and that fails cheaply. */
const revoke = ({ port }: RunningServer): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityProviderService.RevokeToken' },
    body: JSON.stringify({ Token: 'x', ClientId: 'unknown' }),
  })

const throttledOf = async (server: RunningServer, times: number): Promise<Response[]> => {
  const replies = await Promise.all(Array.from({ length: times }, () => revoke(server)))
  const types = await Promise.all(replies.map(async (reply) => ((await reply.clone().json()) as { __type: string }).__type))
  return replies.filter((_, index) => types[index] === 'TooManyRequestsException')
}

describe('rates of requests', () => {
  describe('in serve', () => {
    let folder: string
    let server: RunningServer

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'poolhouse-rates-'))
      const flags = {
        'data-dir': folder,
        'admin-port': '0',
        'public-url': 'https://id.example.com',
        'smtp-url': 'smtp://127.0.0.1:9',
        'smtp-from': 'id@example.com',
      }
      server = await run('serve', flags, { POOLHOUSE_MASTER_KEY: randomBytes(32).toString('base64') })
    })
    afterAll(async () => {
      await server.stop()
      await rm(folder, { recursive: true })
    })

    it('are AWS’s, and the operators’ listener counts what they refuse', async () => {
      const throttled = await throttledOf(server, 400)
      expect(throttled.length).toBeGreaterThan(0)
      expect(throttled[0]?.status).toBe(400)
      expect(Number(throttled[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
      const metrics = await (await fetch(`${server.adminUrl}/metrics`)).text()
      expect(metrics).toContain(`poolhouse_throttled_requests_total{category="UserToken"} ${throttled.length}\n`)
      expect((await fetch(`http://127.0.0.1:${server.port}/metrics`)).status).toBe(404)
    })
  })

  describe('in dev', () => {
    it('are off', async () => {
      const server = await run('dev', { 'data-dir': ':memory:' })
      expect(await throttledOf(server, 300)).toEqual([])
      await server.stop()
    })

    it('are what somebody chose, and a test hook shows the counts', async () => {
      const server = await run('dev', { 'data-dir': ':memory:', 'rate-limit': 'UserToken=2' })
      const throttled = await throttledOf(server, 50)
      expect(throttled.length).toBeGreaterThan(0)
      const metrics = await (await fetch(`${server.url}/_poolhouse/metrics`)).text()
      expect(metrics).toContain(`poolhouse_throttled_requests_total{category="UserToken"} ${throttled.length}\n`)
      await server.stop()
    })

    it('keep one user to ten reads a second', async () => {
      const server = await run('dev', { 'data-dir': ':memory:', 'rate-limits': 'cognito' })
      const password = 'Correct-Horse-7'
      const settings = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] }
      const [made] = await server.seed({
        pools: [{ name: 'shop', clients: [{ name: 'web', settings }], users: [{ username: 'ana', password }] }],
      })
      const call = async (operation: string, input: object) => {
        const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` }
        const reply = await fetch(`${server.url}/`, { method: 'POST', headers, body: JSON.stringify(input) })
        const body = (await reply.json()) as { AuthenticationResult: { AccessToken: string } }
        return { status: reply.status, retryAfter: reply.headers.get('retry-after'), body }
      }
      const ClientId = made?.clients[0]?.clientId
      const signIn = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ana', PASSWORD: password } }
      const { AccessToken } = (await call('InitiateAuth', signIn)).body.AuthenticationResult
      const replies = await Promise.all(Array.from({ length: 60 }, () => call('GetUser', { AccessToken })))
      const refused = replies.filter(({ status }) => status === 400)
      expect(refused.length).toBeGreaterThan(20)
      expect(refused[0]).toMatchObject({ retryAfter: '1', body: { __type: 'TooManyRequestsException', message: 'Rate exceeded' } })
      await server.stop()
    })
  })
})
