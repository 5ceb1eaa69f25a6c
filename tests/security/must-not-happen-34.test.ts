import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listed } from '../support/attributes.ts'
import { countWork, type Work } from '../support/count-work.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { postTo } from '../support/post-to.ts'
import { redispatch } from '../support/redispatch.ts'
import { signUpUser } from '../support/sign-up-user.ts'

let server: Harness
let work: Work

type Call = readonly [
  operation: string,
  input: (made: MadePool, username: string) => Record<string, unknown>,
  headers?: Record<string, string>,
]

const authorization =
  'AWS4-HMAC-SHA256 Credential=AKIATESTTESTTESTTEST/20260115/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00'
const signed = { authorization, 'x-amz-date': '20260115T120000Z' }

const calls: Record<string, Call> = {
  'a wrong password': [
    'InitiateAuth',
    ({ ClientId }, USERNAME) => ({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD: 'Wrong-Horse-7' } }),
  ],
  'a wrong password, asked by a server': [
    'AdminInitiateAuth',
    ({ UserPoolId, ClientId }, USERNAME) => ({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD: 'Wrong-Horse-7' },
    }),
    signed,
  ],
  'the beginning of SRP': [
    'InitiateAuth',
    ({ ClientId }, USERNAME) => ({ ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME, SRP_A: 'a5'.repeat(300) } }),
  ],
  'a forgotten password': ['ForgotPassword', ({ ClientId }, Username) => ({ ClientId, Username })],
  'a wrong reset code': [
    'ConfirmForgotPassword',
    ({ ClientId }, Username) => ({ ClientId, Username, ConfirmationCode: 'x00000', Password: 'Brand-New-Horse-8' }),
  ],
  'a resent code': ['ResendConfirmationCode', ({ ClientId }, Username) => ({ ClientId, Username })],
  'a wrong sign-up code': ['ConfirmSignUp', ({ ClientId }, Username) => ({ ClientId, Username, ConfirmationCode: 'x00000' })],
}

/** Every state that a known user may be in. */
const states: Record<string, (made: MadePool, username: string) => Promise<unknown>> = {
  confirmed: (made, username) => makeUser(server, made.UserPoolId, username, reachable(username)),
  'without an address': (made, username) => makeUser(server, made.UserPoolId, username),
  unconfirmed: (made, username) => signUpUser(server, made, username, { email: address(username) }),
  disabled: async (made, username) => {
    await makeUser(server, made.UserPoolId, username, reachable(username))
    await server.ok('AdminDisableUser', { UserPoolId: made.UserPoolId, Username: username })
  },
  invited: (made, username) =>
    server.ok('AdminCreateUser', {
      UserPoolId: made.UserPoolId,
      Username: username,
      TemporaryPassword: password,
      MessageAction: 'SUPPRESS',
      UserAttributes: listed(reachable(username)),
    }),
  'to be reset': async (made, username) => {
    await makeUser(server, made.UserPoolId, username, reachable(username))
    await server.ok('AdminResetUserPassword', { UserPoolId: made.UserPoolId, Username: username })
  },
}

const address = (username: string) => `${username}@example.org`
const reachable = (username: string) => ({ email: address(username), email_verified: 'true' })

/** What everybody may see of an answer, without what is drawn anew every time. */
const shape = (text: string, headers: Readonly<Record<string, string>>): unknown => {
  const body = JSON.parse(text)
  const drawn = (name: string, value: unknown): unknown => {
    if (name === 'SRP_B' || name === 'SECRET_BLOCK' || name === 'SALT') return `${Math.floor(String(value).length / 10)}`
    if (name === 'USERNAME' || name === 'USER_ID_FOR_SRP') return typeof value
    // The first letters of a made-up address are made up.
    if (name === 'Destination') return String(value).replaceAll(/[a-z0-9]/gi, 'x')
    return value
  }
  const walked = JSON.parse(JSON.stringify(body, drawn))
  const { 'x-amzn-requestid': _, ...rest } = headers
  return { body: walked, headers: rest }
}

beforeAll(async () => {
  server = await createHarness()
  work = countWork(server)
})
afterAll(() => server.close())

/** Charging and storing a code cost one commit each; charging a code that is not there commits nothing. */
const commits = (verbs: readonly string[]): string[] =>
  verbs
    .filter((verb, place) => !(verb === 'codes.charge' && verbs[place + 1] === 'codes.put'))
    .map((verb) => (verb === 'codes.charge' || verb === 'codes.put' ? 'a code is written' : verb))

const ask = async (made: MadePool, call: Call, username: string) => {
  const [operation, input, headers] = call
  work.take()
  const reply = await postTo(redispatch(server, work.services), operation, input(made, username), headers)
  return { status: reply.status, ...(shape(reply.body, reply.headers) as object), work: work.take() }
}

describe('must-not-happen 34: on a client that hides existence, nobody learns who exists', () => {
  let made: MadePool
  beforeAll(async () => {
    made = await makePool(server, { AutoVerifiedAttributes: ['email'] }, { PreventUserExistenceErrors: 'ENABLED' })
    for (const [state, make] of Object.entries(states)) {
      for (const name of Object.keys(calls)) await make(made, `known-${state}-${name}`.replaceAll(/\W/g, '-'))
    }
    // Keys of the pool are made at first need.
    for (const call of Object.values(calls)) await ask(made, call, 'warm-up')
  })

  for (const name of Object.keys(calls)) {
    it.each(Object.keys(states))(`by ${name} of a user who is %s: same answer`, async (state) => {
      const call = calls[name] as Call
      const key = `${state}-${name}`.replaceAll(/\W/g, '-')
      const [known, unknown] = [await ask(made, call, `known-${key}`), await ask(made, call, `nobody-${key}`)]
      expect({ ...known, work: [] }).toEqual({ ...unknown, work: [] })
    })
  }

  for (const name of Object.keys(calls)) {
    it.each(Object.keys(states))(`by ${name} of a user who is %s: same work`, async (state) => {
      const call = calls[name] as Call
      const key = `${state}-${name}`.replaceAll(/\W/g, '-')
      const [known, unknown] = [await ask(made, call, `known-${key}`), await ask(made, call, `nobody-${key}`)]
      expect(commits(known.work)).toEqual(commits(unknown.work))
    })
  }

  it('by the lock-out: names that nobody has are locked like users', async () => {
    await makeUser(server, made.UserPoolId, 'locked')
    const tries = async (username: string) => {
      const answers: unknown[] = []
      for (let failure = 0; failure < 7; failure += 1) answers.push(await ask(made, calls['a wrong password'] as Call, username))
      return answers
    }
    const known = await tries('locked')
    expect(await tries('locked-nobody')).toEqual(known)
    expect(JSON.stringify(known.at(-1))).toContain('Password attempts exceeded')
  })

  it('by the number of codes that may be asked for in an hour', async () => {
    await makeUser(server, made.UserPoolId, 'asked', reachable('asked'))
    const tries = async (username: string) => {
      const statuses: unknown[] = []
      for (let time = 0; time < 22; time += 1) statuses.push((await ask(made, calls['a forgotten password'] as Call, username)).status)
      return statuses
    }
    const known = await tries('asked')
    expect(await tries('asked-nobody')).toEqual(known)
    expect(known.at(-1)).toBe(400)
  })

  it('by the address of a verified alias', async () => {
    const aliased = await makePool(
      server,
      { AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'] },
      { PreventUserExistenceErrors: 'ENABLED' },
    )
    await makeUser(server, aliased.UserPoolId, 'holder', reachable('holder'))
    for (const call of Object.values(calls)) await ask(aliased, call, 'warm-up')
    for (const [name, call] of Object.entries(calls)) {
      const [known, unknown] = [await ask(aliased, call, address('holder')), await ask(aliased, call, address('nobody'))]
      expect({ ...known, work: [] }, name).toEqual({ ...unknown, work: [] })
    }
    const signUp = (Username: string, email: string) =>
      server.call('SignUp', { ClientId: aliased.ClientId, Username, Password: password, UserAttributes: listed({ email }) })
    const [taken, free] = [await signUp('first', address('holder')), await signUp('second', address('nobody'))]
    expect([taken.status, Object.keys(taken.body).sort()]).toEqual([free.status, Object.keys(free.body).sort()])
    expect(taken.status).toBe(200)
  })
})
