import { allClients } from '../../domain/ui-customization.ts'
import type { Operation } from '../operation.ts'
import { describedLook } from './described-look.ts'
import { openLookHolder } from './open-look-holder.ts'

/** The look of a client's classic pages, or the one for all clients that it inherits; empty where there is none (API_GetUICustomization). */
export const getUICustomization: Operation<'GetUICustomization'> = async (ctx, input) => {
  const { pool, holder } = await openLookHolder(ctx, input.UserPoolId, input.ClientId)
  const own = await ctx.store.uiCustomizations.byHolder(pool.uid, holder)
  if (own !== undefined) return { UICustomization: describedLook(pool.Id, input.ClientId ?? allClients, own) }
  const inherited = await ctx.store.uiCustomizations.byHolder(pool.uid, allClients)
  return { UICustomization: inherited === undefined ? {} : describedLook(pool.Id, allClients, inherited) }
}
