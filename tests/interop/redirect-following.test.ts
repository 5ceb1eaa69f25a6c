import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { openShop, type Shop } from '../support/shop.ts'

let application: Server
let server: Poolhouse
let shop: Shop

beforeAll(async () => {
  application = createServer((_request, reply) => reply.end('the application'))
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve))
  server = await startPoolhouse()
  shop = await openShop(server, `http://127.0.0.1:${(application.address() as AddressInfo).port}`)
})
afterAll(async () => {
  application?.close()
  await server?.stop()
})

/** What a program gets that follows redirects, as fetch, curl -L, axios and most others do. */
const followed = async (more: Record<string, string | undefined>, path = '/oauth2/authorize') => {
  const usual = { response_type: 'code', client_id: shop.web, redirect_uri: shop.callback, scope: 'openid', state: 's' }
  const given = Object.entries({ ...usual, ...more }).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const reply = await fetch(`${server.url}${path}?${new URLSearchParams(given)}`, { redirect: 'follow' })
  const end = new URL(reply.url)
  return { end, status: reply.status, type: reply.headers.get('content-type'), body: await reply.text() }
}

describe('a client that follows redirects from the authorization endpoint', () => {
  it('ends at the sign-in page, with its parameters', async () => {
    const { end, status, type, body } = await followed({})
    expect([end.origin + end.pathname, status, type]).toEqual([`${server.url}/login`, 200, 'text/html; charset=utf-8'])
    expect(end.searchParams.get('redirect_uri')).toBe(shop.callback)
    expect(body).toMatch(/^<!doctype html>/)
  })

  it.each([
    ['an unknown response type', { response_type: 'code id_token' }, 'invalid_request'],
    ['no response type', { response_type: undefined }, 'invalid_request'],
    ['a challenge without a method', { code_challenge: 'x' }, 'invalid_request'],
    ['a scope that the client does not have', { scope: 'openid api/read' }, 'invalid_scope'],
    ['a grant that the client does not have', { response_type: 'token', client_id: 'shopsite' }, 'unauthorized_client'],
    ['nobody signed in and nobody to be asked', { prompt: 'none' }, 'login_required'],
  ])('ends at the application for %s', async (_, more, error) => {
    const { end, status, body } = await followed(more)
    expect([end.origin + end.pathname, status, body]).toEqual([shop.callback, 200, 'the application'])
    expect(Object.fromEntries(end.searchParams)).toEqual({ error, state: 's' })
  })

  it.each([
    ['an address that is not registered', { redirect_uri: 'http://127.0.0.1:9/callback' }, 'redirect_mismatch'],
    ['no address, of a client without any', { redirect_uri: undefined, client_id: 'shopmachine' }, 'missing_redirect_uri'],
    ['an unknown client', { client_id: 'nobody' }, 'client_mismatch'],
    ['no client', { client_id: undefined }, 'missing_client_id'],
  ])('ends at our error page, with status 400 and the error by name, for %s', async (_, more, error) => {
    for (const path of ['/oauth2/authorize', '/login']) {
      const { end, status, type, body } = await followed(more, path)
      expect([end.origin + end.pathname, end.searchParams.get('error')]).toEqual([`${server.url}/error`, error])
      expect([status, type]).toEqual([400, 'text/html; charset=utf-8'])
      expect(body).toContain(error)
      expect(body).not.toContain('127.0.0.1:9')
    }
  })

  it('ends at our error page for a sign-out that leads to an address which is not registered', async () => {
    const { end, status, body } = await followed({ logout_uri: 'https://elsewhere.example.com/' }, '/logout')
    expect([end.pathname, status]).toEqual(['/error', 400])
    expect(body).toContain('sign_out_mismatch')
  })
})
