import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Services } from '../../src/context.ts'
import type { Harness } from '../support/harness.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { type OAuthAnswer, type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { callback, codeChallenge, codeFor, pageSettings, redeem, refusal, verifier } from '../support/page-codes.ts'
import { atOnce } from '../support/parallel.ts'
import { tokensOf } from '../support/sign-in.ts'
import { trackSessions } from '../support/tracked-sessions.ts'

let server: OAuthServer
let pool: MadePool

/** Holds redemptions back until so many have found their code unused. */
let expected = 1
let waiting: (() => void)[] = []
const together = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length < expected) return
    for (const go of waiting) go()
    waiting = []
    expected = 1
  })

beforeAll(async () => {
  const through = (harness: Harness): Services => {
    const { authorizationCodes } = harness.store
    const redeemTogether: typeof authorizationCodes.redeem = async (...args) => {
      await together()
      return authorizationCodes.redeem(...args)
    }
    return { ...harness, store: { ...harness.store, authorizationCodes: { ...authorizationCodes, redeem: redeemTogether } } }
  }
  server = await startOAuth({}, {}, { through })
  pool = await makePool(server.harness, {}, pageSettings)
  await makeUser(server.harness, pool.UserPoolId, 'ana')
})
beforeEach(() => server.harness.clock.reset())
afterAll(() => server.stop())

const refresh = (made: MadePool, refresh_token: string) =>
  server.post('token', { grant_type: 'refresh_token', client_id: made.ClientId, refresh_token })

/** Whether the tokens work; the same at every place that takes them. */
const areAlive = async (made: MadePool, { access_token: AccessToken, refresh_token }: Record<string, string>): Promise<boolean> => {
  const answers = [
    (await refresh(made, refresh_token ?? '')).status === 200,
    (await server.userInfo(AccessToken ?? '')).status === 200,
    (await server.harness.call('GetUser', { AccessToken })).status === 200,
    (await server.harness.call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken: refresh_token })).status === 200,
  ]
  expect(new Set(answers).size).toBe(1)
  return answers[0] === true
}

const isWon = ({ status }: OAuthAnswer) => status === 200

describe('must-not-happen 01: an authorization code', () => {
  it('is never redeemed twice, however many come at once, and what the first one got ends', async () => {
    for (const more of [{}, { codeChallenge }]) {
      const code = await codeFor(server.harness, pool, 'ana', more)
      const sent = 'codeChallenge' in more ? { code_verifier: verifier } : {}
      expected = atOnce
      const answers = await Promise.all(Array.from({ length: atOnce }, () => redeem(server, pool, code, sent)))
      const won = answers.filter(isWon)
      expect(won).toHaveLength(1)
      for (const answer of answers.filter((each) => !isWon(each))) {
        expect([answer.status, answer.body]).toEqual([400, { error: 'invalid_grant' }])
      }
      expect(await areAlive(pool, won[0]?.body)).toBe(false)
    }
  })

  it('is never redeemed twice when nothing keeps the requests together either', async () => {
    const code = await codeFor(server.harness, pool, 'ana')
    const answers = await Promise.all(Array.from({ length: atOnce }, () => redeem(server, pool, code)))
    expect(answers.filter(isWon)).toHaveLength(1)
    expect(await areAlive(pool, answers.find(isWon)?.body)).toBe(false)
  })

  it('that comes again ends the tokens of the first redemption, those that were refreshed since too, and no others', async () => {
    const [code, other] = [await codeFor(server.harness, pool, 'ana'), await codeFor(server.harness, pool, 'ana')]
    const [first, kept] = [(await redeem(server, pool, code)).body, (await redeem(server, pool, other)).body]
    const refreshed = (await refresh(pool, first.refresh_token)).body
    const byApi = await tokensOf(server.harness, pool, 'ana')
    expect(await areAlive(pool, first)).toBe(true)
    expect(await refusal(redeem(server, pool, code))).toEqual([400, 'invalid_grant'])
    expect(await areAlive(pool, first)).toBe(false)
    expect((await server.userInfo(refreshed.access_token)).status).toBe(401)
    expect(await areAlive(pool, kept)).toBe(true)
    await server.harness.ok('GetUser', { AccessToken: byApi.AccessToken })
  })

  it('ends a family of rotating refresh tokens, wherever it has come to', async () => {
    const made = await makeClient(server.harness, pool.UserPoolId, {
      ...pageSettings,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
    })
    const code = await codeFor(server.harness, made, 'ana')
    const first = (await redeem(server, made, code)).body
    const second = (await refresh(made, first.refresh_token)).body
    await redeem(server, made, code)
    for (const token of [first.refresh_token, second.refresh_token]) {
      expect(await refusal(refresh(made, token))).toEqual([400, 'invalid_grant'])
    }
    expect((await server.userInfo(second.access_token)).status).toBe(401)
  })

  it('is recognised after its five minutes, for as long as its row is there', async () => {
    const code = await codeFor(server.harness, pool, 'ana')
    const { body } = await redeem(server, pool, code)
    server.harness.clock.advance(50 * 60_000)
    const by = { actor: 'test', requestId: 'r', action: 'Purge', at: server.harness.clock.now() }
    while ((await server.harness.store.maintenance.purge(by, 500)) > 0);
    expect(await areAlive(pool, body)).toBe(true)
    expect(await refusal(redeem(server, pool, code))).toEqual([400, 'invalid_grant'])
    expect(await areAlive(pool, body)).toBe(false)
  })

  it('keeps what it ended dead for as long as a refresh token of then may live, though the client has shortened that', async () => {
    const made = await makeClient(server.harness, pool.UserPoolId, { ...pageSettings, RefreshTokenValidity: 3650 })
    const code = await codeFor(server.harness, made, 'ana')
    const { body } = await redeem(server, made, code)
    const { ClientId, UserPoolId } = made
    await server.harness.ok('UpdateUserPoolClient', { UserPoolId, ClientId, ...pageSettings, RefreshTokenValidity: 1 })
    await redeem(server, made, code)
    server.harness.clock.advance(3649 * 86_400_000)
    const by = { actor: 'test', requestId: 'r', action: 'Purge', at: server.harness.clock.now() }
    while ((await server.harness.store.maintenance.purge(by, 500)) > 0);
    expect(await refusal(refresh(made, body.refresh_token))).toEqual([400, 'invalid_grant'])
  })

  it('ends nothing where whoever repeats it is not who it was given to', async () => {
    const stranger = await makeClient(server.harness, pool.UserPoolId, pageSettings)
    const code = await codeFor(server.harness, pool, 'ana', { codeChallenge })
    const { body } = await redeem(server, pool, code, { code_verifier: verifier })
    await redeem(server, stranger, code, { code_verifier: verifier })
    await redeem(server, pool, code, { code_verifier: `${verifier}x` })
    await redeem(server, pool, code)
    await redeem(server, pool, code, { code_verifier: verifier, redirect_uri: `${callback}/` })
    expect(await areAlive(pool, body)).toBe(true)
  })

  it('leaves no session on the list of the user, however many redeem it at once', async () => {
    const made = await makePool(server.harness, {}, pageSettings)
    await makeUser(server.harness, made.UserPoolId, 'ana')
    const sessions = await trackSessions(server.harness, made)
    const code = await codeFor(server.harness, made, 'ana')
    expected = atOnce
    const answers = await Promise.all(Array.from({ length: atOnce }, () => redeem(server, made, code)))
    expect(answers.filter(isWon)).toHaveLength(1)
    expect(await sessions.ids('ana')).toEqual([])
  })
})
