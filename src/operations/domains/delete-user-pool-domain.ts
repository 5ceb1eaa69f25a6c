import { withoutDomain } from '../../domain/pool-domain.ts'
import type { Operation } from '../operation.ts'
import { changeDomains } from './change-domains.ts'
import { openDomain } from './require-sound-domain.ts'

/** Takes a domain from its pool; the name is free at once. */
export const deleteUserPoolDomain: Operation<'DeleteUserPoolDomain'> = async (ctx, input) => {
  await changeDomains(
    ctx,
    input.UserPoolId,
    (pool) => {
      const domain = openDomain(pool, input.Domain)
      return { pool: withoutDomain(pool, domain), domain }
    },
    ({ pool, domain }) => ctx.store.domains.delete(ctx.by(), pool, domain),
  )
  return {}
}
