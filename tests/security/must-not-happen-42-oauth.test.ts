import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'

let server: OAuthServer

beforeAll(async () => {
  server = await startOAuth()
})
afterAll(() => server.stop())

const origin = 'https://evil.example'
const served = [
  ['/oauth2/token', 'POST'],
  ['/oauth2/revoke', 'POST'],
  ['/oauth2/userInfo', 'GET'],
] as const

describe('must-not-happen 42: pages of any origin call token, revoke and userInfo, and no other endpoint, never with credentials:', () => {
  it.each(served)('%s', async (path, method) => {
    const preflight = await server.send(path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' },
    })
    const answer = await server.send(path, { method, headers: { origin, cookie: 'cognito=x' } })
    expect([preflight.status, answer.status]).toEqual([200, 400])
    for (const { headers } of [preflight, answer]) {
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      expect(headers.get('set-cookie')).toBeNull()
    }
    expect(preflight.headers.get('access-control-allow-methods')).toBe(`OPTIONS,${method}`)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization')
  })

  it.each(served)('%s takes its own method alone', async (path, method) => {
    for (const other of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].filter((each) => each !== method)) {
      const { status, headers, body } = await server.send(path, { method: other })
      expect([other, status, headers.get('allow'), body.error]).toEqual([other, 405, `OPTIONS, ${method}`, 'invalid_request'])
    }
  })

  it.each(['/oauth2/authorize', '/oauth2/tokens', '/oauth2/token/', '/oauth2/userinfo', '/oauth2', '/login', '/logout'])(
    '%s is not opened by what opens these',
    async (path) => {
      for (const method of ['OPTIONS', 'PUT']) {
        const response = await fetch(`${server.url}${path}`, { method, headers: { origin } })
        // What is not there at all is answered as on the API host, which has nothing to hide.
        const isPage = ['/oauth2/authorize', '/login', '/logout'].includes(path)
        expect([response.status, response.headers.get('access-control-allow-headers')]).toEqual([isPage ? 405 : 404, null])
        if (isPage) expect(response.headers.get('access-control-allow-origin')).toBeNull()
      }
    },
  )
})
