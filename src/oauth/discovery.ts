import type { Services } from '../context.ts'
import { issuerOf } from '../domain/issuer.ts'

/** What a pool publishes about itself (OpenID Connect Discovery 1.0 section 3). */
export interface Discovery {
  readonly issuer: string
  readonly jwks_uri: string
  readonly token_endpoint: string
  readonly revocation_endpoint: string
  readonly userinfo_endpoint: string
  readonly id_token_signing_alg_values_supported: readonly string[]
  readonly response_types_supported: readonly string[]
  readonly scopes_supported: readonly string[]
  readonly subject_types_supported: readonly string[]
  readonly token_endpoint_auth_methods_supported: readonly string[]
}

/**
 * A pool's OpenID configuration; undefined for an unknown pool. Endpoints that are not served are not advertised. The addresses
 * are this server's own also where the issuer is written as on AWS.
 */
export const discovery = async (ctx: Pick<Services, 'store' | 'policy'>, poolId: string): Promise<Discovery | undefined> => {
  const pool = await ctx.store.pools.byId(poolId)
  if (pool === undefined) return undefined
  return {
    issuer: issuerOf(ctx.policy, pool),
    jwks_uri: `${ctx.policy.publicUrl}/${pool.Id}/.well-known/jwks.json`,
    token_endpoint: `${ctx.policy.publicUrl}/oauth2/token`,
    revocation_endpoint: `${ctx.policy.publicUrl}/oauth2/revoke`,
    userinfo_endpoint: `${ctx.policy.publicUrl}/oauth2/userInfo`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  }
}
