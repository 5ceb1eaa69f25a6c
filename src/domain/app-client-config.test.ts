import { describe, expect, it } from 'vitest'
import type { CreateUserPoolClientRequest, ExplicitAuthFlowsType } from '../model/types.gen.ts'
import type { AppClient } from './app-client.ts'
import {
  allowedFlows,
  appClientFault,
  appClientTierFault,
  newAppClientSettings,
  oauthFlowFault,
  updatedAppClientSettings,
} from './app-client-config.ts'
import { standardAttributes } from './attribute-schema.ts'
import type { UserPool } from './user-pool.ts'

const create = (input: Partial<CreateUserPoolClientRequest> = {}): CreateUserPoolClientRequest => ({
  UserPoolId: 'us-east-1_Abc',
  ClientName: 'web',
  ...input,
})
const wire = (settings: object): unknown => JSON.parse(JSON.stringify(settings))
const pool = { Id: 'us-east-1_Abc', SchemaAttributes: standardAttributes, UserPoolTier: 'ESSENTIALS' } as UserPool

const defaults = {
  ClientName: 'web',
  RefreshTokenValidity: 30,
  TokenValidityUnits: {},
  AllowedOAuthFlowsUserPoolClient: false,
  EnableTokenRevocation: true,
  EnablePropagateAdditionalUserContextData: false,
  AuthSessionValidity: 3,
}

describe('settings of an app client', () => {
  it('have every default', () => {
    expect(wire(newAppClientSettings(create()))).toEqual(defaults)
  })

  it('keep what was given; empty lists count as nothing', () => {
    const given = {
      AccessTokenValidity: 6,
      ReadAttributes: ['email'],
      ExplicitAuthFlows: ['ALLOW_USER_AUTH'] as ExplicitAuthFlowsType[],
      EnableTokenRevocation: false,
      AuthSessionValidity: 15,
      PreventUserExistenceErrors: 'ENABLED' as const,
    }
    expect(wire(newAppClientSettings(create({ ...given, WriteAttributes: [], CallbackURLs: [] })))).toEqual({ ...defaults, ...given })
  })

  it('count 30 days in the unit that was asked for', () => {
    const minutes = { TokenValidityUnits: { RefreshToken: 'minutes' as const } }
    expect(newAppClientSettings(create(minutes)).RefreshTokenValidity).toBe(43_200)
    expect(newAppClientSettings(create({ ...minutes, RefreshTokenValidity: 0 })).RefreshTokenValidity).toBe(43_200)
  })

  it('have no period of grace unless one is asked for', () => {
    expect(newAppClientSettings(create({ RefreshTokenRotation: { Feature: 'ENABLED' } }))).toMatchObject({
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    })
  })

  it('have no period of grace either while nothing rotates, whatever was asked for', () => {
    const RefreshTokenRotation = { Feature: 'DISABLED' as const, RetryGracePeriodSeconds: 30 }
    expect(newAppClientSettings(create({ RefreshTokenRotation }))).toMatchObject({
      RefreshTokenRotation: { Feature: 'DISABLED', RetryGracePeriodSeconds: 0 },
    })
  })

  it('go back to their defaults on update, the name aside', () => {
    const before = {
      ClientId: 'c',
      ...newAppClientSettings(create({ CallbackURLs: ['https://x'], EnableTokenRevocation: false })),
    } as AppClient
    const after = { ...before, ...updatedAppClientSettings(before, { UserPoolId: 'us-east-1_Abc', ClientId: 'c' }) }
    expect(wire(after)).toEqual({ ClientId: 'c', ...defaults })
    expect(updatedAppClientSettings(before, { UserPoolId: 'p', ClientId: 'c', ClientName: 'new' }).ClientName).toBe('new')
  })
})

describe('allowedFlows', () => {
  it.each<[ExplicitAuthFlowsType[] | undefined, string[]]>([
    [undefined, ['CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH', 'USER_SRP_AUTH']],
    [
      ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      ['REFRESH_TOKEN_AUTH', 'USER_PASSWORD_AUTH'],
    ],
    [
      ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH'],
      ['ADMIN_USER_PASSWORD_AUTH', 'USER_AUTH'],
    ],
    [['ALLOW_CLIENT_TOKEN_AUTH'], ['CLIENT_TOKEN_AUTH']],
    [['USER_PASSWORD_AUTH'], ['CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH', 'USER_PASSWORD_AUTH', 'USER_SRP_AUTH']],
    [['ADMIN_NO_SRP_AUTH'], ['ADMIN_USER_PASSWORD_AUTH', 'CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH', 'USER_SRP_AUTH']],
    [['CUSTOM_AUTH_FLOW_ONLY'], ['CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH']],
    [[], ['CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH', 'USER_SRP_AUTH']],
  ])('%j', (ExplicitAuthFlows, flows) => {
    expect([...allowedFlows({ ExplicitAuthFlows })].sort()).toEqual(flows)
  })

  it('never has refresh while refresh tokens rotate', () => {
    const rotation = { RefreshTokenRotation: { Feature: 'ENABLED' as const } }
    expect(allowedFlows({ ExplicitAuthFlows: ['USER_PASSWORD_AUTH'], ...rotation }).has('REFRESH_TOKEN_AUTH')).toBe(false)
    expect([...allowedFlows(rotation)].sort()).toEqual(['CUSTOM_AUTH', 'USER_SRP_AUTH'])
  })
})

describe('appClientFault', () => {
  const around = (hasSecret: boolean) => ({ pool, hasSecret, use: 'creating' as const })
  const mixed = "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names."
  it.each<[Partial<CreateUserPoolClientRequest>, boolean, string | undefined]>([
    [{}, false, undefined],
    [{ GenerateSecret: true }, true, undefined],
    [{ GenerateSecret: true, ClientSecret: 'x'.repeat(24) }, true, 'GenerateSecret cannot be true when ClientSecret is provided.'],
    [{ GenerateSecret: false, ClientSecret: 'x'.repeat(24) }, true, undefined],
    [
      { EnablePropagateAdditionalUserContextData: true },
      false,
      'Client Secret is required to set EnablePropagateAdditionalUserContextData as true',
    ],
    [{ EnablePropagateAdditionalUserContextData: true }, true, undefined],
    [{ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] }, false, mixed],
    [{ ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'USER_PASSWORD_AUTH'] }, false, undefined],
    [{ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }, false, undefined],
    [
      { ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED' } },
      false,
      'ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled',
    ],
    [{ ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], RefreshTokenRotation: { Feature: 'DISABLED' } }, false, undefined],
    [{ ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] }, true, undefined],
    [
      { ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] },
      false,
      'ALLOW_CLIENT_TOKEN_AUTH cannot be used if client does not have a client secret.',
    ],
    [
      { ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH', 'ALLOW_USER_AUTH'] },
      true,
      'ALLOW_CLIENT_TOKEN_AUTH cannot be used with other auth flows.',
    ],
    [{ AccessTokenValidity: 25 }, false, 'Invalid range for token validity.'],
    [{ WriteAttributes: ['email_verified'] }, false, 'Invalid write attributes specified while creating a client'],
    [{ CallbackURLs: ['https://x.org', 'http://x.org'] }, false, 'http://x.org cannot use the HTTP protocol.'],
    [{ LogoutURLs: ['https://x.org/#a'] }, false, 'https://x.org/#a cannot use fragment'],
    [{ CallbackURLs: ['https://x.org'], DefaultRedirectURI: 'https://x.org' }, false, undefined],
    [
      { CallbackURLs: ['https://x.org'], DefaultRedirectURI: 'https://x.org/' },
      false,
      'The default redirect URI https://x.org/ is not in the callback URIs list.',
    ],
    [{ SupportedIdentityProviders: ['COGNITO'] }, false, undefined],
    [{ SupportedIdentityProviders: ['COGNITO', 'Google'] }, false, 'The provider Google does not exist for User Pool us-east-1_Abc'],
  ])('%j, secret %s', (input, hasSecret, fault) => {
    expect(appClientFault(create(input), around(hasSecret))).toBe(fault)
  })

  it('tells updates from creations', () => {
    const updating = { UserPoolId: pool.Id, ClientId: 'c', ReadAttributes: ['x'] }
    expect(appClientFault(updating, { ...around(false), use: 'updating' })).toBe(
      'Invalid read attributes specified while updating a client',
    )
  })
})

describe('oauthFlowFault', () => {
  const required = 'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.'
  it.each<[Partial<CreateUserPoolClientRequest>, boolean, string | undefined]>([
    [{}, false, undefined],
    [{ AllowedOAuthFlowsUserPoolClient: true }, false, required],
    [{ AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'], CallbackURLs: ['https://x'] }, false, required],
    [
      { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid'], CallbackURLs: ['https://x'] },
      false,
      undefined,
    ],
    [{ AllowedOAuthFlows: ['implicit'] }, false, 'CallbackUrls can not be empty when code flow or implicit flow is selected'],
    [
      { AllowedOAuthFlows: ['client_credentials', 'code'] },
      true,
      'client_credentials flow can not be selected along with code flow or implicit flow.',
    ],
    [
      { AllowedOAuthFlows: ['client_credentials'] },
      false,
      'client_credentials flow can not be selected if client does not have a client secret.',
    ],
    [
      { AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['a/b', 'openid'] },
      true,
      'openid is not supported with client_credentials flow',
    ],
    [{ AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['a/b'] }, true, undefined],
  ])('%j, secret %s', (input, hasSecret, fault) => {
    expect(oauthFlowFault(create(input), hasSecret)).toBe(fault)
  })
})

describe('appClientTierFault', () => {
  const lite = { ...pool, UserPoolTier: 'LITE' as const }
  it('is about LITE only', () => {
    const input = create({ ExplicitAuthFlows: ['ALLOW_USER_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED' } })
    expect(appClientTierFault(input, pool)).toBeUndefined()
    expect(appClientTierFault(create(), lite)).toBeUndefined()
    expect(appClientTierFault(input, lite)).toBe(
      'The following features need to be disabled for the LITE pricing tier configured: Passwordless Sign-In, Refresh Token Rotation',
    )
  })
})
