import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { operations } from '../operations/index.ts'
import { demoClientId, makeDemo, openDemo, wantDemo } from './demo.ts'
import { createOperatorCall } from './operator.ts'
import { applySeed } from './seed.ts'

const region = 'us-east-1'
let server: Harness

beforeEach(async () => {
  server = await createHarness()
  await wantDemo(server.store, { actor: 'test', requestId: 'r', action: 'test', at: 0 })
  await makeDemo(server, region, (document) => applySeed(createOperatorCall(server, operations), region, document))
})
afterEach(() => server.close())

const signInEnd = async (url: string) => {
  const demo = await openDemo(server, region, url)
  return new URL(demo?.signInPath ?? '', url).searchParams.get('redirect_uri')
}
const clientOf = async () => {
  const found = await server.store.clients.byClientId(demoClientId)
  if (found === undefined) throw new Error('the demo has no app client')
  return found.client
}

it('the demo’s sign-in ends on the page of the server, on whatever port it starts', async () => {
  for (const url of ['http://localhost:9339', 'https://localhost:9339', 'http://localhost:4711', 'http://localhost:4712']) {
    const own = `${url}/_poolhouse/callback`
    expect(await signInEnd(url)).toBe(own)
    const { CallbackURLs = [], LogoutURLs = [] } = await clientOf()
    expect([CallbackURLs[0], LogoutURLs[0]]).toEqual([own, own])
    expect(CallbackURLs.filter((each) => each.endsWith('/_poolhouse/callback'))).toEqual([own])
    expect(CallbackURLs).toContain('http://localhost:3000/')
  }
})

it('a start on the same port changes nothing', async () => {
  await signInEnd('http://localhost:4711')
  const { version } = await clientOf()
  await signInEnd('http://localhost:4711')
  expect((await clientOf()).version).toBe(version)
})

it.each([
  [undefined, 'https://first.example.com/'],
  ['https://app.example.com/back', 'https://app.example.com/back'],
])('addresses that somebody gave the demo in the place of its own stay (default %s)', async (standard, end) => {
  const client = await clientOf()
  const CallbackURLs = ['https://first.example.com/', 'https://app.example.com/back']
  const by = { actor: 'test', requestId: 'r', action: 'test', at: 0 }
  await server.store.clients.update(by, { ...client, CallbackURLs, DefaultRedirectURI: standard })
  expect(await signInEnd('http://localhost:4711')).toBe(end)
  expect((await clientOf()).CallbackURLs).toEqual(CallbackURLs)
})

it('a server that other machines reach leaves the addresses as they are', async () => {
  const { version } = await clientOf()
  await signInEnd('https://dev.example.com')
  expect((await clientOf()).version).toBe(version)
})
