import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiReply } from '../../src/api/api-request.ts'
import type { Dispatcher } from '../../src/api/dispatch.ts'
import type { Log } from '../../src/context.ts'
import { secretHash } from '../../src/crypto/secret-hash.ts'
import { listed } from '../support/attributes.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { postTo } from '../support/post-to.ts'
import { redispatch } from '../support/redispatch.ts'
import { createSrpClient } from '../support/srp-client.ts'

let server: Harness
let dispatch: Dispatcher

const logged: string[] = []
const note = (fields: object, text: string) =>
  void logged.push(
    JSON.stringify(
      { ...fields, text },
      // An error's own members do not stand in JSON by themselves.
      (_, value) => (value instanceof Error ? { name: value.name, message: value.message, stack: value.stack, cause: value.cause } : value),
    ),
  )
const recording: Log = { debug: note, info: note, warn: note, error: note }

const answered: { operation: string; status: number; body: string; headers: string }[] = []

const signed = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIATESTTESTTESTTEST/20260115/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=CANARYSIGNATURE',
  'x-amz-date': '20260115T120000Z',
}

const call = async (operation: string, input: object, by: Dispatcher = dispatch): Promise<ApiReply> => {
  const reply = await postTo(by, operation, input, signed)
  answered.push({ operation, status: reply.status, body: reply.body, headers: JSON.stringify(reply.headers) })
  return reply
}
// biome-ignore lint/suspicious/noExplicitAny: answers of every operation
const ok = async (operation: string, input: object): Promise<any> => {
  const { status, body } = await call(operation, input)
  expect(status, `${operation}: ${body}`).toBe(200)
  return body === '' ? {} : JSON.parse(body)
}

const passwords = {
  first: 'Canary-First-Password-1',
  second: 'Canary-Second-Password-2',
  wrong: 'Canary-Wrong-Password-3',
  temporary: 'Canary-Temporary-Password-4',
  chosen: 'Canary-Chosen-Password-5',
  weak: 'canaryweakpassword',
}
const chosenSecret = 'canarychosenclientsecretcanarychosen'

/** What may stand nowhere: not in an answer, not in the log. */
const everywhere = new Map<string, string>()
/** What a caller gets once, by the contract, and the log never. */
const inLog = new Map<string, string>()

beforeAll(async () => {
  server = await createHarness()
  dispatch = redispatch(server, { log: recording }, { strictErrors: false })
  for (const [name, value] of Object.entries(passwords)) everywhere.set(`the ${name} password`, value)
  everywhere.set('a chosen client secret, which its maker knows', chosenSecret)
  everywhere.set('the signature of a request', 'CANARYSIGNATURE')
  await live()
})
afterAll(() => server.close())

/** A bit of everything that handles secrets. */
const live = async () => {
  const { UserPool } = await ok('CreateUserPool', { PoolName: 'p', AutoVerifiedAttributes: ['email'] })
  const UserPoolId = UserPool.Id
  const made = await ok('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'c',
    GenerateSecret: true,
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  })
  const { ClientId, ClientSecret } = made.UserPoolClient
  inLog.set('the client secret', ClientSecret)
  await ok('AddUserPoolClientSecret', { UserPoolId, ClientId, ClientSecret: chosenSecret })
  await ok('ListUserPoolClientSecrets', { UserPoolId, ClientId })
  await ok('ListUserPoolClients', { UserPoolId })
  const hash = (name: string) => secretHash(name, ClientId, ClientSecret)
  inLog.set('a secret hash', hash('ana'))

  await ok('SignUp', {
    ClientId,
    Username: 'ana',
    Password: passwords.first,
    SecretHash: hash('ana'),
    UserAttributes: listed({ email: 'ana@example.org' }),
  })
  const code = server.codeSentTo('ana@example.org')
  await call('SignUp', { ClientId, Username: 'bob', Password: passwords.weak, SecretHash: hash('bob') })
  await call('SignUp', { ClientId, Username: 'ana', Password: passwords.second, SecretHash: hash('ana') })
  await call('SignUp', { ClientId, Username: 'ana', Password: passwords.second, SecretHash: chosenSecret })
  await ok('ConfirmSignUp', { ClientId, Username: 'ana', ConfirmationCode: code, SecretHash: hash('ana') })

  const signIn = (PASSWORD: string, USERNAME = 'ana') => ({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD, SECRET_HASH: hash(USERNAME) },
  })
  await call('InitiateAuth', signIn(passwords.wrong))
  await call('InitiateAuth', { ...signIn(passwords.wrong), AuthFlow: 'NO_SUCH_FLOW' })
  await call('InitiateAuth', { ...signIn(passwords.wrong), ClientId: 'nosuchclient' })
  const { AuthenticationResult: tokens } = await ok('InitiateAuth', signIn(passwords.first))
  inLog.set('the access token', tokens.AccessToken)
  inLog.set('the ID token', tokens.IdToken)
  inLog.set('the refresh token', tokens.RefreshToken)
  await ok('GetUser', { AccessToken: tokens.AccessToken })
  await ok('ChangePassword', { AccessToken: tokens.AccessToken, PreviousPassword: passwords.first, ProposedPassword: passwords.second })
  await call('ChangePassword', { AccessToken: tokens.AccessToken, PreviousPassword: passwords.wrong, ProposedPassword: passwords.chosen })
  await ok('GetTokensFromRefreshToken', { ClientId, ClientSecret: chosenSecret, RefreshToken: tokens.RefreshToken })
  await call('GetTokensFromRefreshToken', { ClientId, ClientSecret: `${chosenSecret}x`, RefreshToken: tokens.RefreshToken })

  const srp = createSrpClient(UserPoolId)
  const begun = await ok('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: 'ana', SRP_A: srp.srpA, SECRET_HASH: hash('ana') },
  })
  inLog.set('the secret block', begun.ChallengeParameters.SECRET_BLOCK)
  inLog.set('the salt', begun.ChallengeParameters.SALT)
  const answer = srp.answer(begun.ChallengeParameters, passwords.second, server.clock.now())
  inLog.set('the proof of a password', answer['PASSWORD_CLAIM_SIGNATURE'] ?? '')
  await ok('RespondToAuthChallenge', {
    ClientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: { ...answer, SECRET_HASH: hash('ana') },
  })

  await ok('ForgotPassword', { ClientId, Username: 'ana', SecretHash: hash('ana') })
  const reset = server.codeSentTo('ana@example.org')
  await ok('ConfirmForgotPassword', {
    ClientId,
    Username: 'ana',
    ConfirmationCode: reset,
    Password: passwords.chosen,
    SecretHash: hash('ana'),
  })
  for (const [name, value] of Object.entries({ 'the sign-up code': code, 'the reset code': reset })) everywhere.set(name, `"${value}"`)

  await ok('AdminCreateUser', { UserPoolId, Username: 'eva', TemporaryPassword: passwords.temporary, MessageAction: 'SUPPRESS' })
  const asked = await ok('InitiateAuth', signIn(passwords.temporary, 'eva'))
  inLog.set('the session', asked.Session)
  await ok('RespondToAuthChallenge', {
    ClientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: asked.Session,
    ChallengeResponses: { USERNAME: 'eva', NEW_PASSWORD: passwords.chosen, SECRET_HASH: hash('eva') },
  })
  await ok('AdminCreateUser', {
    UserPoolId,
    Username: 'kim',
    UserAttributes: listed({ email: 'kim@example.org' }),
    DesiredDeliveryMediums: ['EMAIL'],
  })
  everywhere.set('a generated temporary password', server.codeSentTo('kim@example.org'))
  await ok('AdminGetUser', { UserPoolId, Username: 'eva' })
  await ok('ListUsers', { UserPoolId })
  await ok('DescribeUserPool', { UserPoolId })
  await ok('RevokeToken', { ClientId, ClientSecret: chosenSecret, Token: tokens.RefreshToken })

  const found = await server.store.clients.byClientId(ClientId)
  const poolUid = found?.pool.uid ?? ''
  for (const name of ['ana', 'eva']) {
    const user = await server.store.users.byName(poolUid, name)
    const credential = await server.store.users.credential(poolUid, user?.id ?? '')
    everywhere.set(`the sealed verifier of ${name}`, credential?.sealedVerifier ?? '')
    const verifier = await server.keyring.open('verifiers', poolUid, user?.id ?? '', credential?.sealedVerifier ?? '')
    everywhere.set(`the verifier of ${name}`, Buffer.from(verifier ?? []).toString('base64'))
    everywhere.set(`the verifier of ${name} in hex`, Buffer.from(verifier ?? []).toString('hex'))
  }
  for (const { sealed } of found?.client.secrets ?? []) everywhere.set('a sealed client secret', sealed)

  // Whatever breaks must not spill what it was given.
  const failing = { ...server.store, users: { ...server.store.users, byName: () => Promise.reject(new Error('the disk is gone')) } }
  const broken = redispatch(server, { log: recording, store: failing as typeof server.store }, { strictErrors: false })
  for (const [operation, input] of [
    ['InitiateAuth', signIn(passwords.first)],
    ['ForgotPassword', { ClientId, Username: 'ana', SecretHash: hash('ana') }],
    ['ConfirmForgotPassword', { ClientId, Username: 'ana', ConfirmationCode: code, Password: passwords.chosen, SecretHash: hash('ana') }],
    ['AdminSetUserPassword', { UserPoolId, Username: 'ana', Password: passwords.chosen, Permanent: true }],
  ] as const) {
    expect((await call(operation, input, broken)).status, operation).toBe(500)
  }
  const mute = {
    deliver: async (message: object) => Promise.reject(new Error(`550 refused: ${Object.keys(message)}`)),
    close: async () => {},
  }
  const undelivered = redispatch(server, { log: recording, delivery: mute }, { strictErrors: false })
  await call('ForgotPassword', { ClientId, Username: 'ana', SecretHash: hash('ana') }, undelivered)
}

describe('must-not-happen 29: a secret', () => {
  it('was there to be found', () => {
    expect(answered.length).toBeGreaterThan(30)
    expect(logged.length).toBeGreaterThan(8)
    expect(logged.some((line) => line.includes('the disk is gone'))).toBe(true)
    for (const [name, value] of [...everywhere, ...inLog]) expect(value.length, name).toBeGreaterThan(5)
  })

  it('stands in no answer, and in no header of one', () => {
    for (const { operation, body, headers } of answered) {
      for (const [name, value] of everywhere) expect(body.includes(value) || headers.includes(value), `${name} in ${operation}`).toBe(false)
    }
  })

  it('of a client is shown to who makes the client, and in no list', () => {
    const secret = inLog.get('the client secret') ?? ''
    const showing = new Set(answered.filter(({ body }) => body.includes(secret)).map(({ operation }) => operation))
    expect([...showing]).toEqual(['CreateUserPoolClient'])
  })

  it('stands in no line of the log, on any level', () => {
    for (const [name, value] of [...everywhere, ...inLog]) {
      expect(
        logged.filter((line) => line.includes(value)),
        name,
      ).toEqual([])
    }
  })

  it('stands in no line of the audit trail', async () => {
    const pools = await server.store.pools.list(undefined, { limit: 10 })
    let lines = 0
    for (const { uid } of pools.rows) {
      const { rows } = await server.store.audit.list(uid, { limit: 1000 })
      lines += rows.length
      const text = JSON.stringify(rows)
      for (const [name, value] of [...everywhere, ...inLog]) expect(text.includes(value), name).toBe(false)
    }
    expect(lines).toBeGreaterThan(10)
  })

  it('does not make an error of the server tell more than its request id', () => {
    const broken = answered.filter(({ status }) => status === 500)
    expect(broken.length).toBe(4)
    for (const { body } of broken) {
      expect(JSON.parse(body)).toEqual({ __type: 'InternalErrorException', message: expect.not.stringContaining('disk') })
    }
  })
})
