import { Sha256 } from '@aws-crypto/sha256-js'
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { password, sdkClient } from '../support/start-app.ts'
import { type ServerOnFolder, startOnFolder } from '../support/start-on-folder.ts'

interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

let server: ServerOnFolder
let owner: Key
let poolId: string
let clientId: string

const keyFor = (userName: string, ...Statement: object[]): Promise<Key> =>
  server.commands.createAccessKey({ userName, policy: { Version: '2012-10-17', Statement } })

const as = (credentials: Key, more: object = {}) => sdkClient(server.url, { credentials, ...more })

/** The SDK leaves public operations such as InitiateAuth unsigned unless it is told to sign. */
const alwaysSigned = {
  httpAuthSchemeProvider: () => [
    {
      schemeId: 'aws.auth#sigv4',
      signingProperties: { name: 'cognito-idp', region: 'us-east-1' },
      propertiesExtractor: (config: object, context: object) => ({ signingProperties: { config, context } }),
    },
  ],
}

const makePool = async (PoolName: string): Promise<string> => {
  const { UserPool } = await as(owner).send(new sdk.CreateUserPoolCommand({ PoolName }))
  return UserPool?.Id ?? ''
}

beforeAll(async () => {
  server = await startOnFolder('--auth', 'verify', '--regions', 'us-east-1')
  owner = await keyFor('owner', { Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' })
  poolId = await makePool('shop')
  const { UserPoolClient } = await as(owner).send(
    new sdk.CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  )
  clientId = UserPoolClient?.ClientId ?? ''
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(() => server.stop())

const listUsers = () => new sdk.ListUsersCommand({ UserPoolId: poolId })
const refused = (call: Promise<unknown>): Promise<[name: string, message: string]> =>
  call.then(
    () => {
      throw new Error('the call succeeded')
    },
    (error: Error) => [error.name, error.message],
  )

describe('signatures of the AWS SDK, checked', () => {
  it('a real access key opens administration', async () => {
    const client = as(owner)
    const attributes = [{ Name: 'name', Value: 'Zoë Å. 日本' }]
    await client.send(new sdk.AdminCreateUserCommand({ UserPoolId: poolId, Username: 'zoë', UserAttributes: attributes }))
    const { Users } = await client.send(listUsers())
    expect(Users?.[0]?.Attributes).toContainEqual({ Name: 'name', Value: 'Zoë Å. 日本' })
  })

  it('an unknown access key', async () => {
    expect(await refused(as({ ...owner, accessKeyId: 'AKIAUNKNOWNUNKNOWN77' }).send(listUsers()))).toEqual([
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ])
  })

  it('a deleted access key', async () => {
    const key = await keyFor('leaver', { Effect: 'Allow', Action: '*', Resource: '*' })
    await as(key).send(listUsers())
    await server.commands.deleteAccessKey({ accessKeyId: key.accessKeyId })
    expect((await refused(as(key).send(listUsers())))[0]).toBe('UnrecognizedClientException')
  })

  it('a wrong secret, on public operations too', async () => {
    const forger = as({ ...owner, secretAccessKey: 'wrong' })
    const signing = as({ ...owner, secretAccessKey: 'wrong' }, alwaysSigned)
    const publicCall = new sdk.InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: {} })
    // The SDK signs this one although it needs no signature.
    const clientToken = new sdk.GetClientTokenCommand({ ClientId: clientId, Secret: 's'.repeat(40) })
    for (const call of [() => forger.send(listUsers()), () => signing.send(publicCall), () => forger.send(clientToken)]) {
      const [name, message] = await refused(call())
      expect(name).toBe('InvalidSignatureException')
      expect(message).toMatch(/^The request signature we calculated does not match the signature you provided\./)
    }
  })

  it('a wrong region in the scope', async () => {
    const [name, message] = await refused(as(owner, { region: 'eu-west-1' }).send(listUsers()))
    expect(name).toBe('InvalidSignatureException')
    expect(message).toContain('region')
  })

  it('a wrong service in the scope', async () => {
    const signer = new SignatureV4({ credentials: owner, region: 'us-east-1', service: 'cognito-identity', sha256: Sha256 })
    const [name, message] = await refused(as(owner, { signer }).send(listUsers()))
    expect(name).toBe('InvalidSignatureException')
    expect(message).toContain('cognito-idp')
  })

  it('no signature where one is needed', async () => {
    const httpAuthSchemeProvider = () => [{ schemeId: 'smithy.api#noAuth' }]
    expect(await refused(as(owner, { httpAuthSchemeProvider }).send(listUsers()))).toEqual([
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
    ])
  })

  it('a session token, because temporary credentials are not made here', async () => {
    const [name, message] = await refused(as({ ...owner, sessionToken: 'temporary' } as Key).send(listUsers()))
    expect(name).toBe('UnrecognizedClientException')
    expect(message).toContain('Temporary credentials are not supported here')
  })

  it.each([
    ['behind', -10, /^Signature expired: /],
    ['ahead', 10, /^Signature not yet current: /],
  ])('a clock ten minutes %s, which the SDK then corrects by itself', async (_, minutes, sentence) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 })
    const [name, message] = await refused(as(owner, { maxAttempts: 1 }).send(listUsers()))
    expect(name).toBe('InvalidSignatureException')
    expect(message).toMatch(sentence)
    const { $metadata } = await as(owner).send(listUsers())
    expect($metadata.attempts).toBe(2)
  })
})

describe('mistakes of sign-in, signed and unsigned', () => {
  const signUp = (Username: string) => new sdk.SignUpCommand({ ClientId: clientId, Username, Password: password })
  const signIn = (USERNAME: string, PASSWORD: string, AuthFlow: sdk.AuthFlowType = 'USER_PASSWORD_AUTH') =>
    new sdk.InitiateAuthCommand({ ClientId: clientId, AuthFlow, AuthParameters: { USERNAME, PASSWORD, SRP_A: 'abc' } })
  const callers = () => [as(owner, alwaysSigned), new sdk.CognitoIdentityProviderClient({ endpoint: server.url, region: 'us-east-1' })]

  it('answer what AWS answers', async () => {
    await as(owner).send(signUp('una'))
    await as(owner).send(signUp('ana'))
    await as(owner).send(new sdk.AdminConfirmSignUpCommand({ UserPoolId: poolId, Username: 'ana' }))
    for (const caller of callers()) {
      expect(await refused(caller.send(signIn('una', 'whatever')))).toEqual(['UserNotConfirmedException', 'User is not confirmed.'])
      expect(await refused(caller.send(signIn('ana', 'whatever')))).toEqual(['NotAuthorizedException', 'Incorrect username or password.'])
      expect(await refused(caller.send(signIn('nobody', 'whatever')))).toEqual(['UserNotFoundException', 'User does not exist.'])
      expect(await refused(caller.send(signIn('ana', password, 'USER_SRP_AUTH')))).toEqual([
        'InvalidParameterException',
        'USER_SRP_AUTH flow not enabled for this client',
      ])
      expect((await caller.send(signIn('ana', password))).AuthenticationResult?.TokenType).toBe('Bearer')
    }
  })
})

describe('policies of access keys', () => {
  const reader = (Resource: string) =>
    keyFor('reader', { Effect: 'Allow', Action: ['cognito-idp:List*', 'cognito-idp:Describe*'], Resource })

  it('allow what an ARN with a wildcard names', async () => {
    const key = await reader('arn:aws:cognito-idp:us-east-1:*:userpool/us-east-1_*')
    expect((await as(key).send(listUsers())).Users).toBeInstanceOf(Array)
  })

  it('deny another action, naming it and the pool', async () => {
    const key = await reader('arn:aws:cognito-idp:*:*:userpool/*')
    const call = as(key).send(new sdk.AdminDeleteUserCommand({ UserPoolId: poolId, Username: 'ana' }))
    const [name, message] = await refused(call)
    expect(name).toBe('AccessDeniedException')
    const resource = `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}`
    expect(message).toContain('User: arn:aws:iam::000000000000:user/reader is not authorized')
    expect(message).toContain(`to perform: cognito-idp:AdminDeleteUser on resource: ${resource}`)
  })

  it('deny another pool, whether it is there or not', async () => {
    const key = await reader(`arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}`)
    await as(key).send(listUsers())
    for (const UserPoolId of [await makePool('other'), 'us-east-1_Nowhere99']) {
      const [name, message] = await refused(as(key).send(new sdk.ListUsersCommand({ UserPoolId })))
      expect(name).toBe('AccessDeniedException')
      expect(message).toContain(UserPoolId)
    }
  })

  it('let a Deny win over an Allow', async () => {
    const resource = `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}`
    const key = await keyFor(
      'almost',
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'cognito-idp:ListUsers', Resource: resource },
    )
    expect((await refused(as(key).send(listUsers())))[1]).toContain('with an explicit deny in an identity-based policy')
    await as(key).send(new sdk.AdminGetUserCommand({ UserPoolId: poolId, Username: 'zoë' }))
  })
})
