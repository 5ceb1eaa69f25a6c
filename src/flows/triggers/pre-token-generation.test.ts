import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { everyFlow, type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../../tests/support/make-user.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import type { TriggerEvent } from '../../triggers/triggers.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:tokens'

let server: Harness
let events: TriggerEvent[]
/** What the function answers in `response`; an Error is thrown. */
let answer: unknown

beforeAll(async () => {
  server = await createHarness(
    {},
    {
      [arn]: (event) => {
        events.push(event)
        if (answer instanceof Error) throw answer
        return answer === undefined ? event : { ...event, response: answer }
      },
    },
  )
})
afterAll(() => server.close())
beforeEach(() => {
  events = []
  answer = undefined
})

const withTrigger = (LambdaVersion: 'V1_0' | 'V2_0' | 'V3_0', pool: Partial<UserPool> = {}) =>
  makePool(
    server,
    { LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion } }, ...pool },
    { ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_REFRESH_TOKEN_AUTH'] },
  )

const signIn = ({ ClientId }: MadePool, USERNAME: string, PASSWORD = password) =>
  server.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD },
    ClientMetadata: { from: 'InitiateAuth' },
  })

const newPassword = async ({ ClientId }: MadePool, USERNAME: string) => {
  const { Session } = (await signIn({ ClientId } as MadePool, USERNAME, temporaryPassword)).body
  return server.call('RespondToAuthChallenge', {
    ClientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session,
    ChallengeResponses: { USERNAME, NEW_PASSWORD: password },
    ClientMetadata: { from: 'RespondToAuthChallenge' },
  })
}

const claimsOf = ({ body }: { body: { AuthenticationResult: { IdToken: string; AccessToken: string } } }) => ({
  id: tokenParts(body.AuthenticationResult.IdToken).payload,
  access: tokenParts(body.AuthenticationResult.AccessToken).payload,
})

describe('the event of PreTokenGeneration', () => {
  it.each(['V1_0', 'V2_0', 'V3_0'] as const)('is that of the guide, %s', async (LambdaVersion) => {
    const made = await withTrigger(LambdaVersion)
    const { UserPoolId, ClientId } = made
    const sub = await makeUser(server, UserPoolId, 'ana', { email: 'ana@example.org', email_verified: 'true' })
    for (const [GroupName, RoleArn, Precedence] of [
      ['a', 'arn:aws:iam::000000000000:role/a', 2],
      ['b', 'arn:aws:iam::000000000000:role/b', 1],
    ] as const) {
      await server.ok('CreateGroup', { UserPoolId, GroupName, RoleArn, Precedence })
      await server.ok('AdminAddUserToGroup', { UserPoolId, GroupName, Username: 'ana' })
    }
    expect((await signIn(made, 'ana')).status).toBe(200)
    const version = LambdaVersion[1]
    expect(events).toEqual([
      {
        version,
        triggerSource: 'TokenGeneration_Authentication',
        region: 'us-east-1',
        userPoolId: UserPoolId,
        userName: 'ana',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: ClientId },
        request: {
          userAttributes: { sub, 'cognito:user_status': 'CONFIRMED', email: 'ana@example.org', email_verified: 'true' },
          groupConfiguration: {
            groupsToOverride: ['a', 'b'],
            iamRolesToOverride: ['arn:aws:iam::000000000000:role/a', 'arn:aws:iam::000000000000:role/b'],
            preferredRole: 'arn:aws:iam::000000000000:role/b',
          },
          ...(version === '1' ? {} : { scopes: ['aws.cognito.signin.user.admin'] }),
        },
        response: version === '1' ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null },
      },
    ])
  })

  it('tells a first password and a refresh apart, with the metadata of the step', async () => {
    const made = await withTrigger('V2_0')
    await inviteUser(server, made.UserPoolId, 'new')
    const { body } = await newPassword(made, 'new')
    const { RefreshToken } = body.AuthenticationResult
    const ClientMetadata = { from: 'refresh' }
    await server.ok('InitiateAuth', {
      ClientId: made.ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
      ClientMetadata,
    })
    await server.ok('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken, ClientMetadata })
    expect(events.map(({ triggerSource, request }) => [triggerSource, request['clientMetadata']])).toEqual([
      ['TokenGeneration_NewPasswordChallenge', { from: 'RespondToAuthChallenge' }],
      // What InitiateAuth is told reaches no PreTokenGeneration function.
      ['TokenGeneration_RefreshTokens', undefined],
      ['TokenGeneration_RefreshTokens', ClientMetadata],
    ])
  })

  it('has no metadata of InitiateAuth', async () => {
    const made = await withTrigger('V2_0')
    await makeUser(server, made.UserPoolId, 'ana')
    await signIn(made, 'ana')
    expect(events[0]?.request).not.toHaveProperty('clientMetadata')
  })
})

describe('the answer of PreTokenGeneration', () => {
  it('changes both tokens, at sign-in and at every refresh', async () => {
    const made = await withTrigger('V2_0')
    await makeUser(server, made.UserPoolId, 'ana', { given_name: 'Ana' })
    answer = {
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: { claimsToAddOrOverride: { tenant: { id: 7 }, sub: 'x' }, claimsToSuppress: ['given_name'] },
        accessTokenGeneration: { claimsToAddOrOverride: { tenant: 7 }, scopesToAdd: ['api/read'] },
        groupOverrideDetails: { groupsToOverride: ['made-up'] },
      },
    }
    const first = await signIn(made, 'ana')
    const { RefreshToken } = first.body.AuthenticationResult
    const again = await server.call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken })
    for (const { id, access } of [claimsOf(first), claimsOf(again)]) {
      expect(id).toMatchObject({ tenant: { id: 7 }, 'cognito:groups': ['made-up'] })
      expect(id['sub']).toBe(access['sub'])
      expect(id).not.toHaveProperty('given_name')
      expect(access).toMatchObject({ tenant: 7, 'cognito:groups': ['made-up'], scope: 'aws.cognito.signin.user.admin api/read' })
    }
    // The function sees what the person was granted, not what it made of that before.
    expect(events[1]?.request['scopes']).toEqual(['aws.cognito.signin.user.admin'])
  })

  it('takes self-service away with its scope, until a refresh gives it back', async () => {
    const made = await withTrigger('V2_0')
    await makeUser(server, made.UserPoolId, 'ana')
    answer = { claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToSuppress: ['aws.cognito.signin.user.admin'] } } }
    const { AccessToken, RefreshToken } = (await signIn(made, 'ana')).body.AuthenticationResult
    expect(tokenParts(AccessToken).payload).not.toHaveProperty('scope')
    expect(await server.refused('GetUser', { AccessToken })).toEqual([
      'NotAuthorizedException',
      'Access Token does not have required scopes',
    ])
    answer = undefined
    const { AuthenticationResult } = await server.ok('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken })
    await server.ok('GetUser', { AccessToken: AuthenticationResult.AccessToken })
  })

  it('does not change what revocation rests on', async () => {
    const made = await withTrigger('V2_0')
    await makeUser(server, made.UserPoolId, 'ana')
    const mine = { origin_jti: 'mine', event_id: 'mine', exp: 99_999_999_999, username: 'eva', sub: 'eva' }
    answer = {
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: { claimsToAddOrOverride: mine, claimsToSuppress: ['origin_jti', 'exp', 'event_id'] },
      },
    }
    const { AccessToken, RefreshToken } = (await signIn(made, 'ana')).body.AuthenticationResult
    expect((await server.ok('GetUser', { AccessToken })).Username).toBe('ana')
    await server.ok('RevokeToken', { ClientId: made.ClientId, Token: RefreshToken })
    expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
  })

  it.each<[string, unknown, readonly [string, string]]>([
    ['an error', new Error('not today'), ['UserLambdaValidationException', 'PreTokenGeneration failed with error not today.']],
    [
      'what has the wrong type',
      { claimsAndScopeOverrideDetails: { idTokenGeneration: 'x' } },
      ['InvalidLambdaResponseException', 'Unrecognizable lambda output'],
    ],
    ['no object', 'x', ['InvalidLambdaResponseException', 'Unrecognizable lambda output']],
  ])('%s refuses the tokens on every path', async (_, given, refusal) => {
    const made = await withTrigger('V2_0')
    await makeUser(server, made.UserPoolId, 'ana')
    await inviteUser(server, made.UserPoolId, 'new')
    const { RefreshToken } = (await signIn(made, 'ana')).body.AuthenticationResult
    answer = given
    const calls = [
      await signIn(made, 'ana'),
      await newPassword(made, 'new'),
      await server.call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken }),
      await server.call('InitiateAuth', {
        ClientId: made.ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: RefreshToken },
      }),
    ]
    for (const { status, body } of calls) expect([status, body.__type, body.message]).toEqual([400, ...refusal])
  })

  it('of version 1 changes ID tokens only', async () => {
    const made = await withTrigger('V1_0')
    await makeUser(server, made.UserPoolId, 'ana')
    answer = { claimsOverrideDetails: { claimsToAddOrOverride: { tenant: 't' } } }
    const { id, access } = claimsOf(await signIn(made, 'ana'))
    expect([id['tenant'], access['tenant']]).toEqual(['t', undefined])
  })
})
