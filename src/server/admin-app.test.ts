import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { createAdminApp } from './admin-app.ts'

let server: Harness
let listener: Server
let logged: object[]
beforeEach(async () => {
  server = await createHarness()
  logged = []
  const log = { ...server.log, error: (fields: object) => logged.push(fields) }
  const app = createAdminApp({
    services: { ...server, log },
    metrics: server.meter,
    console: () => Promise.reject(new Error('it breaks')),
    trustedProxies: () => false,
    maxBody: 1000,
  })
  listener = createServer(app)
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  listener.close()
  // Tests close the store under it.
  await server.close().catch(() => undefined)
})

const get = (path: string) => fetch(`http://127.0.0.1:${(listener.address() as AddressInfo).port}${path}`, { redirect: 'manual' })

it('the address alone leads to the console', async () => {
  const reply = await get('/')
  expect([reply.status, reply.headers.get('location')]).toEqual([302, 'console/'])
  expect((await get('/elsewhere')).status).toBe(404)
})

it.each([
  ['a request that breaks', '/console/', 500],
  ['a store that does not answer', '/ready', 503],
])('%s is answered and logged under one request id', async (_, path, status) => {
  expect((await get('/ready')).status).toBe(200)
  await server.store.close()
  const reply = await get(path)
  expect(reply.status).toBe(status)
  expect(logged).toEqual([{ requestId: reply.headers.get('x-amzn-requestid'), err: expect.any(Error) }])
})
