import { describe, expect, it } from 'vitest'
import { type RegistrationLimits, readRegistration } from './registration-request.ts'

const uri = 'https://app.example/cb'
const limits: RegistrationLimits = {
  grants: ['code', 'client_credentials'],
  scopes: ['openid', 'email', 'aws.cognito.signin.user.admin', 'api/read'],
}
const read = (metadata: unknown, given: Partial<RegistrationLimits> = {}) => readRegistration(metadata, { ...limits, ...given })
const web = { redirect_uris: [uri] }

describe('readRegistration', () => {
  it('has the defaults of RFC 7591, and every scope that there may be', () => {
    expect(read(web)).toEqual({
      name: undefined,
      redirectUris: [uri],
      grant: 'code',
      authenticationMethod: 'client_secret_basic',
      scopes: limits.scopes,
    })
  })

  it.each([
    [{ ...web, grant_types: ['authorization_code', 'refresh_token'] }, { grant: 'code' }],
    [{ ...web, grant_types: ['authorization_code', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code'] }, { grant: 'code' }],
    [{ ...web, response_types: ['code', 'token'] }, { grant: 'code' }],
    [{ ...web, token_endpoint_auth_method: 'none' }, { authenticationMethod: 'none' }],
    [{ ...web, scope: 'openid  offline_access api/read' }, { scopes: ['openid', 'api/read'] }],
    [{ ...web, scope: '' }, { scopes: limits.scopes }],
    [
      { ...web, scope: null, client_name: null, grant_types: null },
      { grant: 'code', name: undefined },
    ],
    [{ ...web, client_name: 'Claude Code (shop:\u0000<b>)' }, { name: 'Claude Code shop b' }],
    [{ ...web, client_name: '（）' }, { name: undefined }],
    [{ redirect_uris: [uri, uri] }, { redirectUris: [uri] }],
    [{ grant_types: ['client_credentials'] }, { grant: 'client_credentials', redirectUris: [], scopes: ['api/read'] }],
    [{ ...web, logo_uri: 'http://169.254.169.254/', jwks: 7, software_statement: 'x', 'client_name#de': 'y' }, { redirectUris: [uri] }],
  ])('takes %j', (metadata, registration) => expect(read(metadata)).toMatchObject(registration))

  it.each([
    [undefined, 'The request must be a JSON object.'],
    [null, 'The request must be a JSON object.'],
    [[web], 'The request must be a JSON object.'],
    ['x', 'The request must be a JSON object.'],
    [{ ...web, client_name: 7 }, 'client_name must be a text of at most 128 characters.'],
    [{ ...web, client_name: 'x'.repeat(129) }, 'client_name must be a text of at most 128 characters.'],
    [{ ...web, grant_types: 'authorization_code' }, 'grant_types must be a list of texts.'],
    [{ ...web, grant_types: [7] }, 'grant_types must be a list of texts.'],
    [{ ...web, grant_types: [] }, 'None of the grant types is allowed.'],
    [{ ...web, grant_types: ['implicit', 'password'] }, 'None of the grant types is allowed.'],
    [{ ...web, grant_types: ['__proto__', 'constructor'] }, 'None of the grant types is allowed.'],
    [
      { ...web, grant_types: ['authorization_code', 'client_credentials'] },
      'authorization_code and client_credentials cannot be combined.',
    ],
    [{ ...web, response_types: 'code' }, 'response_types must be a list of texts.'],
    [{ ...web, response_types: ['token'] }, 'The grant type authorization_code needs the response type code.'],
    [{ ...web, token_endpoint_auth_method: 'private_key_jwt' }, 'token_endpoint_auth_method is not supported.'],
    [{ ...web, token_endpoint_auth_method: ['none'] }, 'token_endpoint_auth_method is not supported.'],
    [
      { grant_types: ['client_credentials'], token_endpoint_auth_method: 'none' },
      'The grant type client_credentials needs a client secret.',
    ],
    [{ ...web, scope: ['openid'] }, 'scope must be a text.'],
    [{ ...web, scope: 'api/admin' }, 'None of the scopes is allowed.'],
    [{ grant_types: ['client_credentials'], scope: 'openid aws.cognito.signin.user.admin' }, 'None of the scopes is allowed.'],
  ])('refuses %j', (metadata, description) => expect(read(metadata)).toEqual({ error: 'invalid_client_metadata', description }))

  it.each([
    [{}, 'A redirect URI is missing.'],
    [{ redirect_uris: [] }, 'A redirect URI is missing.'],
    [{ redirect_uris: uri }, 'redirect_uris must be a list of texts.'],
    [{ redirect_uris: [uri, { toString: 'x' }] }, 'redirect_uris must be a list of texts.'],
    [{ redirect_uris: [uri, 'javascript:alert(1)'] }, 'A redirect URI is not allowed.'],
    [{ redirect_uris: Array.from({ length: 101 }, (_, n) => `${uri}/${n}`) }, 'There are more than 100 redirect URIs.'],
    [JSON.parse('{"__proto__": {"redirect_uris": ["https://app.example"]}}'), 'A redirect URI is missing.'],
  ])('refuses the redirect URIs of %j', (metadata, description) =>
    expect(read(metadata)).toEqual({ error: 'invalid_redirect_uri', description }),
  )

  it('gives a grant only where the pool does, and so makes a choice of two', () => {
    const both = { ...web, grant_types: ['authorization_code', 'client_credentials'] }
    expect(read(both, { grants: ['code'] })).toMatchObject({ grant: 'code' })
    expect(read(both, { grants: ['client_credentials'] })).toMatchObject({ grant: 'client_credentials' })
    expect(read(both, { grants: [] })).toMatchObject({ description: 'None of the grant types is allowed.' })
  })

  it('takes 100 redirect URIs, and gives 50 scopes at most', () => {
    const many = Array.from({ length: 60 }, (_, n) => `api/${n}`)
    const registration = read({ redirect_uris: Array.from({ length: 100 }, (_, n) => `${uri}/${n}`) }, { scopes: many })
    expect(registration).toMatchObject({ scopes: many.slice(0, 50) })
  })
})
