import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guessesPerCode, hourlyLimits } from '../../src/domain/quotas.ts'
import { listed, userOf } from '../support/attributes.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { atOnce, outcomes } from '../support/parallel.ts'
import { accessTokenOf, signIn } from '../support/sign-in.ts'
import { signUpUser } from '../support/sign-up-user.ts'

let server: Harness
let pool: MadePool
let hiding: MadePool

const hour = 3_600_000
const newPassword = 'Brand-New-Horse-8'

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { AutoVerifiedAttributes: ['email'] })
  hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
})
afterAll(() => server.close())

const address = (username: string) => `${username}@example.org`
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

const confirmSignUp = (Username: string, ConfirmationCode: string, made = pool) =>
  server.call('ConfirmSignUp', { ClientId: made.ClientId, Username, ConfirmationCode })
const confirmReset = (Username: string, ConfirmationCode: string, made = pool) =>
  server.call('ConfirmForgotPassword', { ClientId: made.ClientId, Username, ConfirmationCode, Password: newPassword })
const verifyEmail = (AccessToken: string, Code: string) => server.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code })

const signedUp = async (username: string): Promise<string> => {
  await signUpUser(server, pool, username, { email: address(username) })
  return server.codeSentTo(address(username))
}

const confirmedUser = (username: string) =>
  makeUser(server, pool.UserPoolId, username, { email: address(username), email_verified: 'true' })

const forgotten = async (username: string): Promise<string> => {
  await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username: username })
  return server.codeSentTo(address(username))
}

const verification = async (username: string): Promise<{ token: string; code: string }> => {
  const token = await accessTokenOf(server, pool, username)
  await server.ok('GetUserAttributeVerificationCode', { AccessToken: token, AttributeName: 'email' })
  return { token, code: server.codeSentTo(address(username)) }
}

const made = new Map<string, string>()
/** The code that the first call for a name made. */
const once = async (username: string, make: (username: string) => Promise<string>): Promise<string> => {
  const known = made.get(username) ?? (await make(username))
  made.set(username, known)
  return known
}

describe('must-not-happen 05: a code', () => {
  it('is good for its own user only', async () => {
    const [mine, yours] = [await signedUp('own-a'), await signedUp('own-b')]
    if (mine !== yours) expect((await confirmSignUp('own-b', mine)).body.__type).toBe('CodeMismatchException')
    expect((await confirmSignUp('own-b', yours)).status).toBe(200)
    for (const name of ['own-c', 'own-d']) await confirmedUser(name)
    const [reset, other] = [await forgotten('own-c'), await forgotten('own-d')]
    if (reset !== other) expect((await confirmReset('own-d', reset)).body.__type).toBe('CodeMismatchException')
    expect(await signIn(server, pool, 'own-d')).toBe('tokens')
  })

  it('is good for its own purpose only', async () => {
    const toConfirm = await signedUp('purpose-a')
    expect((await confirmReset('purpose-a', toConfirm)).status).toBe(400)
    expect((await confirmSignUp('purpose-a', toConfirm)).status).toBe(200)

    await confirmedUser('purpose-b')
    const { token, code } = await verification('purpose-b')
    expect((await confirmReset('purpose-b', code)).status).toBe(400)
    const reset = await forgotten('purpose-b')
    if (reset !== code) expect((await verifyEmail(token, reset)).body.__type).toBe('CodeMismatchException')
    expect(await signIn(server, pool, 'purpose-b')).toBe('tokens')
  })

  it('proves only the address that it was sent to', async () => {
    await confirmedUser('moved')
    const { token, code } = await verification('moved')
    await server.ok('AdminUpdateUserAttributes', {
      UserPoolId: pool.UserPoolId,
      Username: 'moved',
      UserAttributes: listed({ email: 'elsewhere@example.org' }),
    })
    expect((await verifyEmail(token, code)).status).toBe(400)
    expect((await userOf(server, pool, 'moved')).attributes).toMatchObject({ email: 'elsewhere@example.org', email_verified: 'false' })
  })

  it('that resets a password is void once its address is no longer the user’s', async () => {
    await confirmedUser('stolen')
    const code = await forgotten('stolen')
    await server.ok('AdminUpdateUserAttributes', {
      UserPoolId: pool.UserPoolId,
      Username: 'stolen',
      UserAttributes: listed({ email: 'rescued@example.org', email_verified: 'true' }),
    })
    expect((await confirmReset('stolen', code)).status).toBe(400)
    expect(await signIn(server, pool, 'stolen')).toBe('tokens')
  })

  it('is void after a newer one', async () => {
    const first = await signedUp('newer-a')
    await server.ok('ResendConfirmationCode', { ClientId: pool.ClientId, Username: 'newer-a' })
    if (server.codeSentTo(address('newer-a')) !== first) expect((await confirmSignUp('newer-a', first)).status).toBe(400)
    await confirmedUser('newer-b')
    const [before, after] = [await forgotten('newer-b'), await forgotten('newer-b')]
    if (before !== after) expect((await confirmReset('newer-b', before)).status).toBe(400)
    expect((await confirmReset('newer-b', after)).status).toBe(200)
  })

  it.each<[string, number, (username: string) => Promise<() => Promise<{ status: number; body: { __type?: string } }>>]>([
    ['sign-up', 24, async (name) => async () => confirmSignUp(name, await once(name, signedUp))],
    [
      'reset',
      1,
      async (name) => {
        await confirmedUser(name)
        return async () => confirmReset(name, await once(name, forgotten))
      },
    ],
  ])('dies of age: %s after %i hours', async (name, hours, begin) => {
    const username = `age-${name}`
    const answer = await begin(username)
    await once(username, name === 'reset' ? forgotten : signedUp)
    server.clock.advance(hours * hour)
    const { status, body } = await answer()
    expect([status, body.__type]).toEqual([400, 'ExpiredCodeException'])
    server.clock.reset()
  })

  it('of an attribute dies of age after 24 hours', async () => {
    await confirmedUser('age-verify')
    const long = await makeClient(server, pool.UserPoolId, { AccessTokenValidity: 24 })
    const { code } = await verification('age-verify')
    server.clock.advance(60_000)
    const token = await accessTokenOf(server, long, 'age-verify')
    server.clock.advance(24 * hour - 60_000)
    expect((await verifyEmail(token, code)).body.__type).toBe('ExpiredCodeException')
    server.clock.reset()
  })

  it('is good once', async () => {
    const toConfirm = await signedUp('once-a')
    expect((await confirmSignUp('once-a', toConfirm)).status).toBe(200)
    expect((await confirmSignUp('once-a', toConfirm)).status).toBe(400)
    await confirmedUser('once-b')
    const reset = await forgotten('once-b')
    expect((await confirmReset('once-b', reset)).status).toBe(200)
    expect((await confirmReset('once-b', reset)).status).toBe(400)
    await confirmedUser('once-c')
    const { token, code } = await verification('once-c')
    expect((await verifyEmail(token, code)).status).toBe(200)
    expect((await verifyEmail(token, code)).status).toBe(400)
  })
})

describe(`must-not-happen 05: ${atOnce} at once`, () => {
  it('one of many right sign-up codes confirms', async () => {
    const code = await signedUp('race-a')
    const counts = await outcomes(Array.from({ length: atOnce }, () => confirmSignUp('race-a', code)))
    expect(counts['ok']).toBe(1)
    expect(counts).not.toHaveProperty('InternalErrorException')
  })

  it('one of many right reset codes sets its password', async () => {
    await confirmedUser('race-b')
    const ConfirmationCode = await forgotten('race-b')
    const answers = await Promise.all(
      Array.from({ length: atOnce }, (_, place) =>
        server.call('ConfirmForgotPassword', {
          ClientId: pool.ClientId,
          Username: 'race-b',
          ConfirmationCode,
          Password: `Racing-Horse-${place}`,
        }),
      ),
    )
    const winners = [...answers.entries()].filter(([, { status }]) => status === 200).map(([place]) => place)
    expect(winners).toHaveLength(1)
    expect(await signIn(server, pool, 'race-b', `Racing-Horse-${winners[0]}`)).toBe('tokens')
  })

  it('one of many right attribute codes verifies', async () => {
    await confirmedUser('race-c')
    const { token, code } = await verification('race-c')
    const counts = await outcomes(Array.from({ length: atOnce }, () => verifyEmail(token, code)))
    expect(counts['ok']).toBe(1)
  })

  it.each<[string, (username: string) => Promise<(code: string) => Promise<unknown>>]>([
    [
      'sign-up',
      async (name) => {
        await once(name, signedUp)
        return (code) => confirmSignUp(name, code)
      },
    ],
    [
      'reset',
      async (name) => {
        await confirmedUser(name)
        await once(name, forgotten)
        return (code) => confirmReset(name, code)
      },
    ],
    [
      'attribute',
      async (name) => {
        await confirmedUser(name)
        const { token, code } = await verification(name)
        await once(name, async () => code)
        return (typed) => verifyEmail(token, typed)
      },
    ],
  ])('wrong guesses at a code do not pass the cap: %s', async (name, begin) => {
    const username = `guess-${name}`
    const guess = (await begin(username)) as (code: string) => ReturnType<Harness['call']>
    const right = await once(username, async () => '')
    const counts = await outcomes(Array.from({ length: atOnce }, () => guess(otherThan(right))))
    expect(counts['CodeMismatchException']).toBeLessThanOrEqual(guessesPerCode)
    expect(counts).toEqual({
      CodeMismatchException: counts['CodeMismatchException'],
      LimitExceededException: atOnce - (counts['CodeMismatchException'] ?? 0),
    })
    expect((await guess(right)).status).toBe(400)
    // An hour later the allowance is back, and the code that was guessed at is dead all the same.
    server.clock.advance(hour)
    if (name !== 'attribute') expect((await guess(right)).status).toBe(400)
    server.clock.reset()
  })
})

describe('must-not-happen 05: guesses are counted for the user', () => {
  it('over all clients, names and codes, also those that an administrator sends', async () => {
    const aliased = await makePool(server, { AutoVerifiedAttributes: ['email'], AliasAttributes: ['email'] })
    const second = await makeClient(server, aliased.UserPoolId)
    await makeUser(server, aliased.UserPoolId, 'many', { email: address('many'), email_verified: 'true' })
    const reset = () => server.ok('AdminResetUserPassword', { UserPoolId: aliased.UserPoolId, Username: 'many' })
    let mismatches = 0
    for (let guess = 0; guess < 60; guess += 1) {
      if (guess % 5 === 0) await reset()
      const code = otherThan(server.codeSentTo(address('many')))
      const { body } = await confirmReset(guess % 2 ? 'many' : address('many'), code, guess % 3 ? aliased : second)
      if (body.__type === 'CodeMismatchException') mismatches += 1
      else expect(body.__type).toBe('LimitExceededException')
    }
    expect(mismatches).toBe(hourlyLimits.forgotPassword)
    // The right code is no way around it.
    expect((await confirmReset('many', server.codeSentTo(address('many')), aliased)).body.__type).toBe('LimitExceededException')
  })

  it('for names that nobody has in the same way, where existence is hidden', async () => {
    const tries = async (username: string) => {
      const types: string[] = []
      for (let guess = 0; guess < hourlyLimits.confirmSignUp + 3; guess += 1) {
        types.push((await confirmSignUp(username, '000000', hiding)).body.__type)
      }
      return types
    }
    const code = await signedUp('counted')
    if (code !== '000000') expect(await tries('counted')).toEqual(await tries('nobody'))
  })
})

describe('must-not-happen 05: wrong passwords', () => {
  it(`${atOnce} at once do not outrun the lock-out`, async () => {
    await confirmedUser('flood')
    const wrong = () =>
      server.call('InitiateAuth', {
        ClientId: pool.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'flood', PASSWORD: 'Wrong-Horse-7' },
      })
    const answers = await Promise.all(Array.from({ length: atOnce }, wrong))
    const judged = answers.filter(({ body }) => body.message === 'Incorrect username or password.').length
    const locked = answers.filter(({ body }) => body.message === 'Password attempts exceeded').length
    expect(judged + locked).toBe(atOnce)
    // Five lock; at most four more are under way by then, as the gate lets five in at a time.
    expect(judged).toBeLessThanOrEqual(9)
    expect(judged).toBeGreaterThanOrEqual(5)
    expect(await signIn(server, pool, 'flood')).toEqual(['NotAuthorizedException', 'Password attempts exceeded'])
  })

  it('are counted over sign-in and ChangePassword together', async () => {
    await confirmedUser('together')
    const AccessToken = await accessTokenOf(server, pool, 'together')
    for (let failure = 1; failure <= 3; failure += 1) await signIn(server, pool, 'together', 'Wrong-Horse-7')
    for (let failure = 4; failure <= 5; failure += 1) {
      const input = { AccessToken, PreviousPassword: 'Wrong-Horse-7', ProposedPassword: newPassword }
      expect((await server.refused('ChangePassword', input))[0]).toBe('NotAuthorizedException')
    }
    expect(await signIn(server, pool, 'together')).toEqual(['NotAuthorizedException', 'Password attempts exceeded'])
    expect(await server.refused('ChangePassword', { AccessToken, PreviousPassword: password, ProposedPassword: newPassword })).toEqual([
      'NotAuthorizedException',
      'Password attempts exceeded',
    ])
  })
})
