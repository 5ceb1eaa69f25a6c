import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AppClient } from '../../src/domain/app-client.ts'
import { longestLag } from '../../src/domain/longest-lag.ts'
import type { User } from '../../src/domain/user.ts'
import type { UserPool } from '../../src/domain/user-pool.ts'
import { storeOver } from '../../src/storage/executor.ts'
import { sqliteWriter } from '../../src/storage/sqlite-writer.ts'
import type { Store } from '../../src/storage/store.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { everyFlow, type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { signIn, tokensOf } from '../support/sign-in.ts'

let folder: string
let server: Harness
/** Another node on the same database, of which this one hears nothing. */
let other: Store
let made: MadePool
let session: { AccessToken: string; RefreshToken: string }

const fail = (error: unknown): never => {
  throw error
}
const by = () => ({ actor: 'test', requestId: server.random.uuid(), action: 'Test', at: server.clock.now() })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-nodes-'))
  server = await createHarness({}, {}, folder)
  other = storeOver(sqliteWriter(join(folder, 'poolhouse.db'), fail))
})
beforeEach(async () => {
  const ExplicitAuthFlows = [...(everyFlow ?? []), 'ALLOW_USER_AUTH' as const]
  made = await makePool(server, {}, { ExplicitAuthFlows })
  await makeUser(server, made.UserPoolId, 'ana', { email: 'ana@example.org', email_verified: 'true' })
  // Everything that can be remembered of pool, client, keys and user has been read.
  session = await tokensOf(server, made, 'ana')
  expect(await signIn(server, made, 'ana')).toBe('tokens')
  await server.ok('GetUser', { AccessToken: session.AccessToken })
})
afterAll(async () => {
  await other.close()
  await server.close()
  await rm(folder, { recursive: true })
})

const found = async () => (await other.clients.byClientId(made.ClientId)) ?? fail(new Error('there is no client'))
const user = async () => (await other.users.byName((await found()).pool.uid, 'ana')) ?? fail(new Error('there is no user'))
/** Configuration that another node changed holds here after so long (docs/decisions/0007-configuration-that-is-kept.md). */
const lag = () => new Promise((resolve) => setTimeout(resolve, longestLag))
const withClient = async (change: Partial<AppClient>) => {
  expect(await other.clients.update(by(), { ...(await found()).client, ...change })).toBe('updated')
  await lag()
}
const withPool = async (change: Partial<UserPool>) => {
  expect(await other.pools.update(by(), { ...(await found()).pool, ...change })).toBe('updated')
  await lag()
}
const withUser = async (change: Partial<User>) =>
  expect(await other.users.save(by(), { user: { ...(await user()), ...change } })).toBe('saved')

const refresh = () => server.call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken: session.RefreshToken })
const getUser = () => server.call('GetUser', { AccessToken: session.AccessToken })
const choose = (PREFERRED_CHALLENGE: string) =>
  server.call('InitiateAuth', { ClientId: made.ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'ana', PREFERRED_CHALLENGE } })

describe("must-not-happen 46: what another node changed holds, a person's state at once and configuration after 250 ms, though nobody told", () => {
  it('an app client that was deleted', async () => {
    expect(await other.clients.delete(by(), (await found()).client)).toBe('deleted')
    await lag()
    expect((await signIn(server, made, 'ana'))[0]).toBe('ResourceNotFoundException')
    for (const answer of [await refresh(), await getUser()]) expect(answer.status).toBe(400)
  })

  it('a pool that was deleted', async () => {
    expect(await other.pools.delete(by(), (await found()).pool)).toBe('deleted')
    expect(await signIn(server, made, 'ana')).not.toBe('tokens')
    for (const answer of [await refresh(), await getUser()]) expect(answer.status).toBe(400)
    await lag()
    expect((await signIn(server, made, 'ana'))[0]).toBe('ResourceNotFoundException')
    for (const answer of [await refresh(), await getUser()]) expect(answer.status).toBe(400)
  })

  it('a flow that the client has no more', async () => {
    await withClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] })
    expect(await signIn(server, made, 'ana')).toEqual(['InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client'])
    await withClient({ ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] })
    expect(await signIn(server, made, 'ana')).toBe('tokens')
    expect((await choose('PASSWORD')).body.__type).toBe('InvalidParameterException')
  })

  it('a first factor, there and gone again', async () => {
    const { Policies } = (await found()).pool
    const allow = (...AllowedFirstAuthFactors: ('PASSWORD' | 'EMAIL_OTP')[]) =>
      withPool({ Policies: { ...Policies, SignInPolicy: { AllowedFirstAuthFactors } } })
    await allow('PASSWORD', 'EMAIL_OTP')
    const { body } = await choose('EMAIL_OTP')
    expect(body.ChallengeName).toBe('EMAIL_OTP')
    await allow('PASSWORD')
    const ChallengeResponses = { USERNAME: 'ana', EMAIL_OTP_CODE: server.codeSentTo('ana@example.org') }
    const answer = { ClientId: made.ClientId, ChallengeName: 'EMAIL_OTP', Session: body.Session, ChallengeResponses }
    expect((await server.refused('RespondToAuthChallenge', answer))[0]).toBe('NotAuthorizedException')
    expect((await choose('EMAIL_OTP')).body.ChallengeName).toBe('SELECT_CHALLENGE')
  })

  it('MFA that is required now, and functions that have a say', async () => {
    await withPool({ MfaConfiguration: 'ON', mfa: { ...(await found()).pool.mfa, SoftwareTokenMfaConfiguration: { Enabled: true } } })
    expect(await signIn(server, made, 'ana')).toBe('MFA_SETUP')
    await withPool({ MfaConfiguration: 'OFF', LambdaConfig: { PreAuthentication: 'arn:aws:lambda:us-east-1:000000000000:function:gone' } })
    expect((await signIn(server, made, 'ana'))[0]).toBe('UnexpectedLambdaException')
  })

  it.each<[what: string, change: Partial<User>]>([
    ['disabled', { enabled: false }],
    ['to be reset', { status: 'RESET_REQUIRED' }],
    ['signed out everywhere', { generation: 9 }],
  ])('a user who was %s', async (what, change) => {
    await withUser(change)
    for (const answer of [await refresh(), await getUser()]) expect(answer.status, what).toBe(400)
    if (change.generation === undefined) expect(await signIn(server, made, 'ana', password)).not.toBe('tokens')
  })

  it('a sign-in that was revoked, and a user who was deleted', async () => {
    const { origin_jti } = JSON.parse(Buffer.from(session.AccessToken.split('.')[1] ?? '', 'base64url').toString())
    await other.revocations.revoke(by(), (await found()).pool.uid, origin_jti, server.clock.now() + 1)
    for (const answer of [await refresh(), await getUser()]) expect(answer.body.__type).toBe('NotAuthorizedException')
    const next = await tokensOf(server, made, 'ana')
    expect(await other.users.delete(by(), await user())).toBe('deleted')
    expect((await server.refused('GetUser', { AccessToken: next.AccessToken }))[0]).toBe('UserNotFoundException')
  })
})
