import { expect, it } from 'vitest'
import { createHarness } from '../../tests/support/harness.ts'
import { operations } from '../operations/index.ts'
import { findDemo, makeDemo, wantDemo } from './demo.ts'
import { createOperatorCall } from './operator.ts'
import { applySeed } from './seed.ts'

it.each([
  ['http://localhost:9339', 'http://localhost:9339/_poolhouse/callback'],
  ['https://localhost:9339', 'https://localhost:9339/_poolhouse/callback'],
  ['http://localhost:4711', 'http://localhost:3000/'],
])('the demo’s sign-in at %s ends on this machine', async (url, callback) => {
  const server = await createHarness()
  const region = 'us-east-1'
  await wantDemo(server.store, { actor: 'test', requestId: 'r', action: 'test', at: 0 })
  await makeDemo(server, region, (document) => applySeed(createOperatorCall(server, operations), region, document))
  const demo = await findDemo(server.store, region, url)
  expect(new URL(demo?.signInPath ?? '', url).searchParams.get('redirect_uri')).toBe(callback)
  await server.close()
})
