import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { brandingNotFound, openBranding } from './open-branding.ts'

/** Deletes a style with its images; its app client can then get another one. */
export const deleteManagedLoginBranding: Operation<'DeleteManagedLoginBranding'> = async (ctx, input) => {
  const { branding } = await openBranding(ctx, await openPool(ctx, input.UserPoolId), input.ManagedLoginBrandingId)
  if ((await ctx.store.brandings.delete(ctx.by(), branding)) === 'absent') throw brandingNotFound()
}
