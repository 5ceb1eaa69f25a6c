import { conversionFault, withDomain } from '../../domain/pool-domain.ts'
import { invalidParameter } from '../../errors.ts'
import type { Operation } from '../operation.ts'
import { changeDomains } from './change-domains.ts'
import { changedDomain } from './described-domain.ts'
import { openDomain, requireSoundDomain } from './require-sound-domain.ts'

/**
 * Changes the version of a domain's pages, its certificate or its routing.
 * guess: an UpdateUserPoolDomain request that leaves out ManagedLoginVersion or Routing leaves them as they are.
 */
export const updateUserPoolDomain: Operation<'UpdateUserPoolDomain'> = async (ctx, input) => {
  const { CustomDomainConfig } = input
  const domain = await changeDomains(
    ctx,
    input.UserPoolId,
    (pool) => {
      const present = openDomain(pool, input.Domain)
      const conversion = conversionFault(present, input)
      if (conversion !== undefined) throw invalidParameter(conversion)
      const { ManagedLoginVersion = present.ManagedLoginVersion, Routing = present.Routing } = input
      const changed = { ...present, CustomDomainConfig, ManagedLoginVersion, Routing }
      requireSoundDomain(pool, changed)
      return { pool: withDomain(pool, changed), domain: changed }
    },
    (change) => ctx.store.pools.update(ctx.by(), change.pool),
  )
  return changedDomain(ctx, domain)
}
