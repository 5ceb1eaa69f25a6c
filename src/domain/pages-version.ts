import { isCustomDomain } from './pool-domain.ts'
import type { PoolDomain, UserPool } from './user-pool.ts'

/** The version of the pages: 1 the classic ones, 2 managed login. */
export type PagesVersion = 1 | 2

const versionOf = ({ ManagedLoginVersion }: PoolDomain): PagesVersion => (ManagedLoginVersion === 2 ? 2 : 1)

/**
 * Which pages a pool shows at a domain of its own, or at the server's own address: those of its custom domain, else of its prefix. A pool
 * without a domain has managed login where its tier does (API_CreateUserPoolDomain, ManagedLoginVersion).
 */
export const pagesVersion = (
  { UserPoolTier, domains = [] }: Pick<UserPool, 'UserPoolTier' | 'domains'>,
  domain?: PoolDomain,
): PagesVersion => {
  const shown = domain ?? domains.find(isCustomDomain) ?? domains[0]
  if (UserPoolTier === 'LITE') return 1
  return shown === undefined ? 2 : versionOf(shown)
}
