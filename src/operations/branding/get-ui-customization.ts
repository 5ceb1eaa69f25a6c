import { allClients } from '../../domain/ui-customization.ts'
import type { Operation } from '../operation.ts'
import { describedLook } from './described-look.ts'
import { openLookHolder } from './open-look-holder.ts'

/** The look of a client's classic pages, or the one for all clients that it inherits; empty where there is none (API_GetUICustomization). */
export const getUICustomization: Operation<'GetUICustomization'> = async (ctx, input) => {
  const { pool, holder } = await openLookHolder(ctx, input.UserPoolId, input.ClientId)
  const worn = await ctx.store.uiCustomizations.worn(pool.uid, holder)
  if (worn === undefined) return { UICustomization: {} }
  return { UICustomization: describedLook(ctx, pool.Id, worn.holder === holder ? (input.ClientId ?? allClients) : allClients, worn) }
}
