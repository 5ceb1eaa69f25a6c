import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { openOperatorConsole } from '../support/operator-console.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { UsernameConfiguration: { CaseSensitive: false } })
})
afterAll(() => server.close())

/** The longest that the event loop stood still while the work ran, in ms. */
const longestBlock = async (work: () => Promise<unknown>): Promise<number> => {
  let [last, longest] = [performance.now(), 0]
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }, 1)
  await work()
  await new Promise((resolve) => setTimeout(resolve, 5))
  clearInterval(timer)
  return longest
}

// Before these were bounded, each of them held the server for seconds; a slow machine stays far below that.
const aWhile = 1_000

describe('must-not-happen 43: one small request does not hold the server', () => {
  const marks = (size: number) => `a${'\u0315'.repeat(size)}${'\u0316'.repeat(size)}`

  it.each([
    ['USERNAME of a sign-in by password', 'InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { PASSWORD: 'x' } }],
    ['USERNAME of a sign-in by SRP', 'InitiateAuth', { AuthFlow: 'USER_SRP_AUTH', AuthParameters: { SRP_A: 'ab' } }],
  ] as const)('with a name of 130 kB of combining marks: %s', async (_, operation, { AuthFlow, AuthParameters }) => {
    const input = { ClientId: pool.ClientId, AuthFlow, AuthParameters: { ...AuthParameters, USERNAME: marks(65_000) } }
    let answer: readonly [string, string] | undefined
    const blocked = await longestBlock(async () => {
      answer = await server.refused(operation, input)
    })
    expect(answer).toEqual(['UserNotFoundException', 'User does not exist.'])
    expect(blocked).toBeLessThan(aWhile)
  })

  it('with 30,000 attributes', async () => {
    const UserAttributes = Array.from({ length: 30_000 }, (_, index) => ({ Name: `x${index}`, Value: '' }))
    let size = 0
    const blocked = await longestBlock(async () => {
      const [type, message] = await server.refused('SignUp', {
        ClientId: pool.ClientId,
        Username: 'x',
        Password: 'Correct-Horse-7',
        UserAttributes,
      })
      expect(type).toBe('SerializationException')
      size = message.length
    })
    expect(size).toBeLessThan(10_000)
    expect(blocked).toBeLessThan(aWhile)
  })

  it.each([
    [200_000, 'SerializationException', /^The request body has more than 2000 values\.$/],
    [1_900, 'InvalidParameterException', /^100 validation errors detected: /],
  ])('with %i elements that all break a rule', async (length, type, sentence) => {
    const { status, body } = await server.call('SignUp', {
      ClientId: pool.ClientId,
      Username: 'x',
      UserAttributes: Array.from({ length }, () => ({})),
    })
    expect([status, body.__type]).toEqual([400, type])
    expect(body.message).toMatch(sentence)
    expect(body.message.length).toBeLessThan(20_000)
  })

  it('with a password of combining marks at the console, for names that nobody has too', async () => {
    const opened = await openOperatorConsole()
    const password = 'purple-otter-7-lagoon'
    await opened.visitor().setUp(await opened.invite('ada'), password, opened.harness.clock.now())
    const link = new URL(await opened.invite('bo'))
    const signIn = (name: string, typed: string) => opened.visitor().post('/sign-in', { name, password: typed, code: '000000' })
    const statuses: number[] = []
    const blocked = await longestBlock(async () => {
      for (const name of ['ada', 'nobody']) {
        statuses.push((await signIn(name, marks(100_000))).status)
        statuses.push((await signIn(name, marks(3_500))).status)
        // What goes through the limit of bytes still is no password.
        statuses.push((await signIn(name, 'x'.repeat(257))).status)
      }
      const token = link.hash.slice(1)
      statuses.push((await opened.visitor().post('/set-up', { token, password: marks(3_500), code: '000000' })).status)
      statuses.push((await opened.visitor().post('/set-up', { token: marks(100_000), password, code: '000000' })).status)
    })
    expect(statuses).toEqual([413, 401, 401, 413, 401, 401, 400, 413])
    expect(blocked).toBeLessThan(aWhile)
    await opened.harness.close()
  })
})
