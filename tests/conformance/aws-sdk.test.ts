import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import source from '../../src/model/cognito-idp.json' with { type: 'json' }
import { operations } from '../../src/operations/index.ts'
import { refusal } from '../support/refusal.ts'
import { password, sdkClient, startApp } from '../support/start-app.ts'

let app: Awaited<ReturnType<typeof startApp>>
/** A browser's or a phone's client: no credentials at all. */
let visitor: sdk.CognitoIdentityProviderClient

beforeAll(async () => {
  app = await startApp()
  visitor = new sdk.CognitoIdentityProviderClient({ endpoint: app.server.url, region: 'us-east-1' })
})
afterAll(() => app.server.stop())

const signIn = (Username: string, Password = password) =>
  visitor.send(
    new sdk.InitiateAuthCommand({
      ClientId: app.clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: Username, PASSWORD: Password },
    }),
  )

describe('the AWS SDK for JavaScript without credentials', () => {
  it('signs up, confirms, signs in and reads who it is', async () => {
    const ClientId = app.clientId
    const signedUp = await visitor.send(
      new sdk.SignUpCommand({
        ClientId,
        Username: 'ana',
        Password: password,
        UserAttributes: [
          { Name: 'email', Value: 'ana@example.org' },
          { Name: 'name', Value: 'Ana' },
        ],
      }),
    )
    expect(signedUp).toMatchObject({
      UserConfirmed: false,
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' },
    })
    expect(await refusal(signIn('ana'))).toBeInstanceOf(sdk.UserNotConfirmedException)

    const ConfirmationCode = await app.server.mailbox.code('ana@example.org')
    const confirmed = await visitor.send(new sdk.ConfirmSignUpCommand({ ClientId, Username: 'ana', ConfirmationCode }))
    expect(confirmed.Session).toBeTypeOf('string')

    const { AuthenticationResult, ChallengeParameters } = await signIn('ana')
    expect(ChallengeParameters).toEqual({})
    expect(AuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' })

    const me = await visitor.send(new sdk.GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken }))
    expect(me.Username).toBe('ana')
    expect(me.UserAttributes).toContainEqual({ Name: 'sub', Value: signedUp.UserSub })
    expect(me.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' })
  })

  it('refreshes, revokes and is out', async () => {
    await app.addUser('rita')
    const ClientId = app.clientId
    const { AuthenticationResult: first } = await signIn('rita')
    const refresh = () =>
      visitor.send(
        new sdk.InitiateAuthCommand({
          ClientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: first?.RefreshToken ?? '' },
        }),
      )
    const { AuthenticationResult: second } = await refresh()
    expect(second?.RefreshToken).toBeUndefined()
    const third = await visitor.send(new sdk.GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: first?.RefreshToken }))
    expect(third.AuthenticationResult?.AccessToken).toBeTypeOf('string')

    await visitor.send(new sdk.RevokeTokenCommand({ ClientId, Token: first?.RefreshToken }))
    expect(await refusal(refresh())).toMatchObject({ name: 'NotAuthorizedException', message: 'Refresh Token has been revoked' })
    for (const AccessToken of [first?.AccessToken, second?.AccessToken]) {
      expect(await refusal(visitor.send(new sdk.GetUserCommand({ AccessToken })))).toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Access Token has been revoked',
      })
    }
  })
})

describe('the AWS SDK for JavaScript as an administrator', () => {
  it('invites a user, who replaces the temporary password, and lets the user go', async () => {
    const { admin, poolId: UserPoolId, clientId: ClientId } = app
    await app.inviteUser('ivan', 'Temporary-Word-1')
    const started = await admin.send(
      new sdk.AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ivan', PASSWORD: 'Temporary-Word-1' },
      }),
    )
    expect(started.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    const { AuthenticationResult } = await admin.send(
      new sdk.AdminRespondToAuthChallengeCommand({
        UserPoolId,
        ClientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: started.Session,
        ChallengeResponses: { USERNAME: 'ivan', NEW_PASSWORD: password },
      }),
    )
    const AccessToken = AuthenticationResult?.AccessToken
    expect(AccessToken).toBeTypeOf('string')
    expect(await admin.send(new sdk.AdminGetUserCommand({ UserPoolId, Username: 'ivan' }))).toMatchObject({
      UserStatus: 'CONFIRMED',
      Enabled: true,
    })
    await admin.send(new sdk.AdminUserGlobalSignOutCommand({ UserPoolId, Username: 'ivan' }))
    expect(await refusal(visitor.send(new sdk.GetUserCommand({ AccessToken })))).toBeInstanceOf(sdk.NotAuthorizedException)
    await admin.send(new sdk.AdminDeleteUserCommand({ UserPoolId, Username: 'ivan' }))
    expect(await refusal(admin.send(new sdk.AdminGetUserCommand({ UserPoolId, Username: 'ivan' })))).toBeInstanceOf(
      sdk.UserNotFoundException,
    )
  })

  it('reads timestamps as Dates', async () => {
    await app.addUser('dora')
    const before = Date.now() - 60_000
    const user = await app.admin.send(new sdk.AdminGetUserCommand({ UserPoolId: app.poolId, Username: 'dora' }))
    const { UserPool } = await app.admin.send(new sdk.DescribeUserPoolCommand({ UserPoolId: app.poolId }))
    for (const at of [user.UserCreateDate, user.UserLastModifiedDate, UserPool?.CreationDate, UserPool?.LastModifiedDate]) {
      expect(at).toBeInstanceOf(Date)
      expect(at?.getTime()).toBeGreaterThan(before)
      expect(at?.getTime()).toBeLessThanOrEqual(Date.now() + 1000)
    }
  })

  it('pages through lists with its own helpers', async () => {
    const { admin } = app
    const { UserPool } = await admin.send(new sdk.CreateUserPoolCommand({ PoolName: 'many' }))
    const UserPoolId = UserPool?.Id
    const names = Array.from({ length: 7 }, (_, at) => `user-${at}`)
    for (const Username of names) {
      await admin.send(new sdk.AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }))
      await admin.send(new sdk.CreateGroupCommand({ UserPoolId, GroupName: `group-${Username}` }))
      await admin.send(new sdk.CreateUserPoolClientCommand({ UserPoolId, ClientName: `client-${Username}` }))
    }
    const page = { client: admin, pageSize: 3 }
    const sizes = []
    const users = []
    for await (const { Users = [] } of sdk.paginateListUsers(page, { UserPoolId })) {
      sizes.push(Users.length)
      users.push(...Users.map(({ Username }) => Username))
    }
    expect(sizes).toEqual([3, 3, 1])
    expect(users.sort()).toEqual(names)

    const groups = []
    for await (const { Groups = [] } of sdk.paginateListGroups(page, { UserPoolId }))
      groups.push(...Groups.map(({ GroupName }) => GroupName))
    expect(groups.sort()).toEqual(names.map((name) => `group-${name}`))

    const clients = []
    for await (const { UserPoolClients = [] } of sdk.paginateListUserPoolClients(page, { UserPoolId })) {
      clients.push(...UserPoolClients.map(({ ClientName }) => ClientName))
    }
    expect(clients.sort()).toEqual(names.map((name) => `client-${name}`))

    const pools = []
    for await (const { UserPools = [] } of sdk.paginateListUserPools({ client: admin, pageSize: 1 }, { MaxResults: 1 })) {
      pools.push(...UserPools.map(({ Name }) => Name))
    }
    expect(pools.sort()).toEqual(['many', 'shop'])
  })
})

const signUp = (input: Partial<sdk.SignUpCommandInput>) =>
  new sdk.SignUpCommand({
    ClientId: app.clientId,
    Username: 'somebody',
    Password: password,
    UserAttributes: [{ Name: 'email', Value: 'somebody@example.org' }],
    ...input,
  })

describe('refusals as the AWS SDK sees them', () => {
  it('are its exception classes, with name, message, status and request id', async () => {
    await app.addUser('eve')
    const error = await refusal(signIn('eve', 'Wrong-Horse-7'))
    expect(error).toBeInstanceOf(sdk.NotAuthorizedException)
    expect(error).toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
      $fault: 'client',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    })
    expect(error.$metadata.requestId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
  })

  it.each([
    { type: sdk.UsernameExistsException, command: () => signUp({ Username: 'taken' }) },
    { type: sdk.InvalidPasswordException, command: () => signUp({ Username: 'weak', Password: 'weak-horse' }) },
    { type: sdk.InvalidParameterException, command: () => signUp({ Username: '' }) },
    { type: sdk.ResourceNotFoundException, command: () => signUp({ ClientId: 'nobody' }) },
    { type: sdk.UserNotFoundException, command: () => new sdk.ForgotPasswordCommand({ ClientId: app.clientId, Username: 'nobody' }) },
    {
      type: sdk.CodeMismatchException,
      command: () => new sdk.ConfirmSignUpCommand({ ClientId: app.clientId, Username: 'waiting', ConfirmationCode: 'wrong' }),
    },
  ])('$type.name', async ({ type, command }) => {
    if (type === sdk.UsernameExistsException) await app.addUser('taken')
    if (type === sdk.CodeMismatchException) await visitor.send(signUp({ Username: 'waiting' }))
    const error = await refusal(visitor.send(command() as sdk.SignUpCommand))
    expect(error).toBeInstanceOf(type)
    expect(error.message.length).toBeGreaterThan(10)
  })

  it('name every operation that is not built yet, whatever comes with it', async () => {
    const commands = sdk as unknown as Record<string, new (input: object) => sdk.GetUserCommand>
    const absent = Object.keys(source.operations).filter((name) => !(name in operations))
    const client = sdkClient(app.server.url, { maxAttempts: 1 })
    for (const name of absent) {
      const Command = commands[`${name}Command`]
      if (Command === undefined) throw new Error(`the SDK has no command ${name}`)
      expect(await refusal(client.send(new Command({})))).toMatchObject({
        name: 'NotImplementedException',
        message: `${name} is not implemented yet.`,
        $metadata: { httpStatusCode: 400 },
      })
    }
  })
})
