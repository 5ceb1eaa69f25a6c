import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { shapeNamed } from '../../src/model/model.ts'
import { type Asked, type ChallengeAnswer, type ChallengeKind, createChallengeKinds } from '../support/challenge-kinds.ts'
import { makeChallengePool } from '../support/challenge-pool.ts'
import { type Answer, createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { atOnce } from '../support/parallel.ts'
import { pathFunctions } from '../support/sign-in-paths.ts'

const server: Harness = await createHarness({}, pathFunctions)
const kinds = createChallengeKinds(server)
let pools: Record<ChallengeKind['pool'], MadePool>
let strangers: Record<ChallengeKind['pool'], MadePool>
let siblings: Record<ChallengeKind['pool'], MadePool>

const poolsOf = async () => ({
  open: await makeChallengePool(server, 'open'),
  required: await makeChallengePool(server, 'required'),
})
const everyFlow = {
  ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH'] as const,
}

beforeAll(async () => {
  pools = await poolsOf()
  strangers = await poolsOf()
  const sibling = ({ UserPoolId }: MadePool) => makeClient(server, UserPoolId, { ExplicitAuthFlows: [...everyFlow.ExplicitAuthFlows] })
  siblings = { open: await sibling(pools.open), required: await sibling(pools.required) }
})
beforeEach(() => server.clock.reset())
afterAll(() => server.close())

const shape = shapeNamed('ChallengeNameType')
const challengeNames = shape.type === 'string' ? [...(shape.values ?? [])] : []

const respond = (answer: ChallengeAnswer) => server.call('RespondToAuthChallenge', { ...answer })

const refused = ({ status, body }: Answer, what: string) => {
  expect([status, body.AuthenticationResult, body.Session], `${what}: ${JSON.stringify(body)}`).toEqual([400, undefined, undefined])
}

const getsTokens = async ({ finish }: Asked, answer: Answer) => {
  const last = await finish(answer)
  expect(last.body.AuthenticationResult, JSON.stringify(last.body)).toBeDefined()
}

let users = 0
const nextUser = (): string => {
  users += 1
  return `user-${users}`
}

describe.each(kinds)('must-not-happen 04: $name', ({ pool, ask, synonyms = [] }) => {
  it('is not answered for another user, through another client or pool, or under another name, none of which uses it up', async () => {
    const [username, other] = [nextUser(), nextUser()]
    const asked = await ask(pools[pool], username)
    const others = (await ask(pools[pool], other)).rightly().ChallengeResponses
    await ask(strangers[pool], username)
    const right = asked.rightly()
    const variants: Record<string, Partial<ChallengeAnswer>> = {
      'another user': { ChallengeResponses: others },
      'another user, with this one’s proof': { ChallengeResponses: { ...right.ChallengeResponses, USERNAME: other } },
      'another client': { ClientId: siblings[pool].ClientId },
      'another pool': { ClientId: strangers[pool].ClientId },
    }
    // A proof of a password stands by itself: with another user's block it is that user's.
    if (right.Session === undefined) delete variants['another user']
    for (const [what, change] of Object.entries(variants)) refused(await respond({ ...right, ...change }), what)
    for (const ChallengeName of challengeNames.filter((name) => name !== right.ChallengeName && !synonyms.includes(name))) {
      refused(await respond({ ...right, ChallengeName }), ChallengeName)
    }
    await getsTokens(asked, await respond(asked.rightly()))
  })

  it('is not answered again after success, nor by the other operation', async () => {
    const { UserPoolId } = pools[pool]
    const asked = await ask(pools[pool], nextUser())
    const first = asked.rightly()
    await getsTokens(asked, await respond(first))
    // A code of an authenticator app must not be what it fails by.
    server.clock.advance(30_000)
    for (const again of [first, asked.rightly()]) {
      refused(await asked.finish(await respond(again)), 'again')
      refused(await asked.finish(await server.call('AdminRespondToAuthChallenge', { UserPoolId, ...again })), 'again, by a server')
    }
  })

  it('is not answered once its three minutes are over', async () => {
    const asked = await ask(pools[pool], nextUser())
    server.clock.advance(3 * 60_000)
    const { body } = await respond(asked.rightly())
    expect([body.__type, body.message]).toEqual(['NotAuthorizedException', 'Invalid session for the user, session is expired.'])
  })

  it.each(['AdminUserGlobalSignOut', 'AdminDisableUser', 'AdminDeleteUser'] as const)('is not answered after %s', async (operation) => {
    const Username = nextUser()
    const asked = await ask(pools[pool], Username)
    await server.ok(operation, { UserPoolId: pools[pool].UserPoolId, Username })
    refused(await asked.finish(await respond(asked.rightly())), operation)
  })

  it(`answered rightly ${atOnce} times at once ends in one set of tokens`, async () => {
    const asked = await ask(pools[pool], nextUser())
    const answers = Array.from({ length: atOnce }, () => asked.rightly())
    const last = await Promise.all(answers.map(async (answer) => asked.finish(await respond(answer))))
    expect(last.filter(({ status }) => status === 500)).toEqual([])
    expect(last.filter(({ body }) => body.AuthenticationResult !== undefined)).toHaveLength(1)
  })
})
