import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dispatcher } from '../../src/api/dispatch.ts'
import { operationNamed } from '../../src/model/model.ts'
import type { OperationName } from '../../src/model/types.gen.ts'
import { createHarness, type Harness, testRegion } from '../support/harness.ts'
import { createKeyHolders, type KeyHolders } from '../support/key-holders.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { postTo } from '../support/post-to.ts'
import { redispatch } from '../support/redispatch.ts'
import { signedInput as inputFor, signedOperations } from '../support/signed-input.ts'

let server: Harness
let verifying: Dispatcher
let addKey: KeyHolders['addKey']
let callAs: KeyHolders['callAs']
let mine: MadePool
let theirs: MadePool
let tokens: { AccessToken: string; IdToken: string }

const modelOf = (name: OperationName) => operationNamed(name) ?? expect.fail(`the model lacks ${name}`)
/** Everything that is to be seen of a pool. */
const seen = async ({ UserPoolId, ClientId }: MadePool) => ({
  pool: (await server.ok('DescribeUserPool', { UserPoolId })).UserPool,
  client: (await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient,
  clients: (await server.ok('ListUserPoolClients', { UserPoolId })).UserPoolClients,
  secrets: await server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId }),
  users: (await server.ok('ListUsers', { UserPoolId })).Users,
  groups: (await server.ok('ListGroups', { UserPoolId })).Groups,
  members: (await server.ok('ListUsersInGroup', { UserPoolId, GroupName: 'admins' })).Users,
  looks: await server.ok('GetUICustomization', { UserPoolId, ClientId }),
  terms: (await server.ok('ListTerms', { UserPoolId })).Terms,
  servers: (await server.ok('ListResourceServers', { UserPoolId, MaxResults: 10 })).ResourceServers,
})

beforeAll(async () => {
  server = await createHarness()
  verifying = redispatch(server, {}, { auth: 'verify' })
  ;({ addKey, callAs } = createKeyHolders(server, verifying))
  const settings = {
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: false },
    UserPoolTier: 'PLUS' as const,
    UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' as const },
  }
  const make = () => makePool(server, settings, { GenerateSecret: true })
  ;[mine, theirs] = [await make(), await make()]
  for (const { UserPoolId } of [mine, theirs]) {
    await makeUser(server, UserPoolId, 'ana', { name: 'Ana' })
    await server.ok('CreateGroup', { UserPoolId, GroupName: 'admins' })
    await server.ok('AdminAddUserToGroup', { UserPoolId, GroupName: 'admins', Username: 'ana' })
    await server.ok('CreateResourceServer', { UserPoolId, Identifier: 'https://api.example.org', Name: 'api' })
  }
  const open = await server.ok('CreateUserPoolClient', {
    UserPoolId: theirs.UserPoolId,
    ClientName: 'open',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  })
  tokens = (
    await server.ok('InitiateAuth', {
      ClientId: open.UserPoolClient.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: password },
    })
  ).AuthenticationResult
  await addKey('AKIATENANT', {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'cognito-idp:*',
      Resource: `arn:aws:cognito-idp:${testRegion}:000000000000:userpool/${mine.UserPoolId}`,
    },
  })
  await addKey('AKIAREADER', {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: ['cognito-idp:Describe*', 'cognito-idp:List*', 'cognito-idp:Get*', 'cognito-idp:AdminGet*', 'cognito-idp:AdminList*'],
      Resource: '*',
    },
  })
})
afterAll(() => server.close())

describe('must-not-happen 30: a signed operation', () => {
  it('is one of many', () => {
    expect(signedOperations.length).toBeGreaterThan(35)
    expect(signedOperations).toContain('DeleteUserPool')
  })

  it.each(signedOperations)('%s is refused without a signature, and changes nothing', async (name) => {
    for (const dispatch of [verifying, redispatch(server)]) {
      const { status, body } = await postTo(dispatch, name, inputFor(name, theirs))
      expect([status, JSON.parse(body).__type]).toEqual([400, 'MissingAuthenticationTokenException'])
    }
  })

  it.each(signedOperations)("%s is refused to a user's token", async (name) => {
    const { AccessToken, IdToken } = tokens
    for (const authorization of [`Bearer ${AccessToken}`, `Bearer ${IdToken}`, AccessToken, IdToken]) {
      for (const dispatch of [verifying, redispatch(server)]) {
        const { status, body } = await postTo(dispatch, name, { ...inputFor(name, theirs), AccessToken }, { authorization })
        expect(status, body).toBe(400)
        expect(['MissingAuthenticationTokenException', 'IncompleteSignatureException']).toContain(JSON.parse(body).__type)
      }
    }
  })

  it.each(signedOperations)('%s is refused to the administrator of another pool, who does not learn whether there is one', async (name) => {
    const nowhere = { UserPoolId: `${testRegion}_nowhere00`, ClientId: 'nosuchclient' }
    const answers: string[] = []
    for (const pool of [theirs, nowhere]) {
      const { status, body } = await callAs('AKIATENANT', name, inputFor(name, pool))
      expect([status, JSON.parse(body).__type], body).toEqual([400, 'AccessDeniedException'])
      expect(body).toContain(`cognito-idp:${name}`)
      answers.push(body.replaceAll(pool.UserPoolId, '<pool>'))
    }
    expect(answers[0]).toBe(answers[1])
  })

  it('is refused to a reader when it writes', async () => {
    const writing = signedOperations.filter((name) => !/^(?:Describe|List|Get|AdminGet|AdminList)/.test(name))
    expect(writing.length).toBeGreaterThan(20)
    for (const name of writing) {
      const { body } = await callAs('AKIAREADER', name, inputFor(name, theirs))
      expect(JSON.parse(body).__type, name).toBe('AccessDeniedException')
    }
  })

  it('is granted where the policy says so', async () => {
    const { status, body } = await callAs('AKIATENANT', 'ListUsers', { UserPoolId: mine.UserPoolId })
    expect([status, JSON.parse(body).Users?.length]).toEqual([200, 1])
  })
})

describe('must-not-happen 30: within one’s own pool', () => {
  /** Operations that name something of the pool beside the pool itself. */
  const mixed: [OperationName, () => object][] = [
    ['DescribeUserPoolClient', () => ({ ClientId: theirs.ClientId })],
    ['UpdateUserPoolClient', () => ({ ClientId: theirs.ClientId, ClientName: 'Mallory' })],
    ['DeleteUserPoolClient', () => ({ ClientId: theirs.ClientId })],
    ['AddUserPoolClientSecret', () => ({ ClientId: theirs.ClientId })],
    ['ListUserPoolClientSecrets', () => ({ ClientId: theirs.ClientId })],
    ['DeleteUserPoolClientSecret', () => ({ ClientId: theirs.ClientId, ClientSecretId: `${theirs.ClientId}--1` })],
    [
      'AdminInitiateAuth',
      () => ({ ClientId: theirs.ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ana', PASSWORD: password } }),
    ],
    [
      'AdminRespondToAuthChallenge',
      () => ({ ClientId: theirs.ClientId, ChallengeName: 'NEW_PASSWORD_REQUIRED', ChallengeResponses: { USERNAME: 'ana' } }),
    ],
  ]
  it.each(mixed)("%s finds no app client of another's", async (name, more) => {
    const { status, body } = await callAs('AKIATENANT', name, { UserPoolId: mine.UserPoolId, ...more() })
    expect([status, JSON.parse(body).__type], body).toEqual([400, 'ResourceNotFoundException'])
  })

  it.each(['UpdateUserPoolDomain', 'DeleteUserPoolDomain'] as const)("%s finds no domain of another's", async (name) => {
    const Domain = `theirs-${name.toLowerCase()}`
    await server.ok('CreateUserPoolDomain', { UserPoolId: theirs.UserPoolId, Domain })
    const { status, body } = await callAs('AKIATENANT', name, { UserPoolId: mine.UserPoolId, Domain, ManagedLoginVersion: 2 })
    expect([status, JSON.parse(body).message], body).toEqual([400, 'No such domain or user pool exists.'])
    const taking = await callAs('AKIATENANT', 'CreateUserPoolDomain', { UserPoolId: mine.UserPoolId, Domain })
    expect([taking.status, JSON.parse(taking.body).message]).toEqual([400, 'Domain already associated with another user pool.'])
    const found = (await server.ok('DescribeUserPoolDomain', { Domain })).DomainDescription
    expect(found).toMatchObject({ UserPoolId: theirs.UserPoolId, ManagedLoginVersion: 1 })
    await server.ok('DeleteUserPoolDomain', { UserPoolId: theirs.UserPoolId, Domain })
  })

  it("finds no style and no terms of another's", async () => {
    const { UserPoolId, ClientId } = theirs
    const { ManagedLoginBranding } = await server.ok('CreateManagedLoginBranding', { UserPoolId, ClientId, UseCognitoProvidedValues: true })
    const Links = { 'cognito:default': 'https://example.org' }
    const terms = { TermsName: 'terms-of-use', TermsSource: 'LINK', Enforcement: 'NONE', Links }
    const { Terms } = await server.ok('CreateTerms', { UserPoolId, ClientId, ...terms })
    const ids = { ManagedLoginBrandingId: ManagedLoginBranding.ManagedLoginBrandingId, TermsId: Terms.TermsId, ClientId }
    const about = signedOperations.filter((name) => /(?:Update|Describe|Delete)(?:ManagedLoginBranding|Terms)/.test(name))
    expect(about).toHaveLength(8)
    for (const name of about) {
      const { status, body } = await callAs('AKIATENANT', name, { ...inputFor(name, mine), ...ids, Settings: {} })
      expect([status, JSON.parse(body).__type], `${name}: ${body}`).toEqual([400, 'ResourceNotFoundException'])
    }
    for (const name of ['CreateManagedLoginBranding', 'CreateTerms', 'SetUICustomization', 'GetUICustomization'] as const) {
      const { status, body } = await callAs('AKIATENANT', name, { ...inputFor(name, mine), Links, ClientId })
      expect([status, JSON.parse(body).__type], `${name}: ${body}`).toEqual([400, 'ResourceNotFoundException'])
    }
    expect((await server.ok('DescribeManagedLoginBrandingByClient', { UserPoolId, ClientId })).ManagedLoginBranding).toEqual(
      ManagedLoginBranding,
    )
    expect((await server.ok('DescribeTerms', { UserPoolId, TermsId: Terms.TermsId })).Terms).toEqual(Terms)
  })

  it('nobody finds a user, by any name, of another pool', async () => {
    const sub = await makeUser(server, theirs.UserPoolId, 'only-theirs')
    for (const Username of ['only-theirs', sub]) {
      for (const name of signedOperations.filter((one) => modelOf(one).input.required.has('Username') && one !== 'AdminCreateUser')) {
        const { status, body } = await callAs('AKIATENANT', name, { ...inputFor(name, mine), Username })
        // Some operations list no error for a user who is not there.
        const unknown = modelOf(name).errors.has('UserNotFoundException') ? 'UserNotFoundException' : 'ResourceNotFoundException'
        expect([status, JSON.parse(body).__type], `${name}: ${body}`).toEqual([400, unknown])
      }
    }
  })

  it("another pool's page token opens no page", async () => {
    for (const place of [1, 2, 3]) await makeUser(server, theirs.UserPoolId, `page-${place}`)
    const { PaginationToken } = await server.ok('ListUsers', { UserPoolId: theirs.UserPoolId, Limit: 1 })
    expect(PaginationToken).toBeDefined()
    const { status, body } = await callAs('AKIATENANT', 'ListUsers', { UserPoolId: mine.UserPoolId, Limit: 1, PaginationToken })
    expect([status, JSON.parse(body).__type]).toEqual([400, 'InvalidParameterException'])
  })
})

describe('must-not-happen 30: whoever was refused', () => {
  it('has changed nothing in the other pool', async () => {
    const before = await seen(theirs)
    for (const name of signedOperations) {
      await callAs('AKIATENANT', name, inputFor(name, theirs))
      await postTo(verifying, name, inputFor(name, theirs))
    }
    for (const name of signedOperations.filter((one) => !/^(?:Describe|List|Get|AdminGet|AdminList)/.test(one))) {
      await callAs('AKIAREADER', name, inputFor(name, theirs))
    }
    expect(await seen(theirs)).toEqual(before)
    expect(JSON.stringify(before)).toContain('admins')
    expect(JSON.stringify(before)).not.toContain('Mallory')
  })
})
