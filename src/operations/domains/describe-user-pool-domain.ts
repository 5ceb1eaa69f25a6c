import type { Operation } from '../operation.ts'
import { describedDomain } from './described-domain.ts'

/** A domain by its name; an empty description for one that nobody has in the region, as on AWS. */
export const describeUserPoolDomain: Operation<'DescribeUserPoolDomain'> = async (ctx, input) => {
  const found = await ctx.store.domains.byName(input.Domain)
  if (found === undefined || found.pool.region !== ctx.call.region) return { DomainDescription: {} }
  return { DomainDescription: describedDomain(ctx, found.pool, found.domain) }
}
