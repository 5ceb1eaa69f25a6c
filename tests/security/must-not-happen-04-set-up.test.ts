import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createChallengeKinds } from '../support/challenge-kinds.ts'
import { makeChallengePool } from '../support/challenge-pool.ts'
import { type Answer, createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { answer } from '../support/mfa-pool.ts'
import { atOnce } from '../support/parallel.ts'
import { begin } from '../support/sign-in.ts'
import { pathFunctions } from '../support/sign-in-paths.ts'
import { totpCode } from '../support/totp-code.ts'

let server: Harness
let pool: MadePool
let sibling: MadePool
let username: string
let users = 0

beforeAll(async () => {
  server = await createHarness({}, pathFunctions)
  pool = await makeChallengePool(server, 'required')
  sibling = await makeClient(server, pool.UserPoolId)
})
beforeEach(async () => {
  server.clock.reset()
  users += 1
  username = `setter-${users}`
  await makeUser(server, pool.UserPoolId, username)
})
afterAll(() => server.close())

/** The session of an MFA_SETUP challenge. */
const owed = async (): Promise<string> => (await begin(server, pool, username)).body.Session
const associate = async (Session: string) => server.ok('AssociateSoftwareToken', { Session })
/** An answer to VerifySoftwareToken that is right now. */
const verification = ({ Session, SecretCode }: { Session: string; SecretCode: string }) => ({
  Session,
  UserCode: totpCode(SecretCode, server.clock.now()),
})
const finish = (Session: string) => answer(server, pool, 'MFA_SETUP', username, Session, {})

const refused = ({ status, body }: Answer, what: string) => {
  expect([status, body.SecretCode, body.Session, body.AuthenticationResult], `${what}: ${JSON.stringify(body)}`).toEqual([
    400,
    undefined,
    undefined,
    undefined,
  ])
}

/** Ends the set-up before it is finished. */
const ends: Record<string, () => Promise<unknown>> = {
  'its three minutes': async () => server.clock.advance(3 * 60_000),
  'a sign-out everywhere': () => server.ok('AdminUserGlobalSignOut', { UserPoolId: pool.UserPoolId, Username: username }),
  'the user was disabled': () => server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username: username }),
  'the user was deleted': () => server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username: username }),
}

describe('must-not-happen 04: the sessions of the set-up of a software token', () => {
  it.each(Object.entries(ends))('are good for nothing after %s', async (_, end) => {
    const first = await owed()
    const handedOut = await associate(await owed())
    await end()
    refused(await server.call('AssociateSoftwareToken', { Session: first }), 'AssociateSoftwareToken')
    refused(await server.call('VerifySoftwareToken', verification(handedOut)), 'VerifySoftwareToken')
  })

  it('are not taken over by another client, which they name', async () => {
    const [sealed = '', locator = ''] = (await owed()).split('.')
    const foreign = Buffer.from(sibling.ClientId).toString('base64url')
    expect(Buffer.from(locator, 'base64url').toString()).toBe(pool.ClientId)
    for (const Session of [`${sealed}.${foreign}`, sealed, `${sealed}.`, `.${locator}`]) {
      refused(await server.call('AssociateSoftwareToken', { Session }), Session.slice(-50))
      refused(await server.call('VerifySoftwareToken', { Session, UserCode: '000000' }), Session.slice(-50))
    }
  })

  it('finish nothing before a code was verified', async () => {
    const first = await owed()
    const { Session, SecretCode } = await associate(first)
    for (const session of [first, Session]) refused(await finish(session), 'MFA_SETUP')
    refused(await server.call('VerifySoftwareToken', { Session: first, UserCode: totpCode(SecretCode, server.clock.now()) }), 'of before')
    refused(await server.call('VerifySoftwareToken', { Session, UserCode: '000000' }), 'a wrong code')
    refused(await finish(Session), 'MFA_SETUP after a wrong code')
  })

  it(`of ${atOnce} right codes at once one is verified, and of ${atOnce} answers with it one gets the tokens`, async () => {
    const input = verification(await associate(await owed()))
    const verified = await Promise.all(Array.from({ length: atOnce }, () => server.call('VerifySoftwareToken', input)))
    const [winner, ...others] = verified.filter(({ body }) => body.Session !== undefined)
    expect(others).toEqual([])
    const answers = await Promise.all(Array.from({ length: atOnce }, () => finish(winner?.body.Session)))
    expect(answers.filter(({ body }) => body.AuthenticationResult !== undefined)).toHaveLength(1)
    expect([...verified, ...answers].filter(({ status }) => status === 500)).toEqual([])
  })

  it('set up no second token once one is there', async () => {
    const [first, second] = [await owed(), await associate(await owed())]
    const { Session } = await server.ok('VerifySoftwareToken', verification(await associate(await owed())))
    for (const session of [first, Session])
      refused(await server.call('AssociateSoftwareToken', { Session: session }), 'AssociateSoftwareToken')
    refused(await server.call('VerifySoftwareToken', verification(second)), 'VerifySoftwareToken')
    for (const session of [first, second.Session]) refused(await finish(session), 'MFA_SETUP by what another sign-in has set up')
    expect((await finish(Session)).body.AuthenticationResult).toBeDefined()
    refused(await server.call('AssociateSoftwareToken', { Session }), 'after the tokens')
  })

  it('are none that belong to another challenge', async () => {
    const pools = { open: await makeChallengePool(server, 'open'), required: pool }
    for (const kind of createChallengeKinds(server).filter(({ name }) => !name.startsWith('MFA_SETUP'))) {
      users += 1
      const { Session, ClientId } = (await kind.ask(pools[kind.pool], `setter-${users}`)).rightly()
      if (Session === undefined) continue
      for (const text of [Session, `${Session}.${Buffer.from(ClientId).toString('base64url')}`]) {
        refused(await server.call('AssociateSoftwareToken', { Session: text }), kind.name)
        refused(await server.call('VerifySoftwareToken', { Session: text, UserCode: '000000' }), kind.name)
      }
    }
  })
})
