import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRequestRates } from '../src/api/request-rates.ts'
import { registrationScope } from '../src/domain/dynamic-registration.ts'
import { userAdminScope } from '../src/domain/scopes.ts'
import type { CreateUserPoolRequest, DcrConfigurationType } from '../src/model/types.gen.ts'
import { discovery } from '../src/oauth/discovery.ts'
import { changePool } from './support/change-settings.ts'
import { type MadePool, makeClient, makePool } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { basic, machineSettings, makeApi, type OAuthAnswer, type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser } from './support/page-browser.ts'
import { authorizeQuery, callback, pageClient } from './support/page-pool.ts'
import { isGranted, typePassword } from './support/page-steps.ts'
import { accessTokenOf } from './support/sign-in.ts'
import { tokenParts } from './support/token-parts.ts'

let server: OAuthServer

beforeAll(async () => {
  server = await startOAuth()
})
afterAll(() => server.stop())

/** A pool where app clients can register, with an app client that can get an initial access token. */
const withRegistration = async (dcr: DcrConfigurationType = {}, more: Partial<CreateUserPoolRequest> = {}): Promise<MadePool> => {
  const { UserPool } = await server.harness.ok('CreateUserPool', { PoolName: 'pool', DcrConfiguration: dcr, ...more })
  await makeApi(server.harness, UserPool.Id)
  return makeClient(server.harness, UserPool.Id, { ...machineSettings, AllowedOAuthScopes: ['api/read', registrationScope] })
}

const initialToken = async (made: MadePool, scope = registrationScope): Promise<string> => {
  const { body } = await server.post('token', { grant_type: 'client_credentials', scope }, basic(made))
  return body.access_token
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const register = (
  metadata: unknown,
  { poolId, headers = {} }: { readonly poolId?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<OAuthAnswer> =>
  server.send(`${poolId === undefined ? '' : `/${poolId}`}/oauth2/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
  })

/** A registration under another host name, which fetch does not send. */
const registerAt = async (url: string, host: string, path: string, headers: Readonly<Record<string, string>>) => {
  const sent = request(`${url}${path}`, { method: 'POST', headers: { host, 'content-type': 'application/json', ...headers } })
  sent.end(JSON.stringify(web))
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: answer.statusCode, body: JSON.parse(await text(answer)) }
}

const uri = 'https://app.example/cb'
const web = { redirect_uris: [uri] }

const describeClient = async ({ UserPoolId }: MadePool, ClientId: string) =>
  (await server.harness.ok('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient

describe('POST /oauth2/register', () => {
  it('makes an app client for an initial access token, which names the pool', async () => {
    const made = await withRegistration({ AllowedScopes: ['api/read', 'gone/read'] })
    const { status, body, headers } = await register(
      { ...web, client_name: 'My app', logo_uri: 'http://169.254.169.254/', grant_types: ['authorization_code', 'refresh_token'] },
      { headers: bearer(await initialToken(made)) },
    )
    expect(status).toBe(201)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(body).toEqual({
      client_id: expect.stringMatching(/^[0-9a-z]{26}$/),
      client_secret: expect.stringMatching(/^[0-9a-z]{52}$/),
      client_secret_expires_at: 0,
      client_id_issued_at: Math.floor(server.harness.clock.now() / 1000),
      client_name: 'My app',
      redirect_uris: [uri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'openid email phone profile api/read',
    })
    expect(await describeClient(made, body.client_id)).toMatchObject({
      ClientType: 'DCR',
      ClientName: 'My app',
      ClientSecret: body.client_secret,
      CallbackURLs: [uri],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid', 'email', 'phone', 'profile', 'api/read'],
      SupportedIdentityProviders: ['COGNITO'],
      PreventUserExistenceErrors: 'ENABLED',
    })
  })

  it('makes a public one without a secret, and a machine that gets tokens', async () => {
    const made = await withRegistration({ AllowedScopes: ['api/read', 'api/write', registrationScope] })
    const headers = bearer(await initialToken(made))
    const open = await register({ ...web, token_endpoint_auth_method: 'none' }, { headers })
    expect(open.body).not.toHaveProperty('client_secret')
    expect(open.body).not.toHaveProperty('client_secret_expires_at')
    expect(await describeClient(made, open.body.client_id)).not.toHaveProperty('ClientSecret')
    const machine = await register({ grant_types: ['client_credentials'], scope: `api/write ${registrationScope}` }, { headers })
    expect(machine.body).toMatchObject({ grant_types: ['client_credentials'], response_types: [], redirect_uris: [], scope: 'api/write' })
    const { client_id: ClientId, client_secret: ClientSecret } = machine.body
    const answer = await server.post('token', { grant_type: 'client_credentials' }, basic({ ClientId, ClientSecret }))
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } })
  })

  it('lets nobody in by the API that the pool did not let in', async () => {
    const made = await withRegistration({ OpenDcrEnabled: true })
    await makeUser(server.harness, made.UserPoolId, 'ana')
    const { body } = await register({ ...web, token_endpoint_auth_method: 'none' }, { poolId: made.UserPoolId })
    const AuthParameters = { USERNAME: 'ana', PASSWORD: password, SRP_A: 'a1' }
    for (const AuthFlow of ['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'CUSTOM_AUTH', 'USER_AUTH', 'ADMIN_USER_PASSWORD_AUTH'] as const) {
      const refused = await server.harness.refused('InitiateAuth', { ClientId: body.client_id, AuthFlow, AuthParameters })
      expect(refused[0]).toBe('InvalidParameterException')
    }
  })

  it('lets nobody in silently: who is signed in for another application is asked first', async () => {
    const made = await withRegistration({ OpenDcrEnabled: true })
    await makeUser(server.harness, made.UserPoolId, 'ana')
    const own = await makeClient(server.harness, made.UserPoolId, pageClient)
    const browser = openBrowser(server.url)
    expect(isGranted(await typePassword(browser, own, 'ana'))).toBe(true)
    const { body } = await register({ redirect_uris: [callback], token_endpoint_auth_method: 'none' }, { poolId: made.UserPoolId })
    const query = authorizeQuery({ ClientId: body.client_id })
    expect((await browser.get(`/oauth2/authorize?${query}`)).location).toBe(`/login?${query}`)
    expect((await browser.get(`/oauth2/authorize?${query}&prompt=none`)).location).toBe(`${callback}?error=login_required&state=a+state`)
    const asked = await browser.get(`/login?${query}`)
    expect(asked.heading).toBe('Choose an account')
    expect(isGranted(await browser.submit(asked, { continue: 'yes' }))).toBe(true)
    expect(isGranted(await browser.get(`/oauth2/authorize?${authorizeQuery(own)}`))).toBe(true)
  })

  it('is open to anybody under the id of a pool that wants it', async () => {
    const made = await withRegistration({ OpenDcrEnabled: true })
    const { status, body } = await register(web, { poolId: made.UserPoolId })
    expect([status, body.grant_types]).toEqual([201, ['authorization_code', 'refresh_token']])
    expect(await register({ grant_types: ['client_credentials'] }, { poolId: made.UserPoolId })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client_metadata', error_description: 'None of the grant types is allowed.' },
    })
    expect((await register(web)).status).toBe(401)
  })

  it('is at the address that discovery names, while the pool has it', async () => {
    const made = await withRegistration({ OpenDcrEnabled: true })
    const { UserPoolId } = made
    const address = async () => (await discovery(server.harness, UserPoolId))?.registration_endpoint
    expect(await address()).toBe(`http://localhost:9339/${UserPoolId}/oauth2/register`)
    const headers = bearer(await initialToken(made))
    await server.harness.ok('UpdateUserPool', { UserPoolId, DcrConfiguration: { EnableStatus: 'Disabled', OpenDcrEnabled: true } })
    expect(await address()).toBeUndefined()
    expect((await register(web, { poolId: UserPoolId })).status).toBe(401)
    expect((await register(web, { poolId: UserPoolId, headers })).status).toBe(403)
    expect(await discovery(server.harness, (await makePool(server.harness)).UserPoolId)).not.toHaveProperty('registration_endpoint')
  })

  it('never overlooks a token that is no good, even where none is needed', async () => {
    const made = await withRegistration({ OpenDcrEnabled: true })
    const poolId = made.UserPoolId
    const other = await withRegistration()
    const person = await makeClient(server.harness, poolId)
    await makeUser(server.harness, poolId, 'ana')
    const token = await initialToken(made)
    const dead = await makeClient(server.harness, poolId, { ...machineSettings, AllowedOAuthScopes: [registrationScope] })
    const orphan = await initialToken(dead)
    await server.harness.ok('DeleteUserPoolClient', { UserPoolId: poolId, ClientId: dead.ClientId })
    for (const authorization of [
      'Bearer',
      'Bearer x',
      'Bearer x.y.z',
      `Bearer ${token} ${token}`,
      `Basic ${token}`,
      token,
      `Bearer ${token.slice(0, -4)}AAAA`,
      `Bearer ${token.split('.').slice(0, 2).join('.')}.`,
      `Bearer ${await initialToken(other)}`,
      `Bearer ${await accessTokenOf(server.harness, person, 'ana')}`,
      `Bearer ${orphan}`,
    ]) {
      const answer = await register(web, { poolId, headers: { authorization } })
      expect(answer, authorization).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/)
    }
    expect((await register(web, { poolId, headers: bearer(token) })).status).toBe(201)
    server.harness.clock.advance(3_600_000)
    expect((await register(web, { poolId, headers: bearer(token) })).status).toBe(401)
    expect((await register(web, { headers: bearer(token) })).status).toBe(401)
  })

  it('takes no token of another use, or of a client that may not register any more', async () => {
    const made = await withRegistration()
    const { UserPoolId, ClientId } = made
    const lesser = await register(web, { headers: bearer(await initialToken(made, 'api/read')) })
    expect(lesser).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } })
    const token = await initialToken(made)
    await server.harness.ok('UpdateUserPoolClient', { UserPoolId, ClientId, ...machineSettings, GenerateSecret: undefined })
    expect((await register(web, { headers: bearer(token) })).status).toBe(403)
  })

  it('is no good for a token of a client that had the id before', async () => {
    const { UserPool } = await server.harness.ok('CreateUserPool', { PoolName: 'pool', DcrConfiguration: {} })
    const settings = { ...machineSettings, ClientName: '_custom_id_:again', AllowedOAuthScopes: [registrationScope] }
    const first = await makeClient(server.harness, UserPool.Id, settings)
    const token = await initialToken(first)
    await server.harness.ok('DeleteUserPoolClient', { UserPoolId: UserPool.Id, ClientId: first.ClientId })
    server.harness.clock.advance(1000)
    const second = await makeClient(server.harness, UserPool.Id, settings)
    expect(second.ClientId).toBe(first.ClientId)
    expect((await register(web, { headers: bearer(token) })).status).toBe(401)
    expect((await register(web, { headers: bearer(await initialToken(second)) })).status).toBe(201)
  })

  it('answers unknown pools like those without registration', async () => {
    const { UserPoolId } = await makePool(server.harness)
    const answers = await Promise.all([
      register(web, { poolId: UserPoolId }),
      register(web, { poolId: 'us-east-1_unknown' }),
      register(web),
    ])
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1)
  })

  it('refuses what is no JSON, no object or too much of it, with the error of the RFC', async () => {
    const made = await withRegistration({ OpenDcrEnabled: true })
    const poolId = made.UserPoolId
    const error = async (metadata: unknown, headers = {}) => {
      const { status, body } = await register(metadata, { poolId, headers })
      return [status, body.error]
    }
    for (const text of ['', '{', 'redirect_uris=x', '{"redirect_uris": ["https://app.example"],}', '['.repeat(60_000), '7', 'null', '[]']) {
      expect(await error(text), text.slice(0, 40)).toEqual([400, 'invalid_client_metadata'])
    }
    expect(await error(web, { 'content-type': 'application/x-www-form-urlencoded' })).toEqual([400, 'invalid_request'])
    expect(await error(web, { 'content-type': 'application/jsonx' })).toEqual([400, 'invalid_request'])
    expect(await error({ ...web, padding: 'x'.repeat(70_000) })).toEqual([413, 'invalid_request'])
    expect(await error({ redirect_uris: ['https://app.example@evil.example/'] })).toEqual([400, 'invalid_redirect_uri'])
    expect(await error({ redirect_uris: ['javascript:alert(1)'] })).toEqual([400, 'invalid_redirect_uri'])
    expect(await error({ ...web, client_name: ['x'] })).toEqual([400, 'invalid_client_metadata'])
    const notUtf8 = await server.send(`/${poolId}/oauth2/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
    })
    expect([notUtf8.status, notUtf8.body.error]).toEqual([400, 'invalid_client_metadata'])
    const got = await server.send(`/${poolId}/oauth2/register`, { method: 'GET' })
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'OPTIONS, POST'])
  })

  it('stops when the pool has as many app clients as it can, also when many register at once', async () => {
    const limited = await startOAuth(
      {},
      {},
      {
        through: (harness) => ({
          ...harness,
          store: {
            ...harness.store,
            clients: { ...harness.store.clients, create: (by, client) => harness.store.clients.create(by, client, 3) },
          },
        }),
      },
    )
    const { UserPool } = await limited.harness.ok('CreateUserPool', { PoolName: 'pool', DcrConfiguration: { OpenDcrEnabled: true } })
    const send = () =>
      limited.send(`/${UserPool.Id}/oauth2/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(web),
      })
    const answers = await Promise.all(Array.from({ length: 20 }, send))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
    expect(answers.filter(({ status, body }) => status === 403 && body.error === 'invalid_request')).toHaveLength(17)
    await limited.stop()
  })

  it('answers a network once a second, where rates are limited', async () => {
    const counted = await startOAuth({}, {}, { rates: createRequestRates({ ClientRegistration: 1000 }, { now: () => 1_000_000 }) })
    const { UserPool } = await counted.harness.ok('CreateUserPool', { PoolName: 'pool', DcrConfiguration: { OpenDcrEnabled: true } })
    const path = `/${UserPool.Id}/oauth2/register`
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(web) }
    expect((await counted.send(path, init)).status).toBe(201)
    const refused = await counted.send(path, init)
    expect([refused.status, refused.body.error, refused.headers.get('retry-after')]).toEqual([429, 'temporarily_unavailable', '1'])
    await counted.stop()
  })

  it('leaves its mark in the audit trail, and no secret', async () => {
    const made = await withRegistration({ OpenDcrEnabled: true })
    const { body } = await register(web, { headers: bearer(await initialToken(made)) })
    server.harness.clock.advance(1)
    await register(web, { poolId: made.UserPoolId })
    const pool = await server.harness.store.pools.byId(made.UserPoolId)
    const { rows } = await server.harness.store.audit.list(pool?.uid ?? '', { limit: 100 })
    const registrations = rows.filter(({ action }) => action === 'oauth2/register')
    expect(registrations.map(({ actor, outcome }) => [actor, outcome])).toEqual([
      ['anonymous', 'created'],
      [`client:${made.ClientId}`, 'created'],
    ])
    const found = await server.harness.store.clients.byClientId(body.client_id)
    expect(JSON.stringify([pool, rows, found])).not.toContain(body.client_secret)
  })

  it('is at the domain of its pool for that pool alone', async () => {
    const made = await withRegistration({ OpenDcrEnabled: true })
    const other = await withRegistration({ OpenDcrEnabled: true })
    await server.harness.ok('CreateUserPoolDomain', { UserPoolId: made.UserPoolId, Domain: 'registering' })
    const policy = { ...server.harness.policy, publicUrl: 'https://id.example.org' }
    expect(await discovery({ ...server.harness, policy }, made.UserPoolId)).toMatchObject({
      registration_endpoint: 'https://registering.auth.us-east-1.id.example.org/oauth2/register',
    })
    const at = (host: string, path: string, headers: Readonly<Record<string, string>> = {}) => registerAt(server.url, host, path, headers)
    const host = 'registering.auth.us-east-1.localhost:9339'
    const { status, body } = await at(host, '/oauth2/register')
    expect(status).toBe(201)
    expect((await describeClient(made, body.client_id)).ClientType).toBe('DCR')
    expect((await at(host, `/${made.UserPoolId}/oauth2/register`)).status).toBe(201)
    expect((await at(host, `/${other.UserPoolId}/oauth2/register`)).status).toBe(401)
    expect((await at(host, '/oauth2/register', bearer(await initialToken(other)))).status).toBe(401)
    expect((await at('registering.auth.eu-west-1.localhost', '/oauth2/register')).status).toBe(401)
    expect((await at('unknown.auth.us-east-1.localhost', '/oauth2/register')).status).toBe(401)
  })
})

describe('app clients that registered themselves', () => {
  it('have no operations on secrets, and never let others register', async () => {
    const made = await withRegistration({ AllowedScopes: ['api/read', registrationScope] })
    const { UserPoolId } = made
    const { body } = await register({ grant_types: ['client_credentials'] }, { headers: bearer(await initialToken(made)) })
    expect(body.scope).toBe('api/read')
    const ClientId = body.client_id
    for (const call of [
      server.harness.refused('AddUserPoolClientSecret', { UserPoolId, ClientId }),
      server.harness.refused('ListUserPoolClientSecrets', { UserPoolId, ClientId }),
      server.harness.refused('DeleteUserPoolClientSecret', { UserPoolId, ClientId, ClientSecretId: `${ClientId}--1` }),
    ]) {
      expect((await call)[0]).toBe('InvalidParameterException')
    }
    const update = { UserPoolId, ClientId, ...machineSettings, GenerateSecret: undefined }
    expect(await server.harness.refused('UpdateUserPoolClient', { ...update, AllowedOAuthScopes: [registrationScope] })).toEqual([
      'ScopeDoesNotExistException',
      `Invalid scope requested: ${registrationScope}`,
    ])
    const { UserPoolClient } = await server.harness.ok('UpdateUserPoolClient', { ...update, AllowedOAuthScopes: ['api/read'] })
    expect(UserPoolClient.ClientType).toBe('DCR')
  })

  it('sign people in on the pages, with the scopes that they registered alone', async () => {
    const { UserPoolId } = await withRegistration({ OpenDcrEnabled: true })
    await makeUser(server.harness, UserPoolId, 'ana')
    const metadata = { redirect_uris: [callback], token_endpoint_auth_method: 'none', scope: 'openid email' }
    const { body } = await register(metadata, { poolId: UserPoolId })
    const made = { UserPoolId, ClientId: body.client_id, ClientSecret: '' }
    const browser = openBrowser(server.url)
    const page = await browser.follow(await browser.get(`/oauth2/authorize?${authorizeQuery(made)}`))
    const first = await browser.submit(page, page.html.includes('name="password"') ? { username: 'ana', password } : { username: 'ana' })
    const { location } = first.location.startsWith(callback) ? first : await browser.submit(await browser.follow(first), { password })
    const form = { grant_type: 'authorization_code', client_id: made.ClientId, redirect_uri: callback }
    const code = new URL(location).searchParams.get('code') ?? ''
    const { body: tokens } = await server.post('token', { ...form, code })
    expect(tokenParts(tokens.access_token).payload['scope']).toBe('openid email')
    const more = authorizeQuery(made, { scope: `openid ${userAdminScope}` })
    const refused = await browser.follow(await browser.get(`/oauth2/authorize?${more}`))
    expect([refused.status, refused.location]).toEqual([400, ''])
    expect(refused.html).toContain(`${callback}?error=invalid_scope`)
    const elsewhere = authorizeQuery(made, { redirect_uri: `${callback}/elsewhere` })
    expect((await browser.get(`/oauth2/authorize?${elsewhere}`)).location).toContain('/error?error=redirect_mismatch')
  })

  it('are listed by their type', async () => {
    const made = await withRegistration()
    const { UserPoolId, ClientId } = made
    const { body } = await register(web, { headers: bearer(await initialToken(made)) })
    const list = async (ClientType: string) =>
      (await server.harness.ok('ListUserPoolClients', { UserPoolId, ClientType })).UserPoolClients.map(
        (row: { ClientId: string }) => row.ClientId,
      )
    expect([await list('DCR'), await list('REGULAR')]).toEqual([[body.client_id], [ClientId]])
  })
})

describe('the configuration of dynamic client registration', () => {
  it('is shown with its defaults, stays when it is left out, and keeps a pool from LITE while it is on', async () => {
    const { UserPoolId } = await withRegistration({ AuthenticatedGrantTypes: [] })
    const shown = async () => (await server.harness.ok('DescribeUserPool', { UserPoolId })).UserPool.DcrConfiguration
    const configured = { EnableStatus: 'Enabled', OpenDcrEnabled: false, AuthenticatedGrantTypes: [] }
    expect(await shown()).toEqual(configured)
    await server.harness.ok('UpdateUserPool', { UserPoolId })
    expect(await shown()).toEqual(configured)
    const unavailable = [
      'FeatureUnavailableInTierException',
      'The following features need to be disabled for the LITE pricing tier configured: Dynamic Client Registration',
    ]
    expect(await server.harness.refused('UpdateUserPool', { UserPoolId, UserPoolTier: 'LITE' })).toEqual(unavailable)
    expect(await server.harness.refused('CreateUserPool', { PoolName: 'x', UserPoolTier: 'LITE', DcrConfiguration: {} })).toEqual(
      unavailable,
    )
    await server.harness.ok('UpdateUserPool', { UserPoolId, UserPoolTier: 'LITE', DcrConfiguration: { EnableStatus: 'Disabled' } })
    expect(await shown()).toEqual({ EnableStatus: 'Disabled', OpenDcrEnabled: false })
  })

  it('counts for nothing on LITE, and refuses every registration with an empty list of grants', async () => {
    const made = await withRegistration({ OpenDcrEnabled: true, OpenDcrGrantTypes: [], AuthenticatedGrantTypes: ['implicit'] })
    const poolId = made.UserPoolId
    const headers = bearer(await initialToken(made))
    expect((await register(web, { poolId })).body.error).toBe('invalid_client_metadata')
    expect((await register(web, { poolId, headers })).body.error).toBe('invalid_client_metadata')
    await changePool(server.harness, poolId, { UserPoolTier: 'LITE' })
    expect((await register(web, { poolId })).status).toBe(401)
  })

  it('brings a resource server that nobody changes', async () => {
    const { UserPoolId } = await withRegistration()
    const Identifier = 'aws.cognito/dcr'
    const managed = {
      UserPoolId,
      Identifier,
      Name: Identifier,
      Scopes: [{ ScopeName: 'register', ScopeDescription: 'Register app clients' }],
      ManagedBy: 'COGNITO',
    }
    expect((await server.harness.ok('DescribeResourceServer', { UserPoolId, Identifier })).ResourceServer).toEqual(managed)
    const reserved = ['InvalidParameterException', `The identifier ${Identifier} is reserved.`]
    const change = { UserPoolId, Identifier, Name: 'mine', Scopes: [] }
    expect(await server.harness.refused('CreateResourceServer', change)).toEqual(reserved)
    expect(await server.harness.refused('UpdateResourceServer', change)).toEqual(reserved)
    expect(await server.harness.refused('DeleteResourceServer', { UserPoolId, Identifier })).toEqual(reserved)
    await server.harness.ok('CreateResourceServer', { UserPoolId, Identifier: 'zoo', Name: 'zoo' })
    for (const MaxResults of [1, 2, 3, 50]) {
      const seen: string[] = []
      let NextToken: string | undefined
      do {
        const page = await server.harness.ok('ListResourceServers', { UserPoolId, MaxResults, ...(NextToken && { NextToken }) })
        expect(page.ResourceServers.length).toBeLessThanOrEqual(MaxResults)
        seen.push(...page.ResourceServers.map((row: { Identifier: string }) => row.Identifier))
        NextToken = page.NextToken
      } while (NextToken !== undefined)
      expect(seen).toEqual(['api', Identifier, 'zoo'])
    }
  })

  it('is what gives the scope: without it no app client may have it', async () => {
    const { UserPoolId } = await makePool(server.harness)
    const settings = { UserPoolId, ClientName: 'x', ...machineSettings, AllowedOAuthScopes: [registrationScope] }
    expect((await server.harness.refused('CreateUserPoolClient', settings))[0]).toBe('ScopeDoesNotExistException')
    const made = await withRegistration()
    await server.harness.ok('UpdateUserPool', { UserPoolId: made.UserPoolId, DcrConfiguration: { EnableStatus: 'Disabled' } })
    const form = { grant_type: 'client_credentials', scope: registrationScope }
    expect((await server.post('token', form, basic(made))).body.error).toBe('invalid_scope')
  })
})
