import { poolUrl } from '../domain/pool-url.ts'
import type { UserPool } from '../domain/user-pool.ts'

/** Where app clients of a pool register: at its domain, and without one at the server's own address under the pool's id. */
export const registrationUrl = (publicUrl: string, pool: Pick<UserPool, 'domains' | 'region' | 'Id'>): string => {
  const url = poolUrl(publicUrl, pool)
  return url === publicUrl ? `${publicUrl}/${pool.Id}/oauth2/register` : `${url}/oauth2/register`
}
