import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countWork, type Work } from '../support/count-work.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { postTo } from '../support/post-to.ts'
import { redispatch } from '../support/redispatch.ts'
import { createSrpClient, N, type SrpSlips, timestampOf } from '../support/srp-client.ts'

let server: Harness
let pool: MadePool
let hiding: MadePool
let work: Work

const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
  await makeUser(server, pool.UserPoolId, 'known')
  work = countWork(server)
})
afterAll(() => server.close())

const begin = ({ ClientId }: MadePool, USERNAME: string, SRP_A: string) => ({
  ClientId,
  AuthFlow: 'USER_SRP_AUTH',
  AuthParameters: { USERNAME, SRP_A },
})
const respond = ({ ClientId }: MadePool, ChallengeResponses: Record<string, string>) => ({
  ClientId,
  ChallengeName: 'PASSWORD_VERIFIER',
  ChallengeResponses,
})

const exchange = async (made: MadePool, username: string, given = password, slips: SrpSlips = {}) => {
  const srp = createSrpClient(made.UserPoolId)
  const { ChallengeParameters } = await server.ok('InitiateAuth', begin(made, username, srp.srpA))
  return { parameters: ChallengeParameters, answer: respond(made, srp.answer(ChallengeParameters, given, server.clock.now(), slips)) }
}

describe('must-not-happen 06: a public value that makes the secret known', () => {
  const hex = (n: bigint) => n.toString(16)

  it.each<[string, string]>([
    ['0', '0'],
    ['zeros', '0'.repeat(768)],
    ['N', hex(N)],
    ['N in upper case', hex(N).toUpperCase()],
    ['N after zeros', `000000${hex(N)}`],
    ['2N', hex(2n * N)],
    ['3N', hex(3n * N)],
    ['N squared', hex(N * N)],
    ['a negative number', `-${hex(N)}`],
    ['no number', 'xyz'],
    ['a prefix', '0x02'],
    ['blanks', ` ${hex(N - 1n)}`],
    ['100,000 digits', 'f'.repeat(100_000)],
  ])('is refused for known and unknown users alike: %s', async (_, A) => {
    for (const username of ['known', 'nobody']) {
      expect((await server.refused('InitiateAuth', begin(hiding, username, A)))[0], username).toBe('InvalidParameterException')
    }
  })

  it('gives no tokens for a guess at the secret that it would lead to', async () => {
    // With A = N - 1 or 1 the secret is one of few numbers; they are allowed by the protocol and must still need the password.
    for (const A of [1n, N - 1n]) {
      const { ChallengeParameters } = await server.ok('InitiateAuth', begin(pool, 'known', hex(A)))
      const srp = createSrpClient(pool.UserPoolId)
      const answer = srp.answer(ChallengeParameters, 'Wrong-Horse-7', server.clock.now())
      expect(await server.refused('RespondToAuthChallenge', respond(pool, answer))).toEqual(incorrect)
    }
  })
})

describe('must-not-happen 06: a proof', () => {
  it('does not fit another exchange', async () => {
    const username = 'replay'
    await makeUser(server, pool.UserPoolId, username)
    const first = await exchange(pool, username)
    await server.ok('RespondToAuthChallenge', first.answer)
    expect((await server.refused('RespondToAuthChallenge', first.answer))[0]).toBe('NotAuthorizedException')
    // The same A again: the server's own half is new, so the old signature does not fit.
    const srp = createSrpClient(pool.UserPoolId)
    const begun = await server.ok('InitiateAuth', begin(pool, username, srp.srpA))
    const old = srp.answer(begun.ChallengeParameters, password, server.clock.now())
    const again = await server.ok('InitiateAuth', begin(pool, username, srp.srpA))
    expect(again.ChallengeParameters.SRP_B).not.toBe(begun.ChallengeParameters.SRP_B)
    const mixed = { ...old, PASSWORD_CLAIM_SECRET_BLOCK: again.ChallengeParameters.SECRET_BLOCK }
    expect(await server.refused('RespondToAuthChallenge', respond(pool, mixed))).toEqual(incorrect)
  })

  it('that is sent again does not clear the lock-out', async () => {
    const username = 'locked-by-replay'
    await makeUser(server, pool.UserPoolId, username)
    const good = await exchange(pool, username)
    await server.ok('RespondToAuthChallenge', good.answer)
    const wrong = () =>
      server.refused('InitiateAuth', {
        ClientId: pool.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: username, PASSWORD: 'Wrong-Horse-7' },
      })
    for (let failures = 0; failures < 5; failures += 1) {
      expect(await wrong()).toEqual(incorrect)
      if (failures < 4) await server.refused('RespondToAuthChallenge', good.answer)
    }
    expect(await wrong()).toEqual(['NotAuthorizedException', 'Password attempts exceeded'])
  })

  const skewed = (ms: number) => ({ timestamp: timestampOf(Date.UTC(2026, 0, 15, 12) + ms) })
  it.each<[string, string, SrpSlips]>([
    ['a wrong password', 'Wrong-Horse-7', {}],
    ['another pool', password, { poolName: 'another' }],
    ['another user', password, { userId: 'somebody' }],
    ['a time in the past', password, skewed(-6 * 60_000)],
    ['a time to come', password, skewed(6 * 60_000)],
    ['a time that is none', password, { timestamp: 'Thu Jan 32 12:00:00 UTC 2026' }],
    ['another form of the time', password, { timestamp: 'Thu Jan 15 2026 12:00:00 UTC' }],
  ])('over %s is refused', async (name, given, slips) => {
    const username = `slip-${name.replaceAll(' ', '-')}`
    await makeUser(server, pool.UserPoolId, username)
    const { answer } = await exchange(pool, username, given, slips)
    expect(await server.refused('RespondToAuthChallenge', answer)).toEqual(incorrect)
  })

  it('whose block was changed is refused', async () => {
    const { answer } = await exchange(pool, 'known')
    const block = answer.ChallengeResponses['PASSWORD_CLAIM_SECRET_BLOCK'] ?? ''
    for (const changed of [`${block} `, `${block.slice(0, -4)}AAAA`, block.slice(4), block.replace(/.$/, ''), 'AAAA']) {
      const ChallengeResponses = { ...answer.ChallengeResponses, PASSWORD_CLAIM_SECRET_BLOCK: changed }
      expect((await server.refused('RespondToAuthChallenge', { ...answer, ChallengeResponses }))[0]).toBe('NotAuthorizedException')
    }
  })

  it('is refused once the password has changed, or the user was made again', async () => {
    const username = 'changing'
    await makeUser(server, pool.UserPoolId, username)
    const before = await exchange(pool, username)
    await server.ok('AdminSetUserPassword', {
      UserPoolId: pool.UserPoolId,
      Username: username,
      Password: 'Second-Horse-7',
      Permanent: true,
    })
    expect(await server.refused('RespondToAuthChallenge', before.answer)).toEqual(incorrect)
    const second = await exchange(pool, username, 'Second-Horse-7')
    await server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username: username })
    await makeUser(server, pool.UserPoolId, username)
    expect(await server.refused('RespondToAuthChallenge', second.answer)).toEqual(incorrect)
  })
})

describe('must-not-happen 06: an unknown user where existence is hidden', () => {
  const shown = async (made: MadePool, username: string) => (await exchange(made, username)).parameters

  it('has the same salt and the same name every time', async () => {
    const [first, second] = [await shown(hiding, 'ghost'), await shown(hiding, 'ghost')]
    expect(second.SALT).toBe(first.SALT)
    expect(second.USER_ID_FOR_SRP).toBe(first.USER_ID_FOR_SRP)
    expect(second.SRP_B).not.toBe(first.SRP_B)
    const other = await shown(hiding, 'phantom')
    expect(other.SALT).not.toBe(first.SALT)
  })

  it('has it in every client of the pool, after any time, and another one in another pool', async () => {
    const first = await shown(hiding, 'ghost')
    server.clock.advance(400 * 86_400_000)
    const sibling = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
    expect((await shown(sibling, 'ghost')).SALT).toBe(first.SALT)
    server.clock.reset()
    const stranger = await makePool(server, {}, { PreventUserExistenceErrors: 'ENABLED' })
    expect((await shown(stranger, 'ghost')).SALT).not.toBe(first.SALT)
  })

  it('has it in every spelling that would find the same user', async () => {
    const insensitive = await makePool(
      server,
      { UsernameConfiguration: { CaseSensitive: false } },
      { PreventUserExistenceErrors: 'ENABLED' },
    )
    const [first, second] = [await shown(insensitive, 'Ghost-é'), await shown(insensitive, 'gHOST-e\u0301')]
    expect(second.SALT).toBe(first.SALT)
    expect(second.USER_ID_FOR_SRP).toBe(first.USER_ID_FOR_SRP)
  })

  const ids = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  it.each<[string, Parameters<typeof makePool>[1], string, RegExp]>([
    ['by address: a UUID', { UsernameAttributes: ['email'] }, 'ghost@example.org', ids],
    ['by an alias: a UUID', { AliasAttributes: ['email'] }, 'ghost@example.org', ids],
    ['by name: that name', { AliasAttributes: ['email'] }, 'ghost', /^ghost$/],
  ])('is shown as a known one would be, signing in %s', async (_, settings, username, name) => {
    const made = await makePool(server, settings, { PreventUserExistenceErrors: 'ENABLED' })
    const parameters = await shown(made, username)
    expect(parameters.USER_ID_FOR_SRP).toMatch(name)
    expect(parameters.USERNAME).toBe(parameters.USER_ID_FOR_SRP)
  })

  it.each<[string, Parameters<typeof makePool>[1], string, string]>([
    ['by name', {}, 'real', 'ghost'],
    ['by address', { UsernameAttributes: ['email'] }, 'real@example.org', 'bogus@example.org'],
  ])('is asked in the same form and at the same cost, and refused likewise, signing in %s', async (_, settings, real, ghost) => {
    const made = await makePool(server, settings, { PreventUserExistenceErrors: 'ENABLED' })
    await makeUser(server, made.UserPoolId, real)
    const dispatch = redispatch(server, work.services)
    const form = (text: string) => text.replaceAll(/[A-Za-z0-9]/g, 'x')
    const seen = new Map<string, unknown>()
    // Once to make the pool's keys.
    await postTo(dispatch, 'InitiateAuth', begin(made, ghost, createSrpClient(made.UserPoolId).srpA))
    for (const username of [real, ghost]) {
      const srp = createSrpClient(made.UserPoolId)
      work.take()
      const begun = await postTo(dispatch, 'InitiateAuth', begin(made, username, srp.srpA))
      const beginning = work.take()
      const { ChallengeName, ChallengeParameters: parameters, ...rest } = JSON.parse(begun.body)
      const answer = srp.answer(parameters, 'Wrong-Horse-7', server.clock.now())
      const refused = await postTo(dispatch, 'RespondToAuthChallenge', respond(made, answer))
      const misnamed = await postTo(dispatch, 'RespondToAuthChallenge', respond(made, { ...answer, USERNAME: 'somebody' }))
      seen.set(username, {
        begun: [begun.status, ChallengeName, rest, Object.keys(begun.headers)],
        form: {
          ...Object.fromEntries(Object.entries<string>(parameters).map(([name, value]) => [name, value.length])),
          SRP_B: form(parameters.SRP_B).length > 700,
          USERNAME: settings?.UsernameAttributes ? form(parameters.USERNAME) : parameters.USERNAME === username,
          USER_ID_FOR_SRP: parameters.USER_ID_FOR_SRP === parameters.USERNAME,
        },
        refused: [refused.status, refused.body],
        misnamed: [misnamed.status, misnamed.body],
        beginning,
        answering: work.take(),
      })
    }
    expect(seen.get(ghost)).toEqual(seen.get(real))
    expect(JSON.stringify(seen.get(ghost))).toContain('compute.ephemeral')
    expect(JSON.stringify(seen.get(ghost))).toContain('attempts.fail')
  })

  it('never proves anything, whatever password the stand-in is asked with', async () => {
    for (const given of ['', password, 'ghost']) {
      const { answer } = await exchange(hiding, 'ghost', given)
      expect(await server.refused('RespondToAuthChallenge', answer)).toEqual(incorrect)
    }
  })
})
