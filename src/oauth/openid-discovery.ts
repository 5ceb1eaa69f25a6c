import { acrLevels } from '../domain/acr-configuration.ts'
import { standardAttributes } from '../domain/attribute-schema.ts'
import { pageLanguages } from '../domain/page-languages.ts'
import { addressScope } from '../domain/scopes.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { responseTypes } from './response-type.ts'

/** What a pool publishes where OpenID Connect rules: what AWS does not publish, though it holds, and what holds with `strict-oidc` only. */
export interface OpenIdMembers {
  readonly response_types_supported: readonly string[]
  readonly response_modes_supported: readonly string[]
  readonly scopes_supported: readonly string[]
  readonly grant_types_supported: readonly string[]
  readonly code_challenge_methods_supported: readonly string[]
  readonly prompt_values_supported: readonly string[]
  readonly acr_values_supported?: readonly string[]
  readonly claims_supported: readonly string[]
  readonly claim_types_supported: readonly string[]
  readonly ui_locales_supported: readonly string[]
  readonly token_endpoint_auth_methods_supported: readonly string[]
  readonly revocation_endpoint_auth_methods_supported: readonly string[]
  readonly claims_parameter_supported: false
  readonly request_parameter_supported: false
  /** True where it is left out (OpenID Connect Discovery 1.0 section 3). */
  readonly request_uri_parameter_supported: false
}

/** `none`: app clients without a secret. */
const authenticationMethods = ['client_secret_basic', 'client_secret_post', 'none'] as const

const ofTokens = ['sub', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'at_hash', 'acr', 'amr', 'cognito:username', 'cognito:groups']

/** Custom attributes are nobody's business before sign-in. */
const ofUsers = standardAttributes.map(({ Name }) => Name).filter((name) => name !== 'sub' && name !== 'identities')

/** The members of a pool's OpenID configuration with `strict-oidc`. */
export const openIdMembers = ({ AcrConfiguration, UserPoolTier }: UserPool): OpenIdMembers => ({
  response_types_supported: responseTypes({ strictOidc: true }),
  response_modes_supported: ['query', 'fragment'],
  scopes_supported: ['openid', 'email', 'phone', 'profile', addressScope],
  grant_types_supported: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
  code_challenge_methods_supported: ['S256'],
  prompt_values_supported: ['none', 'login', 'select_account'],
  ...(UserPoolTier !== 'LITE' && {
    acr_values_supported: Object.values(acrLevels(AcrConfiguration)).flatMap(({ AcrValue }) => AcrValue ?? []),
  }),
  claims_supported: [...ofTokens, ...ofUsers],
  claim_types_supported: ['normal'],
  ui_locales_supported: pageLanguages,
  token_endpoint_auth_methods_supported: authenticationMethods,
  revocation_endpoint_auth_methods_supported: authenticationMethods,
  claims_parameter_supported: false,
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
})
