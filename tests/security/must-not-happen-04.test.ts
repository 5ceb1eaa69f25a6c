import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealSession } from '../../src/flows/challenge-session.ts'
import { changeClient } from '../support/change-settings.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../support/make-user.ts'
import { atOnce, outcomes } from '../support/parallel.ts'
import { signIn } from '../support/sign-in.ts'
import { createSrpClient } from '../support/srp-client.ts'

let server: Harness
let pool: MadePool

const ownPassword = 'My-Own-Horse-8'

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { AutoVerifiedAttributes: ['email'] })
})
afterAll(() => server.close())

interface Answering {
  readonly ClientId: string
  readonly ChallengeName: string
  readonly Session: string
  readonly ChallengeResponses: Record<string, string>
}

/** What answers the NEW_PASSWORD_REQUIRED of a user who has just been invited. */
const invited = async (username: string, made = pool): Promise<Answering> => {
  await inviteUser(server, made.UserPoolId, username)
  return answering(username, made)
}

const answering = async (username: string, made = pool): Promise<Answering> => {
  const { Session } = await server.ok('InitiateAuth', {
    ClientId: made.ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD: temporaryPassword },
  })
  return {
    ClientId: made.ClientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session,
    ChallengeResponses: { USERNAME: username, NEW_PASSWORD: ownPassword },
  }
}

const statusOf = async (Username: string, made = pool) =>
  (await server.ok('AdminGetUser', { UserPoolId: made.UserPoolId, Username })).UserStatus

/** No tokens, one of the two errors, and the user is where he was. */
const refusedAndUnchanged = async (username: string, answer: Answering, made = pool) => {
  const before = await statusOf(username, made)
  const { status, body } = await server.call('RespondToAuthChallenge', { ...answer })
  expect(status, JSON.stringify(body)).toBe(400)
  expect(['NotAuthorizedException', 'CodeMismatchException', 'InvalidParameterException']).toContain(body.__type)
  expect(await statusOf(username, made)).toBe(before)
}

describe('must-not-happen 04: the Session of a challenge', () => {
  it('is not good for another user, client, pool or challenge', async () => {
    const answer = await invited('own')
    const other = await invited('other')
    const sibling = await makeClient(server, pool.UserPoolId)
    const stranger = await makePool(server)
    await inviteUser(server, stranger.UserPoolId, 'own')
    await refusedAndUnchanged('own', { ...answer, ChallengeResponses: { ...answer.ChallengeResponses, USERNAME: 'other' } })
    await refusedAndUnchanged('other', { ...answer, ChallengeResponses: other.ChallengeResponses })
    await refusedAndUnchanged('own', { ...answer, ClientId: sibling.ClientId })
    await refusedAndUnchanged('own', { ...answer, ClientId: stranger.ClientId }, stranger)
    for (const ChallengeName of [
      'SMS_MFA',
      'MFA_SETUP',
      'CUSTOM_CHALLENGE',
      'PASSWORD',
      'SELECT_CHALLENGE',
      'PASSWORD_VERIFIER',
      'WEB_AUTHN',
    ]) {
      await refusedAndUnchanged('own', { ...answer, ChallengeName })
    }
    // Nothing of that has used it up.
    expect((await server.ok('RespondToAuthChallenge', { ...answer })).AuthenticationResult).toBeDefined()
  })

  it('is not good when a single character differs', async () => {
    const answer = await invited('bits')
    for (const place of [0, 4, 30, 100, 500, answer.Session.length - 3]) {
      const replaced = answer.Session[place] === 'A' ? 'B' : 'A'
      await refusedAndUnchanged('bits', { ...answer, Session: answer.Session.slice(0, place) + replaced + answer.Session.slice(place + 1) })
    }
    for (const Session of ['AYABAAAAAAAAAAAAAAAAAAAA', `${answer.Session}=`, ` ${answer.Session}`, 'x'.repeat(200)]) {
      await refusedAndUnchanged('bits', { ...answer, Session })
    }
  })

  it('is not good after success, nor is another one of the same sign-in', async () => {
    const answer = await invited('spent')
    const second = await answering('spent')
    await server.ok('RespondToAuthChallenge', { ...answer })
    const again = { ...answer, ChallengeResponses: { ...answer.ChallengeResponses, NEW_PASSWORD: 'Another-Horse-9' } }
    expect(await server.refused('RespondToAuthChallenge', again)).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user, session can only be used once.',
    ])
    await refusedAndUnchanged('spent', { ...second, ChallengeResponses: again.ChallengeResponses })
    expect(await signIn(server, pool, 'spent', ownPassword)).toBe('tokens')
    expect(await signIn(server, pool, 'spent', 'Another-Horse-9')).toEqual(['NotAuthorizedException', 'Incorrect username or password.'])
  })

  it('is good for three minutes, or as long as the client says, and no more', async () => {
    const answer = await invited('late')
    server.clock.advance(3 * 60_000 - 1)
    await server.refused('RespondToAuthChallenge', { ...answer, ChallengeResponses: { ...answer.ChallengeResponses, NEW_PASSWORD: 'x' } })
    server.clock.advance(1)
    expect(await server.refused('RespondToAuthChallenge', { ...answer })).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user, session is expired.',
    ])
    server.clock.reset()
    const slow = await makeClient(server, pool.UserPoolId, { AuthSessionValidity: 15 })
    const longer = await invited('longer', slow)
    server.clock.advance(15 * 60_000 - 1)
    await server.ok('RespondToAuthChallenge', { ...longer })
    server.clock.reset()
  })

  it.each<[string, (username: string) => Promise<unknown>]>([
    ['the user is signed out everywhere', (Username) => server.ok('AdminUserGlobalSignOut', { UserPoolId: pool.UserPoolId, Username })],
    ['the user is disabled', (Username) => server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username })],
    [
      'the temporary password is replaced',
      (Username) =>
        server.ok('AdminSetUserPassword', { UserPoolId: pool.UserPoolId, Username, Password: 'Second-Horse-7', Permanent: false }),
    ],
    [
      'the invitation is sent again',
      (Username) =>
        server.ok('AdminCreateUser', {
          UserPoolId: pool.UserPoolId,
          Username,
          TemporaryPassword: 'Second-Horse-7',
          MessageAction: 'RESEND',
          DesiredDeliveryMediums: ['EMAIL'],
        }),
    ],
  ])('dies when %s', async (name, happens) => {
    const username = `dies-${name.replaceAll(' ', '-')}`
    await inviteUser(server, pool.UserPoolId, username, { email: `${username}@example.org` })
    const answer = await answering(username)
    await happens(username)
    await refusedAndUnchanged(username, answer)
  })

  it('dies with its user, who may be made again', async () => {
    const answer = await invited('remade')
    await server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username: 'remade' })
    await inviteUser(server, pool.UserPoolId, 'remade')
    await refusedAndUnchanged('remade', answer)
  })

  it('of a sign-up or its confirmation answers no challenge', async () => {
    const email = 'auto@example.org'
    const signedUp = await server.ok('SignUp', {
      ClientId: pool.ClientId,
      Username: 'auto',
      Password: password,
      UserAttributes: [{ Name: 'email', Value: email }],
    })
    const confirmed = await server.ok('ConfirmSignUp', {
      ClientId: pool.ClientId,
      Username: 'auto',
      ConfirmationCode: server.codeSentTo(email),
    })
    for (const Session of [signedUp.Session, confirmed.Session].filter((session) => session !== undefined)) {
      const ChallengeResponses = { USERNAME: 'auto', NEW_PASSWORD: ownPassword }
      await refusedAndUnchanged('auto', { ClientId: pool.ClientId, ChallengeName: 'NEW_PASSWORD_REQUIRED', Session, ChallengeResponses })
    }
    expect(confirmed.Session).toBeDefined()
  })

  it('that was made for another challenge answers none, not even for a user who waits for it', async () => {
    const answer = await invited('crossed')
    const found = await server.store.clients.byClientId(pool.ClientId)
    const user = await server.store.users.byName(found?.pool.uid ?? '', 'crossed')
    if (found === undefined || user === undefined) return expect.fail('the user was just made')
    const by = () => ({ actor: 'test', requestId: 'r', action: 'Test', at: server.clock.now() })
    const call = { requestId: 'r', operation: 'Test', region: 'us-east-1', actor: 'test', ip: undefined, mayChooseIds: false }
    const seal = (challenge: string) =>
      sealSession({ ...server, call, by }, found.client, {
        id: server.random.uuid(),
        typed: 'crossed',
        userId: user.id,
        generation: user.generation,
        challenge,
        madeAt: server.clock.now(),
        progress: { flow: 'password', proofs: ['pwd'] },
      })
    await refusedAndUnchanged('crossed', { ...answer, Session: await seal('AUTO_SIGN_IN') })
    // What is sealed for the challenge itself is taken: nothing but its name was wrong.
    await server.ok('RespondToAuthChallenge', { ...answer, Session: await seal('NEW_PASSWORD_REQUIRED') })
  })

  it(`is good for one of ${atOnce} answers at once, which gets the tokens`, async () => {
    const answer = await invited('race')
    const calls = Array.from({ length: atOnce }, (_, place) =>
      server.call('RespondToAuthChallenge', {
        ...answer,
        ChallengeResponses: { USERNAME: 'race', NEW_PASSWORD: `Racing-Horse-${place}` },
      }),
    )
    expect(await outcomes(calls)).toEqual({ ok: 1, NotAuthorizedException: atOnce - 1 })
    const answers = await Promise.all(calls)
    const winner = answers.findIndex(({ status }) => status === 200)
    expect(answers[winner]?.body.AuthenticationResult).toBeDefined()
    expect(await signIn(server, pool, 'race', `Racing-Horse-${winner}`)).toBe('tokens')
  })
})

describe('must-not-happen 04: the proof of a password', () => {
  const prove = async (username: string, made = pool) => {
    const srp = createSrpClient(made.UserPoolId)
    const { ChallengeParameters } = await server.ok('InitiateAuth', {
      ClientId: made.ClientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: username, SRP_A: srp.srpA },
    })
    const ChallengeResponses = srp.answer(ChallengeParameters, password, server.clock.now())
    return { ClientId: made.ClientId, ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses }
  }

  it(`is good for one of ${atOnce} answers at once`, async () => {
    await makeUser(server, pool.UserPoolId, 'prover')
    const answer = await prove('prover')
    const calls = Array.from({ length: atOnce }, () => server.call('RespondToAuthChallenge', answer))
    expect(await outcomes(calls)).toEqual({ ok: 1, NotAuthorizedException: atOnce - 1 })
  })

  it('is not good for another client, and does not come back to life with a longer AuthSessionValidity', async () => {
    const made = await makeClient(server, pool.UserPoolId)
    await makeUser(server, pool.UserPoolId, 'reviver')
    const answer = await prove('reviver', made)
    expect((await server.refused('RespondToAuthChallenge', { ...answer, ClientId: pool.ClientId }))[0]).toBe('NotAuthorizedException')
    await server.ok('RespondToAuthChallenge', answer)
    server.clock.advance(4 * 60_000)
    await changeClient(server, made.ClientId, { AuthSessionValidity: 15 })
    expect(await server.refused('RespondToAuthChallenge', answer)).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user, session can only be used once.',
    ])
    server.clock.reset()
  })
})
