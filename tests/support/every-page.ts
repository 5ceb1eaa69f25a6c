import type { MadePool } from './make-pool.ts'
import { authorizeQuery } from './page-pool.ts'

/** An address of every page and endpoint that answers GET without anybody being signed in, for one pool. */
export const everyPage = (pool: MadePool): readonly string[] => {
  const query = authorizeQuery(pool)
  return [
    `/oauth2/authorize?${query}`,
    `/oauth2/authorize?${authorizeQuery(pool, { scope: 'nonsense' })}`,
    `/oauth2/authorize?${authorizeQuery(pool, { redirect_uri: 'https://evil.example.com' })}`,
    `/login?${query}`,
    `/signup?${query}`,
    `/confirm?${query}`,
    `/resendcode?${query}`,
    `/forgotPassword?${query}`,
    `/confirmforgotPassword?${query}`,
    `/passkeys/add?${query}`,
    `/confirmUser?client_id=${pool.ClientId}`,
    `/feedback?client_id=${pool.ClientId}`,
    `/logout?client_id=${pool.ClientId}&logout_uri=https://app.example.com/bye`,
    `/logout?client_id=${pool.ClientId}&logout_uri=https://evil.example.com`,
    '/error?error=redirect_mismatch',
    `/${pool.UserPoolId}/.well-known/openid-configuration`,
    `/${pool.UserPoolId}/.well-known/jwks.json`,
  ]
}
