import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { describedBranding } from './described-branding.ts'
import { brandingNotFound } from './open-branding.ts'

/** The style of an app client with its settings and images. */
export const describeManagedLoginBrandingByClient: Operation<'DescribeManagedLoginBrandingByClient'> = async (ctx, input) => {
  const { pool, client } = await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId)
  const found = await ctx.store.brandings.byClient(pool.uid, client.uid)
  if (found === undefined) throw brandingNotFound(client.ClientId)
  return { ManagedLoginBranding: describedBranding(found) }
}
