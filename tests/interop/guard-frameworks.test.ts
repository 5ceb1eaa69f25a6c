import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { serve } from '@hono/node-server'
import type { Express } from 'express'
import type { FastifyInstance } from 'fastify'
import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readRoutes } from '../../src/guard/read-routes.ts'
import { type DocsPage, openDocsPage } from '../support/docs-page.ts'
import { type GuardShop, startGuardShop } from '../support/guard-shop.ts'
import { tokenParts } from '../support/token-parts.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

let shop: GuardShop
let page: DocsPage
const urls: Record<string, string> = {}
const closing: (() => unknown)[] = []

beforeAll(async () => {
  shop = await startGuardShop()
  page = await openDocsPage('gateway.md', {
    'http://localhost:9339/us-east-1_PoolHouse': shop.issuer,
    // The source of the published entry.
    "'poolhouse/guard'": JSON.stringify(pathToFileURL(join(root, 'src/guard.ts')).href),
  })
  const { app, fastify, hono } = (await page.run('guarded.ts')) as { app: Express; fastify: FastifyInstance; hono: Hono }

  const express = app.listen(0, '127.0.0.1')
  const node = serve({ fetch: hono.fetch, port: 0, hostname: '127.0.0.1' })
  await Promise.all([once(express, 'listening'), once(node, 'listening')])
  urls['Express'] = `http://127.0.0.1:${(express.address() as AddressInfo).port}`
  urls['Fastify'] = await fastify.listen({ port: 0, host: '127.0.0.1' })
  urls['Hono'] = `http://127.0.0.1:${(node.address() as AddressInfo).port}`
  closing.push(
    () => express.close(),
    () => node.close(),
    () => fastify.close(),
  )
})
afterAll(async () => {
  await Promise.all(closing.map((close) => close()))
  await page?.close()
  await shop?.server.stop()
})

const get = async (url: string, headers: Record<string, string> = {}, method = 'GET') => {
  const answer = await fetch(url, { headers, method })
  const text = await answer.text()
  return { status: answer.status, type: answer.headers.get('content-type'), body: text === '' ? undefined : JSON.parse(text) }
}
const refused = (status: number, message: string) => ({ status, type: expect.stringMatching(/^application\/json/), body: { message } })

describe.each(['Express', 'Fastify', 'Hono'])('the guard of docs/gateway.md in %s', (framework) => {
  const at = (path: string, authorization?: string, method?: string) =>
    get(`${urls[framework]}${path}`, authorization === undefined ? {} : { authorization }, method)

  it('lets an ID token in, bare and after Bearer, and hands its claims to the handler', async () => {
    for (const authorization of [shop.id, `Bearer ${shop.id}`]) {
      const { status, body } = await at('/me', authorization)
      expect(status).toBe(200)
      expect(body).toEqual(tokenParts(shop.id).payload)
    }
  })

  it('lets an access token with the scope in where one is asked for, and nobody else', async () => {
    expect(await at('/orders', `Bearer ${shop.read}`)).toMatchObject({
      status: 200,
      body: { client_id: 'shopmachine', scope: 'shop/read' },
    })
    expect(await at('/orders', shop.write)).toMatchObject(refused(403, 'Forbidden'))
    expect(await at('/orders', shop.access)).toMatchObject(refused(403, 'Forbidden'))
    expect(await at('/orders', shop.id)).toMatchObject(refused(401, 'Unauthorized'))
    expect(await at('/me', shop.read)).toMatchObject(refused(401, 'Unauthorized'))
  })

  it('refuses every bad token, and none at all, with the words of API Gateway', async () => {
    expect(await at('/me')).toEqual(refused(401, 'Unauthorized'))
    for (const [what, token] of Object.entries(shop.bad)) {
      const message = what === 'expired' ? 'The incoming token has expired' : 'Unauthorized'
      for (const path of ['/me', '/orders']) expect(await at(path, `Bearer ${token}`), what).toEqual(refused(401, message))
    }
  })

  it('leaves other routes open, and refuses HEAD like GET', async () => {
    expect(await at('/health')).toMatchObject({ status: 200, body: { ok: true } })
    expect(await at('/me', undefined, 'HEAD')).toMatchObject({ status: 401, body: undefined })
    expect(await at('/me', shop.id, 'HEAD')).toMatchObject({ status: 200 })
  })
})

it('docs/gateway.md has no block that is not read by a test, and routes that are obeyed', () => {
  // The proxies' are run in guard-proxies.test.ts.
  expect(page.labels).toEqual(['try.sh', 'routes.yaml', 'nginx.conf', 'envoy.yaml', 'guarded.ts'])
  const { api, authorizers, routes } = readRoutes(parse(page.code('routes.yaml')))
  expect([api, [...authorizers.keys()], routes.map(({ path }) => path)]).toEqual([
    'REST',
    ['users'],
    ['/health', '/orders/{id}', '/{proxy+}'],
  ])
})

describe('poolhouse/guard as a package', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(root, 'node_modules/.guard-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each([
    ['ES modules', 'mts', 'src/guard.ts'],
    ['ES modules, as built,', 'mts', 'dist/types/guard.d.ts'],
    ['CommonJS, as built,', 'cts', 'dist/types-cjs/guard.d.ts'],
  ])('has types for %s that fit those of Express, Fastify and Hono', { timeout: 60_000 }, async (_, extension, types) => {
    const config = join(folder, `tsconfig.${extension}.json`)
    const file = `${types.replaceAll(/\W/g, '-')}.${extension}`
    const wrong = '\n// @ts-expect-error: no such option, so the types are really found\nguard.express({ scope: [] })\n'
    await writeFile(join(folder, file), page.code('guarded.ts').replaceAll(/"file:[^"]*guard\.ts"/g, "'poolhouse/guard'") + wrong)
    const compilerOptions = { paths: { 'poolhouse/guard': [join(root, types)] }, typeRoots: [join(root, 'node_modules/@types')] }
    await writeFile(config, JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: [], files: [file] }))
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const flags = extension === 'cts' ? ['--verbatimModuleSyntax', 'false', '--esModuleInterop'] : []
    const outcome = await run(process.execPath, [compiler, '-p', config, ...flags]).catch((error) => error)
    expect(outcome.stdout).toBe('')
    expect(outcome.code ?? 0).toBe(0)
  })

  it.each([
    ['an ES module', 'module', "import express from 'express'; import { createGuard } from 'poolhouse/guard'"],
    ['CommonJS', 'commonjs', "const express = require('express'); const { createGuard } = require('poolhouse/guard')"],
  ])('is loaded by an Express application that is %s', async (_, type, imports) => {
    const text = `${imports}
      const app = express().use(createGuard({ issuer: process.argv[1] }).express())
      app.get('/me', (req, res) => res.json(req.authorizer.claims.email))
      const server = app.listen(0, '127.0.0.1', async () => {
        for (const authorization of process.argv.slice(2)) {
          const answer = await fetch('http://127.0.0.1:' + server.address().port + '/me', { headers: { authorization } })
          console.log(answer.status, await answer.text())
        }
        server.close()
      })`
    const given = [`--input-type=${type}`, '-e', text, shop.issuer, shop.id, shop.access]
    const { stdout } = await run(process.execPath, given, { cwd: root })
    expect(stdout).toBe('200 "ana@example.org"\n401 {"message":"Unauthorized"}\n')
  })
})
