import { belongsToServer, domainNames, isCustomDomain, withDomain } from '../../domain/pool-domain.ts'
import type { PoolDomain } from '../../domain/user-pool.ts'
import { invalidParameter } from '../../errors.ts'
import type { Operation } from '../operation.ts'
import { changeDomains } from './change-domains.ts'
import { changedDomain, publicHost } from './described-domain.ts'
import { requireSoundDomain } from './require-sound-domain.ts'

const domainTaken = 'Domain already associated with another user pool.'

/** Gives a pool a prefix or a custom domain, at once; it may have one of each (developer guide, "Configuring a user pool domain"). */
export const createUserPoolDomain: Operation<'CreateUserPoolDomain'> = async (ctx, input) => {
  const { UserPoolId, Domain, CustomDomainConfig, Routing, ManagedLoginVersion = 1 } = input
  const made: PoolDomain = { uid: ctx.random.uuid(), Domain, ManagedLoginVersion, CustomDomainConfig, Routing }
  const domain = await changeDomains(
    ctx,
    UserPoolId,
    (pool) => {
      requireSoundDomain(pool, input)
      if (isCustomDomain(made) && belongsToServer(Domain, publicHost(ctx))) throw invalidParameter(domainTaken)
      const names = domainNames(pool)
      const present = isCustomDomain(made) ? names.CustomDomain : names.Domain
      if (present !== undefined) throw invalidParameter('User pool already has a domain configured.')
      return { pool: withDomain(pool, made), domain: made }
    },
    async (change) => {
      const outcome = await ctx.store.domains.create(ctx.by(), change.pool, change.domain)
      if (outcome === 'domain taken') throw invalidParameter(domainTaken)
      return outcome
    },
  )
  return changedDomain(ctx, domain)
}
