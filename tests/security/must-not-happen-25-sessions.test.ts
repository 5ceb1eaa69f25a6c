import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../support/harness.ts'
import { makePool } from '../support/make-pool.ts'
import { nobodyOffered } from '../support/nobody-offered.ts'

let server: Harness
beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const long = 'x'.repeat(131_072)

describe('must-not-happen 25: what anybody sends is not kept at length', () => {
  it('a device key that is too long for one is neither put into the store nor sent back', async () => {
    const { ClientId } = await makePool(
      server,
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
      { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], PreventUserExistenceErrors: 'ENABLED' },
    )
    const USERNAME = await nobodyOffered(server, { ClientId }, 'PASSWORD_SRP,PASSWORD,EMAIL_OTP')
    const begin = (AuthFlow: string, parameters: object) =>
      server.ok('InitiateAuth', { ClientId, AuthFlow, AuthParameters: { USERNAME, ...parameters } }, { unsigned: true })
    const put = server.store.challengeStates.put
    let puts = 0
    const counting: typeof put = (...row) => {
      puts += 1
      return put(...row)
    }
    Object.assign(server.store.challengeStates, { put: counting })
    const answer = { USERNAME, ANSWER: 'EMAIL_OTP', DEVICE_KEY: long }
    for (const parameters of [{}, { DEVICE_KEY: long }]) {
      const { Session } = await begin('USER_AUTH', parameters)
      await server.ok('RespondToAuthChallenge', { ClientId, ChallengeName: 'SELECT_CHALLENGE', Session, ChallengeResponses: answer })
    }
    expect(puts).toBe(0)
    const { ChallengeParameters } = await begin('USER_SRP_AUTH', { SRP_A: 'a'.repeat(700), DEVICE_KEY: long })
    expect(ChallengeParameters.SECRET_BLOCK.length).toBeLessThan(4000)
  })
})
