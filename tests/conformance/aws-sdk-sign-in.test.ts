import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { refusal } from '../support/refusal.ts'
import { createSdkVisitor, type SdkVisitor, signedIn, verifiedAccess, verifiedClaims } from '../support/sdk-visitor.ts'
import { pathFunctions, pathLambdaConfig } from '../support/sign-in-paths.ts'
import { createSrpClient } from '../support/srp-client.ts'
import { type App, password, setUpApp } from '../support/start-app.ts'

const refusing = 'arn:aws:lambda:us-east-1:000000000000:function:refuse'
const allFlows: sdk.ExplicitAuthFlowsType[] = [
  'ALLOW_USER_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
]
const phone = '+12065550100'
const level = (n: number) => `urn:cognito:loa:${n}`

let server: Poolhouse
let app: App
let visitor: SdkVisitor

beforeAll(async () => {
  const refuse = () => {
    throw new Error('Not today')
  }
  server = await startPoolhouse({ inProcess: true, issuer: 'aws', triggers: { ...pathFunctions, [refusing]: refuse } })
  app = await setUpApp(server.url, {
    pool: {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] } },
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
      LambdaConfig: pathLambdaConfig,
    },
    client: { ExplicitAuthFlows: [...allFlows, 'ALLOW_REFRESH_TOKEN_AUTH'] },
  })
  visitor = createSdkVisitor(server.url, app)
  await app.addUser('ana')
  const UserAttributes = [{ Name: 'phone_number', Value: phone }]
  await app.admin.send(new sdk.AdminUpdateUserAttributesCommand({ UserPoolId: app.poolId, Username: 'ana', UserAttributes }))
})
afterAll(() => server.stop())

const claimsOf = (tokens: Parameters<typeof verifiedClaims>[2], of: App = app) => verifiedClaims(server.url, of, tokens)

describe('USER_AUTH by the AWS SDK', () => {
  it('lets the user choose a code by SMS', async () => {
    const begun = await visitor.initiate('USER_AUTH', { USERNAME: 'ana' })
    expect(begun).toMatchObject({ ChallengeName: 'SELECT_CHALLENGE', $metadata: { httpStatusCode: 200 } })
    expect(begun.AvailableChallenges?.toSorted()).toEqual(['EMAIL_OTP', 'PASSWORD', 'PASSWORD_SRP', 'SMS_OTP'])
    const asked = await visitor.respond('SELECT_CHALLENGE', begun.Session, { USERNAME: 'ana', ANSWER: 'SMS_OTP' })
    expect(asked).toMatchObject({
      ChallengeName: 'SMS_OTP',
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS', CODE_DELIVERY_DESTINATION: '+*******0100' },
    })
    const answer = (SMS_OTP_CODE: string) => visitor.respond('SMS_OTP', asked.Session, { USERNAME: 'ana', SMS_OTP_CODE })
    expect(await refusal(answer('00000000'))).toBeInstanceOf(sdk.CodeMismatchException)
    const done = await answer(await server.mailbox.code(phone))
    expect(done.ChallengeName).toBeUndefined()
    expect(done.AuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' })
    const { id, access } = await claimsOf(signedIn(done))
    expect(id).toMatchObject({ 'cognito:username': 'ana', phone_number: phone, phone_number_verified: true })
    expect(access).toMatchObject({ username: 'ana', amr: ['sms'], acr: level(2) })
  })

  it('takes a password with the choice, or SRP after it', async () => {
    const begin = async () => (await visitor.initiate('USER_AUTH', { USERNAME: 'ana' })).Session
    const chosen = await visitor.respond('SELECT_CHALLENGE', await begin(), { USERNAME: 'ana', ANSWER: 'PASSWORD', PASSWORD: password })
    expect((await claimsOf(signedIn(chosen))).id).toMatchObject({ amr: ['pwd'], acr: level(1) })

    const srp = createSrpClient(app.poolId)
    const asked = await visitor.respond('SELECT_CHALLENGE', await begin(), { USERNAME: 'ana', ANSWER: 'PASSWORD_SRP', SRP_A: srp.srpA })
    expect(asked.ChallengeName).toBe('PASSWORD_VERIFIER')
    const answers = srp.answer(asked.ChallengeParameters ?? {}, password, Date.now())
    expect((await claimsOf(signedIn(await visitor.respond('PASSWORD_VERIFIER', asked.Session, answers)))).id['amr']).toEqual(['pwd'])
  })

  it('goes straight to the preferred challenge', async () => {
    const asked = await visitor.initiate('USER_AUTH', { USERNAME: 'ana', PREFERRED_CHALLENGE: 'EMAIL_OTP' })
    expect(asked).toMatchObject({ ChallengeName: 'EMAIL_OTP', ChallengeParameters: { CODE_DELIVERY_DESTINATION: 'a***@e***' } })
    const EMAIL_OTP_CODE = await server.mailbox.code('ana@example.org')
    const done = await visitor.respond('EMAIL_OTP', asked.Session, { USERNAME: 'ana', EMAIL_OTP_CODE })
    expect((await claimsOf(signedIn(done))).access['amr']).toEqual(['email_otp'])
    expect(await refusal(visitor.respond('EMAIL_OTP', asked.Session, { USERNAME: 'ana', EMAIL_OTP_CODE }))).toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid session for the user, session can only be used once.',
    })
  })

  it('steps up from a password to two factors', async () => {
    const first = await visitor.signIn('ana')
    const parameters = { USERNAME: 'ana', ACCESS_TOKEN: first.AccessToken, PREFERRED_CHALLENGE: 'EMAIL_OTP' }
    expect(await refusal(visitor.initiate('USER_AUTH', { ...parameters, TARGET_ACR_VALUES: level(1) }))).toBeInstanceOf(
      sdk.InvalidParameterException,
    )
    const asked = await visitor.initiate('USER_AUTH', { ...parameters, TARGET_ACR_VALUES: level(3) })
    const EMAIL_OTP_CODE = await server.mailbox.code('ana@example.org')
    const second = signedIn(await visitor.respond('EMAIL_OTP', asked.Session, { USERNAME: 'ana', EMAIL_OTP_CODE }))
    expect((await claimsOf(second)).access).toMatchObject({ acr: level(3), amr: ['pwd', 'email_otp', 'mfa'] })
    for (const name of ['AccessToken', 'IdToken', 'RefreshToken'] as const) expect(second[name]).not.toBe(first[name])
  })

  it('signs in with the session of the confirmation, without asking again', async () => {
    const UserAttributes = [{ Name: 'email', Value: 'nell@example.org' }]
    const ClientId = app.clientId
    const { Session } = await visitor.send(new sdk.SignUpCommand({ ClientId, Username: 'nell', UserAttributes }))
    const ConfirmationCode = await server.mailbox.code('nell@example.org')
    const confirmed = await visitor.send(new sdk.ConfirmSignUpCommand({ ClientId, Username: 'nell', ConfirmationCode, Session }))
    const done = await visitor.initiate('USER_AUTH', { USERNAME: 'nell' }, { Session: confirmed.Session })
    expect((await claimsOf(signedIn(done))).id).toMatchObject({ 'cognito:username': 'nell', email_verified: true })
  })

  it('tells both the user and an administrator what there is to sign in with', async () => {
    const factors = { Username: 'ana', ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] }
    const { AccessToken } = await visitor.signIn('ana')
    expect(await visitor.send(new sdk.GetUserAuthFactorsCommand({ AccessToken }))).toMatchObject(factors)
    const named = { UserPoolId: app.poolId, Username: 'ana' }
    expect(await app.admin.send(new sdk.AdminGetUserAuthFactorsCommand(named))).toMatchObject(factors)
    expect(await refusal(app.admin.send(new sdk.AdminGetUserAuthFactorsCommand({ ...named, Username: 'nobody' })))).toBeInstanceOf(
      sdk.UserNotFoundException,
    )
  })
})

const initiateAsAdmin = (AuthFlow: sdk.AuthFlowType, AuthParameters: Record<string, string>) =>
  app.admin.send(new sdk.AdminInitiateAuthCommand({ UserPoolId: app.poolId, ClientId: app.clientId, AuthFlow, AuthParameters }))
const respondAsAdmin = (
  ChallengeName: sdk.ChallengeNameType,
  Session: string | undefined,
  ChallengeResponses: Record<string, string> | undefined,
) =>
  app.admin.send(
    new sdk.AdminRespondToAuthChallengeCommand({
      UserPoolId: app.poolId,
      ClientId: app.clientId,
      ChallengeName,
      Session,
      ChallengeResponses,
    }),
  )

describe('USER_AUTH by the AWS SDK of an administrator', () => {
  it('lets the user choose a code by e-mail', async () => {
    const begun = await initiateAsAdmin('USER_AUTH', { USERNAME: 'ana' })
    expect(begun.ChallengeName).toBe('SELECT_CHALLENGE')
    expect(begun.AvailableChallenges?.toSorted()).toEqual(['EMAIL_OTP', 'PASSWORD', 'PASSWORD_SRP', 'SMS_OTP'])
    const asked = await respondAsAdmin('SELECT_CHALLENGE', begun.Session, { USERNAME: 'ana', ANSWER: 'EMAIL_OTP' })
    const EMAIL_OTP_CODE = await server.mailbox.code('ana@example.org')
    const done = await respondAsAdmin('EMAIL_OTP', asked.Session, { USERNAME: 'ana', EMAIL_OTP_CODE })
    expect((await claimsOf(signedIn(done))).access['amr']).toEqual(['email_otp'])
  })
})

describe('CUSTOM_AUTH by the AWS SDK of an administrator', () => {
  const initiate = (parameters: Record<string, string>) => initiateAsAdmin('CUSTOM_AUTH', parameters)

  it('asks what the functions ask', async () => {
    const begun = await initiate({ USERNAME: 'ana' })
    expect(begun).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { question: 'colour' } })
    const done = await respondAsAdmin('CUSTOM_CHALLENGE', begun.Session, { USERNAME: 'ana', ANSWER: 'blue' })
    expect((await claimsOf(signedIn(done))).id['cognito:username']).toBe('ana')
    const wrong = await initiate({ USERNAME: 'ana' })
    expect(await refusal(respondAsAdmin('CUSTOM_CHALLENGE', wrong.Session, { USERNAME: 'ana', ANSWER: 'red' }))).toBeInstanceOf(
      sdk.NotAuthorizedException,
    )
  })

  it('begins with SRP where it is told to', async () => {
    const srp = createSrpClient(app.poolId)
    const begun = await initiate({ USERNAME: 'ana', CHALLENGE_NAME: 'SRP_A', SRP_A: srp.srpA })
    expect(begun.ChallengeName).toBe('PASSWORD_VERIFIER')
    const proof = srp.answer(begun.ChallengeParameters ?? {}, password, Date.now())
    const asked = await respondAsAdmin('PASSWORD_VERIFIER', begun.Session, proof)
    expect(asked).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { question: 'colour' } })
    const done = await respondAsAdmin('CUSTOM_CHALLENGE', asked.Session, { USERNAME: 'ana', ANSWER: 'blue' })
    expect((await claimsOf(signedIn(done))).access['amr']).toEqual(['pwd'])
  })

  it('ends in the exception of a function that throws', async () => {
    const strict = await setUpApp(server.url, { pool: { LambdaConfig: { PreAuthentication: refusing } } })
    await strict.addUser('ana')
    const error = await refusal(createSdkVisitor(server.url, strict).signIn('ana'))
    expect(error).toBeInstanceOf(sdk.UserLambdaValidationException)
    expect(error.message).toBe('PreAuthentication failed with error Not today.')
  })
})

describe('refreshing by the AWS SDK', () => {
  it('turns refresh tokens over, and has a class for one that is used again', async () => {
    const rotating = await setUpApp(server.url, {
      client: { ExplicitAuthFlows: allFlows, RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } },
    })
    await rotating.addUser('rita')
    const here = createSdkVisitor(server.url, rotating)
    const ClientId = rotating.clientId
    const refresh = (RefreshToken: string) => here.send(new sdk.GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }))

    const first = await here.signIn('rita')
    const second = signedIn(await refresh(first.RefreshToken))
    expect(second.RefreshToken).not.toBe(first.RefreshToken)
    const [before, after] = [await claimsOf(first, rotating), await claimsOf(second, rotating)]
    expect(after.access).toMatchObject({ origin_jti: before.access.origin_jti, auth_time: before.access.auth_time, sub: before.access.sub })

    const reuse = await refusal(refresh(first.RefreshToken))
    expect(reuse).toBeInstanceOf(sdk.RefreshTokenReuseException)
    expect(reuse).toMatchObject({ name: 'RefreshTokenReuseException', $fault: 'client', $metadata: { httpStatusCode: 400, attempts: 1 } })
    const older = here.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: second.RefreshToken })
    expect((await refusal(older)).$metadata.httpStatusCode).toBe(400)
  })

  it('revokes a refresh token and nothing else', async () => {
    const { AccessToken, RefreshToken } = await visitor.signIn('ana')
    const ClientId = app.clientId
    const revoke = (Token: string) => visitor.send(new sdk.RevokeTokenCommand({ ClientId, Token }))
    expect(await refusal(revoke(AccessToken))).toBeInstanceOf(sdk.UnsupportedTokenTypeException)
    expect((await revoke(RefreshToken)).$metadata.httpStatusCode).toBe(200)
    expect(await refusal(visitor.send(new sdk.GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken })))).toBeInstanceOf(
      sdk.NotAuthorizedException,
    )
  })
})

describe('GetClientToken by the AWS SDK', () => {
  it('is signed, and answers a token of the client itself', async () => {
    const { admin, poolId: UserPoolId } = app
    const Scopes = ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }))
    await admin.send(new sdk.CreateResourceServerCommand({ UserPoolId, Identifier: 'api', Name: 'API', Scopes }))
    const { UserPoolClient } = await admin.send(
      new sdk.CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: 'machine',
        GenerateSecret: true,
        // AWS documents it, and the SDK's list lacks it.
        ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH' as sdk.ExplicitAuthFlowsType],
        AllowedOAuthScopes: ['api/read', 'api/write'],
      }),
    )
    const { ClientId = '', ClientSecret: Secret = '' } = UserPoolClient ?? {}
    const ask = new sdk.GetClientTokenCommand({ ClientId, Secret, Scopes: ['api/read'] })
    const headers: Record<string, string>[] = []
    ask.middlewareStack.add(
      (next) => (args) => {
        headers.push((args.request as { headers: Record<string, string> }).headers)
        return next(args)
      },
      { step: 'deserialize' },
    )
    const { ClientAuthenticationResult } = await admin.send(ask)
    expect(headers).toMatchObject([{ authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 .*\/cognito-idp\/aws4_request/) }])
    expect(ClientAuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' })
    const machine = { poolId: UserPoolId, clientId: ClientId }
    const access = await verifiedAccess(server.url, machine, ClientAuthenticationResult?.AccessToken)
    expect(access).toMatchObject({ client_id: ClientId, sub: ClientId, scope: 'api/read' })
    expect(await refusal(admin.send(new sdk.GetClientTokenCommand({ ClientId, Secret: `${Secret}x` })))).toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid client or secret',
    })
  })
})
