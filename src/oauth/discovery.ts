import type { Services } from '../context.ts'
import { allowsRegistration } from '../domain/dynamic-registration.ts'
import { issuerOf } from '../domain/issuer.ts'
import { poolUrl } from '../domain/pool-url.ts'
import { type OpenIdMembers, openIdMembers } from './openid-discovery.ts'
import { registrationUrl } from './registration-url.ts'
import { responseTypes } from './response-type.ts'

/** What a pool publishes about itself (OpenID Connect Discovery 1.0 section 3). */
export interface Discovery extends Partial<OpenIdMembers> {
  readonly issuer: string
  readonly jwks_uri: string
  readonly authorization_endpoint: string
  readonly end_session_endpoint: string
  readonly token_endpoint: string
  readonly revocation_endpoint: string
  readonly userinfo_endpoint: string
  readonly registration_endpoint?: string
  readonly introspection_endpoint?: string
  readonly introspection_endpoint_auth_methods_supported?: readonly string[]
  readonly id_token_signing_alg_values_supported: readonly string[]
  readonly response_types_supported: readonly string[]
  readonly scopes_supported: readonly string[]
  readonly subject_types_supported: readonly string[]
  readonly token_endpoint_auth_methods_supported: readonly string[]
  readonly authorization_response_iss_parameter_supported?: true
  readonly backchannel_logout_supported?: true
  readonly backchannel_logout_session_supported?: true
}

/**
 * A pool's OpenID configuration; undefined for an unknown pool. Endpoints that are not served are not advertised. They are at the pool's
 * domain where it has one, as on AWS, and at this server's own address also where the issuer is written as on AWS.
 */
export const discovery = async (ctx: Pick<Services, 'store' | 'policy'>, poolId: string): Promise<Discovery | undefined> => {
  const pool = await ctx.store.pools.byId(poolId)
  if (pool === undefined) return undefined
  const base = poolUrl(ctx.policy.publicUrl, pool)
  return {
    issuer: issuerOf(ctx.policy, pool),
    jwks_uri: `${ctx.policy.publicUrl}/${pool.Id}/.well-known/jwks.json`,
    authorization_endpoint: `${base}/oauth2/authorize`,
    end_session_endpoint: `${base}/logout`,
    token_endpoint: `${base}/oauth2/token`,
    revocation_endpoint: `${base}/oauth2/revoke`,
    userinfo_endpoint: `${base}/oauth2/userInfo`,
    ...(allowsRegistration(pool) && { registration_endpoint: registrationUrl(ctx.policy.publicUrl, pool) }),
    ...(ctx.policy.introspection && {
      introspection_endpoint: `${base}/oauth2/introspect`,
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    }),
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: responseTypes({ strictOidc: false }),
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    ...(ctx.policy.responseIss && { authorization_response_iss_parameter_supported: true }),
    ...(ctx.policy.backchannelLogout.size > 0 && { backchannel_logout_supported: true, backchannel_logout_session_supported: true }),
    ...(ctx.policy.strictOidc && openIdMembers(pool)),
  }
}
