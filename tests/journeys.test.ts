import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from './support/harness.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const password = 'Correct-Horse-7'

describe('J1: sign up, confirm, sign in', () => {
  it('goes from SignUp to tokens with what the messages say', async () => {
    const { UserPool } = await server.ok('CreateUserPool', { PoolName: 'journey', AutoVerifiedAttributes: ['email'] })
    const { UserPoolClient } = await server.ok('CreateUserPoolClient', {
      UserPoolId: UserPool.Id,
      ClientName: 'app',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    })
    const ClientId = UserPoolClient.ClientId
    const signedUp = await server.ok(
      'SignUp',
      {
        ClientId,
        Username: 'ana',
        Password: password,
        UserAttributes: [
          { Name: 'email', Value: 'ana@example.org' },
          { Name: 'name', Value: 'Ana' },
        ],
      },
      { unsigned: true },
    )
    expect(signedUp).toMatchObject({
      UserConfirmed: false,
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' },
    })
    const code = server.codeSentTo('ana@example.org')
    expect(code).toMatch(/^\d{6}$/)
    expect(
      await server.refused('InitiateAuth', {
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ana', PASSWORD: password },
      }),
    ).toEqual(['UserNotConfirmedException', 'User is not confirmed.'])
    const confirmed = await server.ok('ConfirmSignUp', { ClientId, Username: 'ana', ConfirmationCode: code }, { unsigned: true })
    expect(confirmed.Session).toMatch(/^AYAB/)
    const signedIn = await server.ok(
      'InitiateAuth',
      { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ana', PASSWORD: password } },
      { unsigned: true },
    )
    expect(signedIn.ChallengeParameters).toEqual({})
    expect(Object.keys(signedIn.AuthenticationResult).sort()).toEqual(['AccessToken', 'ExpiresIn', 'IdToken', 'RefreshToken', 'TokenType'])
    const { Username, UserAttributes } = await server.ok('GetUser', { AccessToken: signedIn.AuthenticationResult.AccessToken })
    expect(Username).toBe('ana')
    expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' })
    expect(UserAttributes[0]).toEqual({ Name: 'sub', Value: signedUp.UserSub })
    const poolUid = (await server.store.pools.byId(UserPool.Id))?.uid ?? ''
    const trail = (await server.store.audit.list(poolUid, { limit: 100 })).rows
    expect(trail.find(({ action }) => action === 'SignUp')).toMatchObject({ actor: 'anonymous', ip: '127.0.0.1', outcome: 'registered' })
  })
})
