import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { atOnce, outcomes } from '../support/parallel.ts'

interface Tokens {
  readonly AccessToken: string
  readonly RefreshToken: string
}

const rotation = (RetryGracePeriodSeconds: number) => ({
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const, 'ALLOW_ADMIN_USER_PASSWORD_AUTH' as const],
  RefreshTokenRotation: { Feature: 'ENABLED' as const, RetryGracePeriodSeconds },
})

/** One server under a policy, and what a client whose tokens rotate does on it. */
const open = async (refreshReuse: 'keep' | 'revoke-family') => {
  const server = await createHarness({ refreshReuse })
  const made = await makePool(server, {}, rotation(0))
  const patient = { ...made, ...(await clientWithGrace(server, made)) }
  const refresh = ({ ClientId }: MadePool, RefreshToken: string) => server.call('GetTokensFromRefreshToken', { ClientId, RefreshToken })
  return {
    server,
    /** Has no grace period. */
    made,
    /** Has a grace period of 60 seconds. */
    patient,
    refresh,
    signIn: async ({ ClientId }: MadePool, USERNAME: string): Promise<Tokens> => {
      const AuthParameters = { USERNAME, PASSWORD: password }
      return (await server.ok('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })).AuthenticationResult
    },
    turned: async (client: MadePool, token: string): Promise<Tokens> => {
      const { body } = await refresh(client, token)
      return body.AuthenticationResult ?? expect.fail(JSON.stringify(body))
    },
  }
}

const clientWithGrace = async (server: Harness, { UserPoolId }: MadePool) => {
  const { UserPoolClient } = await server.ok('CreateUserPoolClient', { UserPoolId, ClientName: 'patient', ...rotation(60) })
  return { ClientId: UserPoolClient.ClientId as string }
}

const times = <T>(work: () => T): T[] => Array.from({ length: atOnce }, work)

let keeping: Awaited<ReturnType<typeof open>>
let strict: Awaited<ReturnType<typeof open>>

beforeAll(async () => {
  ;[keeping, strict] = [await open('keep'), await open('revoke-family')]
})
afterAll(() => Promise.all([keeping.server.close(), strict.server.close()]))

describe('must-not-happen 03: a refresh token that was rotated', () => {
  it('gives one new family line, of however many that use it at once without a grace period', async () => {
    const { server, made, refresh, signIn } = keeping
    await makeUser(server, made.UserPoolId, 'race')
    const { RefreshToken } = await signIn(made, 'race')
    const answers = await Promise.all(times(() => refresh(made, RefreshToken)))
    expect(await outcomes(answers.map((answer) => Promise.resolve(answer)))).toEqual({ ok: 1, RefreshTokenReuseException: atOnce - 1 })
    const child = answers.find(({ status }) => status === 200)?.body.AuthenticationResult.RefreshToken
    expect(await outcomes(times(() => refresh(made, RefreshToken)))).toEqual({ RefreshTokenReuseException: atOnce })
    // Refused by name, and the newest lives on, as on AWS.
    expect((await refresh(made, child)).status).toBe(200)
  })

  it('gives the same successor to all who use it within the grace period: never two live lines', async () => {
    const { server, patient, refresh, signIn, turned } = keeping
    await makeUser(server, patient.UserPoolId, 'retry')
    const { RefreshToken } = await signIn(patient, 'retry')
    const answers = await Promise.all(times(() => refresh(patient, RefreshToken)))
    expect(await outcomes(answers.map((answer) => Promise.resolve(answer)))).toEqual({ ok: atOnce })
    const children: string[] = answers.map(({ body }) => body.AuthenticationResult.RefreshToken)
    const [first = '', ...others] = children
    const grandchild = await turned(patient, first)
    server.clock.advance(60_000)
    expect(await outcomes(others.map((token) => refresh(patient, token)))).toEqual({ RefreshTokenReuseException: atOnce - 1 })
    expect(await outcomes(times(() => refresh(patient, RefreshToken)))).toEqual({ RefreshTokenReuseException: atOnce })
    await turned(patient, grandchild.RefreshToken)
    server.clock.reset()
  })

  it('does not come to life again by any other way to refresh, nor for another client', async () => {
    const { server, made, patient, refresh, signIn, turned } = keeping
    const { UserPoolId, ClientId } = made
    await makeUser(server, UserPoolId, 'bypass')
    const { RefreshToken: REFRESH_TOKEN } = await signIn(made, 'bypass')
    await turned(made, REFRESH_TOKEN)
    for (const AuthFlow of ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'] as const) {
      const AuthParameters = { REFRESH_TOKEN }
      expect((await server.refused('InitiateAuth', { ClientId, AuthFlow, AuthParameters }))[0]).toBe('InvalidParameterException')
      expect((await server.refused('AdminInitiateAuth', { UserPoolId, ClientId, AuthFlow, AuthParameters }))[0]).toBe(
        'InvalidParameterException',
      )
    }
    expect((await refresh(patient, REFRESH_TOKEN)).body.message).toBe('Invalid Refresh Token.')
    expect((await refresh(made, REFRESH_TOKEN)).body.__type).toBe('RefreshTokenReuseException')
  })

  it('is not used up by a refresh that is refused', async () => {
    const { server, made, refresh, signIn, turned } = keeping
    const { UserPoolId } = made
    await makeUser(server, UserPoolId, 'refused')
    const { RefreshToken } = await signIn(made, 'refused')
    await server.ok('UpdateUserPool', {
      UserPoolId,
      LambdaConfig: { PreTokenGeneration: 'arn:aws:lambda:us-east-1:000000000000:function:nowhere' },
    })
    expect((await refresh(made, RefreshToken)).body.__type).toBe('UnexpectedLambdaException')
    await server.ok('UpdateUserPool', { UserPoolId })
    await turned(made, RefreshToken)
  })
})

describe('must-not-happen 03: with refresh_reuse revoke-family, a rotated token that comes again', () => {
  const dead = async (tokens: readonly Tokens[]) => {
    const { server, made, refresh } = strict
    for (const { AccessToken, RefreshToken } of tokens) {
      expect((await refresh(made, RefreshToken)).body.message).toBe('Refresh Token has been revoked')
      expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
    }
  }

  it('ends its whole family, and no other session of the user', async () => {
    const { server, made, refresh, signIn, turned } = strict
    await makeUser(server, made.UserPoolId, 'stolen')
    const [first, other] = [await signIn(made, 'stolen'), await signIn(made, 'stolen')]
    const second = await turned(made, first.RefreshToken)
    const third = await turned(made, second.RefreshToken)
    expect((await refresh(made, first.RefreshToken)).body.__type).toBe('RefreshTokenReuseException')
    await dead([first, second, third])
    await server.ok('GetUser', { AccessToken: other.AccessToken })
    await turned(made, other.RefreshToken)
  })

  it('leaves nobody alive of all who used it at once', async () => {
    const { server, made, refresh, signIn } = strict
    await makeUser(server, made.UserPoolId, 'race')
    const first = await signIn(made, 'race')
    const answers = await Promise.all(times(() => refresh(made, first.RefreshToken)))
    const won = answers.flatMap(({ body }): Tokens[] => (body.AuthenticationResult === undefined ? [] : [body.AuthenticationResult]))
    expect(won.length).toBeLessThanOrEqual(1)
    await dead([first, ...won])
  })

  it('ends nothing within the grace period', async () => {
    const { server, patient, refresh, signIn, turned } = strict
    await makeUser(server, patient.UserPoolId, 'patient')
    const first = await signIn(patient, 'patient')
    const second = await turned(patient, first.RefreshToken)
    expect(await outcomes(times(() => refresh(patient, first.RefreshToken)))).toEqual({ ok: atOnce })
    await server.ok('GetUser', { AccessToken: second.AccessToken })
    await turned(patient, second.RefreshToken)
  })
})
