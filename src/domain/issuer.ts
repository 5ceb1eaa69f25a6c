import type { UserPool } from './user-pool.ts'

/**
 * The `iss` of a pool's tokens, which is also where verifiers look for its keys. On AWS a pool whose IssuerConfiguration is UPDATED has an
 * address that several regions serve (developer guide, "Amazon Cognito user pools as an OIDC issuer"); a server of its own has one address
 * anyway, and keeps it.
 */
export const issuerOf = (
  policy: { readonly publicUrl: string; readonly issuer: 'own' | 'aws' },
  { Id, region, IssuerConfiguration }: Pick<UserPool, 'Id' | 'region' | 'IssuerConfiguration'>,
): string => {
  if (policy.issuer === 'own') return `${policy.publicUrl}/${Id}`
  const host = IssuerConfiguration?.Type === 'UPDATED' ? 'issuer-cognito-idp' : 'cognito-idp'
  return `https://${host}.${region}.amazonaws.com/${Id}`
}
