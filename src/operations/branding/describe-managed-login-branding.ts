import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { describedBranding } from './described-branding.ts'
import { openBranding } from './open-branding.ts'

/** A style with its settings and images, by its id. */
export const describeManagedLoginBranding: Operation<'DescribeManagedLoginBranding'> = async (ctx, input) => ({
  ManagedLoginBranding: describedBranding(await openBranding(ctx, await openPool(ctx, input.UserPoolId), input.ManagedLoginBrandingId)),
})
