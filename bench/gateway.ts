/**
 * What the gateway adds to an API: requests a second and latency through it, through a bare proxy of node:http, and without either.
 * `node bench/gateway.ts`, about half a minute; everything runs in processes of its own on this machine.
 */
import { fork } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createAuthorizeRequest } from '../src/guard/authorize-request.ts'
import { createGateway } from '../src/guard/create-gateway.ts'
import { readRoutes } from '../src/guard/read-routes.ts'
import { median, percentiles } from './statistics.ts'

const issuer = 'http://localhost/us-east-1_Bench'
const kid = 'bench'
const roundMs = 1500
const rounds = 5
const connections = 8

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** One process of the bench: `api`, `proxy` or `gateway`. */
const serve = (role: string, upstream: string, jwk: object): void => {
  const agent = new Agent({ keepAlive: true })
  const servers = {
    api: () => createServer((_incoming, response) => response.end('{"orders":[]}')),
    proxy: () =>
      createServer((incoming, response) => {
        const call = request(upstream + incoming.url, { method: incoming.method ?? 'GET', headers: incoming.headers, agent })
        call.once('response', (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(response)
        })
        incoming.pipe(call)
      }),
    gateway: () => {
      const routes = readRoutes({ authorizers: { users: { issuer, jwksUrl: 'http://localhost/jwks' } }, routes: [{ path: '/{proxy+}' }] })
      const fetchJson = async () => ({ keys: [{ ...jwk, kid }] })
      const onFault = (sentence: string) => process.stderr.write(`${sentence}\n`)
      const authorize = createAuthorizeRequest(routes, { clock: { now: () => Date.now() }, fetchJson, onFault })
      return createGateway({ api: 'REST', authorize, duty: { upstream: new URL(upstream), patienceMs: 29_000 }, onFault })
    },
  }
  const server = servers[role as keyof typeof servers]()
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
}

const drive = async (url: string, authorization: string): Promise<{ rate: number; p50: number; p99: number }> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const from = performance.now()
  const one = async () => {
    while (performance.now() - from < roundMs) {
      const at = performance.now()
      const status = await new Promise<number>((resolve, reject) => {
        const call = request(`${url}/orders`, { agent, headers: { authorization } })
        call.once('error', reject).once('response', (answer) => answer.resume().once('end', () => resolve(answer.statusCode ?? 0)))
        call.end()
      })
      if (status !== 200) throw new Error(`${url} answered ${status}`)
      times.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  agent.destroy()
  return { rate: (times.length * 1000) / (performance.now() - from), ...percentiles(times) }
}

const measure = async (): Promise<void> => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const now = Math.floor(Date.now() / 1000)
  const input = `${part({ alg: 'RS256', kid })}.${part({ sub: 'somebody', iss: issuer, token_use: 'id', aud: 'client', email: 'a@example.org', iat: now, exp: now + 3600 })}`
  const token = `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
  const jwk = JSON.stringify(publicKey.export({ format: 'jwk' }))
  const children: ReturnType<typeof fork>[] = []
  const start = async (role: string, upstream = ''): Promise<string> => {
    const child = fork(fileURLToPath(import.meta.url), [role, upstream, jwk])
    children.push(child)
    const [url] = (await once(child, 'message')) as [string]
    return url
  }
  const api = await start('api')
  const targets = { 'the API alone': api, 'bare proxy': await start('proxy', api), gateway: await start('gateway', api) }
  const results = new Map<string, { rate: number; p50: number; p99: number }[]>()
  for (const url of Object.values(targets)) await drive(url, token)
  // In turns, because the machine's speed drifts.
  for (let round = 0; round < rounds; round++)
    for (const [name, url] of Object.entries(targets)) results.set(name, [...(results.get(name) ?? []), await drive(url, token)])
  process.stdout.write(`${connections} connections, medians of ${rounds} rounds\n\n                 per s   p50 ms   p99 ms\n`)
  for (const [name, all] of results) {
    const [rate, p50, p99] = [all.map((one) => one.rate), all.map((one) => one.p50), all.map((one) => one.p99)].map(median)
    process.stdout.write(`${name.padEnd(14)}${rate?.toFixed(0).padStart(8)}${p50?.toFixed(2).padStart(9)}${p99?.toFixed(2).padStart(9)}\n`)
  }
  for (const child of children) child.kill()
}

const [role, upstream = '', jwk = '{}'] = process.argv.slice(2)
if (role === undefined) await measure()
else serve(role, upstream, JSON.parse(jwk))
