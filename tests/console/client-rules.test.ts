import { describe, expect, it } from 'vitest'
import { attributeChoices, permissionChanges, permissionsFault, permissionsOf } from '../../console/src/api/attribute-permissions.ts'
import { clientUpdate } from '../../console/src/api/client-changes.ts'
import { flowHindrance, lifetimeText, signInChanges, signInFault, signInOf, withRotation } from '../../console/src/api/client-sign-in.ts'
import { groupFault, groupFormOf, groupInput, noGroup } from '../../console/src/api/group-form.ts'
import { loginPagesChanges, loginPagesFault, loginPagesOf, scopeChoices } from '../../console/src/api/login-pages.ts'
import { loginUrl } from '../../console/src/api/login-url.ts'
import { needsMachineServer, newClientFault, newClientInput, noClient } from '../../console/src/api/new-client.ts'
import { discoveryUrl, pagesOfPool } from '../../console/src/api/quick-links.ts'
import { rebased } from '../../console/src/api/rebased.ts'
import { resourceServerFault, resourceServerFormOf, resourceServerInput } from '../../console/src/api/resource-server-form.ts'
import { newAppClientSettings, oauthFlowFault } from '../../src/domain/app-client-config.ts'
import { schemaFrom } from '../../src/domain/attribute-schema.ts'

describe('a new app client', () => {
  const named = { ...noClient, name: ' Shop ', returnUrl: 'https://example.com/back' }

  it.each([
    ['web', true],
    ['spa', false],
    ['mobile', false],
    ['machine', true],
  ] as const)('of the type %s: secret %s, and grants that the API takes', (kind, secret) => {
    const input = newClientInput('p', { ...named, kind }, 'ESSENTIALS')
    expect(input).toMatchObject({
      ClientName: 'Shop',
      GenerateSecret: secret,
      PreventUserExistenceErrors: 'ENABLED',
      RefreshTokenValidity: 5,
    })
    expect(oauthFlowFault(input, secret)).toBeUndefined()
    expect(input.AllowedOAuthFlows).toEqual([kind === 'machine' ? 'client_credentials' : 'code'])
  })

  it('has no pages without a return URL, and no choice-based sign-in where the plan has none', () => {
    const input = newClientInput('p', { ...named, returnUrl: ' ' }, 'LITE')
    expect([input.AllowedOAuthFlowsUserPoolClient, input.CallbackURLs]).toEqual([undefined, undefined])
    expect(oauthFlowFault(input, true)).toBeUndefined()
    expect(input.ExplicitAuthFlows).toEqual(['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'])
    expect(newClientFault({ ...named, name: ' ' })).toEqual({ field: 'name', says: 'The application needs a name.' })
    expect(newClientFault({ ...named, name: 'Café' })).toEqual({ field: 'name', says: expect.stringContaining('letters a to z') })
    const insecure = { field: 'returnUrl', says: 'http://example.com/ cannot use the HTTP protocol.' }
    expect(newClientFault({ ...named, returnUrl: 'http://example.com/' })).toEqual(insecure)
    expect(newClientFault(named)).toBeUndefined()
  })

  it('leads to the example where nobody said a return URL', () => {
    const example = 'http://localhost:9339/_poolhouse/callback'
    expect(newClientInput('p', { ...named, returnUrl: ' ' }, 'ESSENTIALS', example)).toMatchObject({
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      CallbackURLs: [example],
    })
    expect(newClientInput('p', named, 'ESSENTIALS', example).CallbackURLs).toEqual(['https://example.com/back'])
    expect(newClientInput('p', { ...named, kind: 'machine' }, undefined, example).CallbackURLs).toBeUndefined()
  })

  it('of a machine gets a resource server where there is none for it', () => {
    const machine = { ...named, kind: 'machine' } as const
    expect(needsMachineServer(machine, [])).toBe(true)
    expect(needsMachineServer(machine, [{ Identifier: 'default-m2m-resource-server' }])).toBe(false)
    expect(needsMachineServer({ ...machine, scopes: ['api/read'] }, [])).toBe(false)
    expect(needsMachineServer(named, [])).toBe(false)
    expect(newClientInput('p', { ...machine, scopes: ['api/read'] }, undefined).AllowedOAuthScopes).toEqual(['api/read'])
  })
})

describe('a lifetime', () => {
  it.each([
    [['1', 'hours'], '1 hour'],
    [['1', 'days'], '1 day'],
    [['60', 'minutes'], '60 minutes'],
    [['11', 'seconds'], '11 seconds'],
  ] as const)('of %j is %s', (typed, text) => {
    expect(lifetimeText(typed)).toBe(text)
  })
})

const described = {
  UserPoolId: 'p',
  ClientId: 'c',
  ClientSecret: 'hidden',
  ClientType: 'REGULAR',
  CreationDate: 1,
  LastModifiedDate: 2,
  ...newAppClientSettings({
    UserPoolId: 'p',
    ClientName: 'web',
    ReadAttributes: ['email'],
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    AnalyticsConfiguration: { ApplicationId: 'a' },
    CallbackURLs: ['https://example.com/back'],
    DefaultRedirectURI: 'https://example.com/back',
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', 'old/scope'],
    AllowedOAuthFlowsUserPoolClient: true,
  }),
} as const

describe('a changed app client', () => {
  it('keeps every setting that a form does not have', () => {
    const update = clientUpdate(described, { ClientName: 'site' })
    const { ClientSecret, ClientType, CreationDate, LastModifiedDate, ...kept } = described
    expect(update).toEqual({ ...kept, ClientName: 'site' })
  })

  it('keeps what it had when a form is saved as it was opened', () => {
    for (const changes of [signInChanges(signInOf(described)), loginPagesChanges(loginPagesOf(described))]) {
      const { ClientSecret, ClientType, CreationDate, LastModifiedDate, ...kept } = described
      const said = {
        // The form says what the API would do by itself.
        AccessTokenValidity: 1,
        IdTokenValidity: 1,
        TokenValidityUnits: { RefreshToken: 'days', AccessToken: 'hours', IdToken: 'hours' },
        PreventUserExistenceErrors: 'LEGACY',
        RefreshTokenRotation: { Feature: 'DISABLED' },
        ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'],
      }
      const isSignIn = 'ClientName' in changes
      const empty = isSignIn ? {} : { LogoutURLs: [], SupportedIdentityProviders: [] }
      expect(clientUpdate(described, changes)).toEqual({ ...kept, ...empty, ...(isSignIn && said) })
    }
  })

  it('shows the flows’ old names and none at all as what they allow', () => {
    expect(signInOf({ ExplicitAuthFlows: ['USER_PASSWORD_AUTH', 'CUSTOM_AUTH_FLOW_ONLY'] }).flows).toEqual([
      'ALLOW_CUSTOM_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
      'ALLOW_USER_PASSWORD_AUTH',
    ])
    expect(signInOf({}).flows).toEqual(['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'])
  })

  it.each([
    [{}, undefined],
    [{ name: '' }, { field: 'name', says: 'The app client needs a name.' }],
    [{ name: 'shop!' }, { field: 'name', says: expect.stringContaining('letters a to z') }],
    [{ flows: [] }, 'Choose at least one authentication flow; with none, SRP, custom and refresh are allowed.'],
    [{ session: '16' }, { field: 'session', says: 'The authentication flow session lasts 3 to 15 minutes.' }],
    [{ session: '' }, { field: 'session', says: 'The authentication flow session lasts 3 to 15 minutes.' }],
    [{ access: ['1.5', 'hours'] }, 'The expiration of a token is a whole number, at least 1.'],
    [{ access: ['4', 'minutes'] }, 'Access and ID tokens live 5 minutes to 1 day, refresh tokens 60 minutes to 10 years.'],
    [{ access: ['2', 'hours'], refresh: ['1', 'hours'] }, 'Access and ID tokens can’t outlive the refresh token.'],
    [
      { rotates: true, graceSeconds: '61' },
      { field: 'graceSeconds', says: 'The grace period is 0 to 60 seconds.' },
    ],
    [{ rotates: true, graceSeconds: '60' }, undefined],
  ] as const)('with %o: %s', (typed, fault) => {
    expect(signInFault({ ...signInOf(described), ...typed })).toEqual(fault)
  })

  it('gives up the refresh flow while tokens rotate, and gets it back when they no longer do', () => {
    const form = signInOf(described)
    const rotating = { ...form, ...withRotation(form, true) }
    expect(rotating.flows).toEqual(['ALLOW_USER_SRP_AUTH'])
    expect([flowHindrance('ALLOW_REFRESH_TOKEN_AUTH', form), flowHindrance('ALLOW_USER_AUTH', rotating)]).toEqual([undefined, undefined])
    expect(flowHindrance('ALLOW_REFRESH_TOKEN_AUTH', rotating)).toContain('GetTokensFromRefreshToken')
    expect(withRotation(rotating, false)).toEqual({ rotates: false, flows: form.flows })
    const made = signInOf({ ...described, RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } })
    expect(signInChanges({ ...made, ...withRotation(made, false) }).ExplicitAuthFlows).toContain('ALLOW_REFRESH_TOKEN_AUTH')
    const changes = signInChanges({ ...signInOf(described), rotates: true, graceSeconds: '10' })
    expect(changes.ExplicitAuthFlows).toEqual(['ALLOW_USER_SRP_AUTH'])
    expect(changes.RefreshTokenRotation).toEqual({ Feature: 'ENABLED', RetryGracePeriodSeconds: 10 })
  })
})

describe('login pages', () => {
  it.each([
    [{}, undefined],
    [{ callbacks: ['http://example.com/'] }, 'http://example.com/ cannot use the HTTP protocol.'],
    [{ signOuts: ['nowhere'] }, 'nowhere is not a valid redirect URI.'],
    [{ callbacks: ['https://other.example/'] }, 'The default redirect URL has to be one of the callback URLs.'],
    [{ callbacks: ['', ' '], defaultCallback: '' }, 'The application needs a callback URL.'],
    [{ grants: [] }, 'Choose at least one OAuth grant type.'],
    [{ scopes: [] }, 'Choose at least one scope.'],
    [{ grants: ['code', 'client_credentials'] }, 'Client credentials go with no other grant.'],
    [{ grants: ['client_credentials'], callbacks: [], defaultCallback: '' }, undefined],
    [{ isOn: false, grants: [], scopes: [] }, undefined],
  ] as const)('with %o: %s', (typed, fault) => {
    expect(loginPagesFault({ ...loginPagesOf(described), ...typed })).toBe(fault)
  })

  it('offer custom scopes, also one whose resource server is gone', () => {
    const servers = [{ Identifier: 'api', Scopes: [{ ScopeName: 'read', ScopeDescription: '' }] }]
    expect(scopeChoices(servers, ['openid', 'old/scope']).custom).toEqual(['api/read', 'old/scope'])
  })
})

describe('attribute permissions', () => {
  const read = schemaFrom([
    { Name: 'email', AttributeDataType: 'String', Required: true, Mutable: true },
    { Name: 'plan', AttributeDataType: 'String', Mutable: true },
  ])
  const choices = attributeChoices('schema' in read ? read.schema : [])
  const choice = (name: string) => choices.find((one) => one.name === name)

  it('are offered as far as the API grants them', () => {
    expect(choice('email')).toEqual({ name: 'email', canWrite: true, mustWrite: true })
    expect(choice('email_verified')).toMatchObject({ canWrite: false, mustWrite: false })
    expect(choice('sub')).toMatchObject({ canWrite: false, mustWrite: false })
    expect(choices.at(-1)).toEqual({ name: 'custom:plan', canWrite: true, mustWrite: false })
  })

  it('shows the attributes of a profile one by one where the client names them together', () => {
    const { read, write } = permissionsOf({ ReadAttributes: ['email', 'oidc:profile'], WriteAttributes: ['oidc:profile'] }, choices)
    expect([read.includes('nickname'), read.includes('email'), write.includes('nickname'), write.includes('email')]).toEqual([
      ...[true, true, true, false],
    ])
  })

  it('are all of them without lists, and an empty list is refused', () => {
    const all = permissionsOf({}, choices)
    expect(all.read).toHaveLength(choices.length)
    expect(all.write).not.toContain('email_verified')
    expect(permissionsFault(all)).toBeUndefined()
    expect(permissionsFault({ ...all, read: [] })).toMatch('to read')
    expect(permissionsFault({ ...all, write: [] })).toMatch('to write')
  })

  it('that were not touched are not said, so that a client without a list may do what comes later', () => {
    const start = permissionsOf({}, choices)
    expect(permissionChanges({ start, values: { ...start, write: ['email'] } })).toEqual({ WriteAttributes: ['email'] })
  })
})

describe('quick links', () => {
  const pool = { Id: 'us-east-1_Shop', Domain: 'shop' }

  it('lead to the sign-in page where the server has it', () => {
    const query = '/login?client_id=c&response_type=code&scope=openid+old%2Fscope&redirect_uri=https%3A%2F%2Fexample.com%2Fback'
    const page = (server: string, of: typeof pool & { readonly CustomDomain?: string } = pool) =>
      loginUrl(pagesOfPool(server, of), described)
    expect(page('http://localhost:9339')).toEqual({ url: `http://localhost:9339${query}` })
    expect(page('https://id.example.com')).toEqual({ url: `https://shop.auth.us-east-1.id.example.com${query}` })
    const custom = { ...pool, CustomDomain: 'login.example.com' }
    expect(page('https://id.example.com', custom)).toEqual({ url: `https://login.example.com${query}` })
    expect(discoveryUrl('https://id.example.com', pool)).toBe('https://id.example.com/us-east-1_Shop/.well-known/openid-configuration')
  })

  it('lead nowhere where the app client has no pages', () => {
    for (const less of [{ AllowedOAuthFlowsUserPoolClient: false }, { AllowedOAuthFlows: ['client_credentials' as const] }]) {
      expect(loginUrl('http://localhost:9339', { ...described, ...less })).toEqual({ fault: expect.stringContaining('no login pages') })
    }
    const { CallbackURLs, DefaultRedirectURI, ...homeless } = described
    expect(loginUrl('http://localhost:9339', homeless)).toEqual({ fault: expect.stringContaining('no callback URL') })
  })
})

describe('what was changed in a form, on top of what is there now', () => {
  const start = { name: 'a', urls: ['x'], tags: { one: '1', two: '2' }, life: ['60', 'minutes'] as const }

  it('is what differs from the start, of objects member by member', () => {
    const now = { name: 'b', urls: ['x', 'y'], tags: { one: '9', three: '3' }, life: ['2', 'hours'] as const }
    expect(rebased<object>({ start, values: start }, now)).toEqual(now)
    expect(rebased<object>({ start, values: { ...start, name: 'c' } }, now)).toEqual({ ...now, name: 'c' })
    expect(rebased<object>({ start, values: { ...start, tags: { one: '1', two: '4' } } }, now)).toEqual({
      ...now,
      tags: { one: '9', two: '4', three: '3' },
    })
    expect(rebased<object>({ start, values: { ...start, tags: { two: '2' } } }, now)).toEqual({ ...now, tags: { three: '3' } })
  })

  it('takes a number with its unit', () => {
    const other = { ...start, life: ['1', 'days'] as const }
    const typed = { ...start, life: ['30', 'minutes'] as const }
    expect(rebased<object>({ start, values: typed }, other)).toMatchObject({ life: ['30', 'minutes'] })
  })
})

describe('a group', () => {
  it('is made of what was typed', () => {
    expect(groupInput('p', { ...noGroup, name: ' admins ' })).toEqual({ UserPoolId: 'p', GroupName: 'admins' })
    expect(groupInput('p', { ...noGroup, name: 'admins', precedence: '0' })).toMatchObject({ Precedence: 0 })
  })

  it('keeps what the API can’t take away, and loses its description', () => {
    const before = groupFormOf({ GroupName: 'admins', Description: 'All', Precedence: 1 })
    expect(groupInput('p', { ...before, description: '' }, before)).toEqual({ UserPoolId: 'p', GroupName: 'admins', Description: '' })
    expect(groupFault({ ...before, precedence: '' }, before)).toEqual({
      field: 'precedence',
      says: 'A precedence can be changed but not taken away.',
    })
    expect(groupFault({ ...before, precedence: '-1' }, before)).toEqual({
      field: 'precedence',
      says: 'The precedence is a whole number, 0 or more.',
    })
    expect(groupFault(before, before)).toBeUndefined()
    expect(groupFault(noGroup)).toEqual({ field: 'name', says: 'The group needs a name.' })
    expect(groupFault({ ...noGroup, name: 'the editors' })).toEqual({ field: 'name', says: expect.stringContaining('no spaces') })
    expect(groupFault({ ...noGroup, name: 'редактори-✓' })).toBeUndefined()
  })
})

describe('a resource server', () => {
  const form = resourceServerFormOf({ Identifier: 'api', Name: 'API', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }] })

  it('comes back from its form as it was', () => {
    expect(resourceServerInput('p', form)).toEqual({
      UserPoolId: 'p',
      Identifier: 'api',
      Name: 'API',
      Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }],
    })
    expect(resourceServerFault(form)).toBeUndefined()
  })

  it.each([
    [{ name: '' }, 'The resource server needs a name.'],
    [{ identifier: ' ' }, 'The resource server needs an identifier.'],
    [{ scopes: [{ name: 'read', description: '' }] }, 'Every custom scope needs a name and a description.'],
    [{ scopes: [1, 2].map(() => ({ name: 'read', description: 'Reads' })) }, 'The scope read is given more than once.'],
    [{ identifier: 'aws.cognito.signin' }, 'The identifier aws.cognito.signin is reserved.'],
  ])('with %o: %s', (typed, fault) => {
    expect(resourceServerFault({ ...form, ...typed })).toBe(fault)
  })
})
