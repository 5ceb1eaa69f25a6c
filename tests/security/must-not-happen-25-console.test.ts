import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OperatorConsole, openOperatorConsole } from '../support/operator-console.ts'
import type { Visitor } from '../support/operator-visitor.ts'

let opened: OperatorConsole
let ada: Visitor
beforeAll(async () => {
  opened = await openOperatorConsole()
  ada = opened.visitor()
  await ada.setUp(await opened.invite('ada'), 'purple-otter-7-lagoon', opened.harness.clock.now())
})
afterAll(() => opened.harness.close())

const nested = (depth: number): object => {
  let value: object = []
  for (let n = 0; n < depth; n += 1) value = [value]
  return value
}

/** Milliseconds of this process's own time for one call, from several. */
const costOf = async (call: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage()
  for (let round = 0; round < 4; round += 1) await call()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 4000
}

const open = ['/sign-out', '/set-up/begin', '/set-up']
const inside = ['/account/password', '/operators', '/operators/reset', '/operators/remove']
const fields = ['name', 'password', 'code', 'token', 'sealed', 'newPassword', 'policy']

describe('must-not-happen 25: the endpoints of the console take no body that is too large or of another shape', () => {
  const bodies: readonly (readonly [string, unknown])[] = [
    ['deep', nested(2_000)],
    ['a number', 7],
    ['a long text', 'x'.repeat(10_000)],
    ['an object with a prototype', JSON.parse('{"__proto__": {"length": 1}}')],
    ['nothing', null],
  ]

  it.each(bodies)('in every field: %s', async (_, value) => {
    const body = Object.fromEntries(
      fields.map((name) => [name, name === 'policy' || typeof value !== 'string' ? value : value.slice(0, 1_000)]),
    )
    for (const path of [...open, ...inside]) {
      const call = () => (inside.includes(path) ? ada : opened.visitor()).post(path, body)
      const { status } = await call()
      expect([path, status >= 200 && status < 500]).toEqual([path, true])
      expect([path, (await costOf(call)) < 50]).toEqual([path, true])
    }
  })

  it('however large, and refused before it is read', async () => {
    const body = { name: 'x'.repeat(900_000) }
    for (const path of ['/sign-in', ...open, ...inside]) {
      const call = () => ada.post(path, body)
      expect([path, (await call()).status]).toEqual([path, 413])
    }
    // The longest policy that there may be still fits.
    const policy = { Version: '2012-10-17', Statement: [{ Sid: 'a', Effect: 'Allow', Action: '*', Resource: '*' }] }
    const padded = { ...policy, Id: '\u20ac'.repeat(10_240 - JSON.stringify({ ...policy, Id: '' }).length) }
    expect((await ada.post('/operators', { name: 'bo', policy: padded })).status).not.toBe(413)
  })
})
