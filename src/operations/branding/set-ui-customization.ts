import { imageType } from '../../domain/image-type.ts'
import { allClients, uiCustomizationFault } from '../../domain/ui-customization.ts'
import { invalidParameter } from '../../errors.ts'
import type { Operation } from '../operation.ts'
import { describedLook } from './described-look.ts'
import { openLookHolder } from './open-look-holder.ts'

/**
 * Replaces style sheet and logo of the classic pages, both at once (developer guide, "Customizing hosted UI (classic) branding"), for one
 * client or for all that have no look of their own. The pool needs a domain; AWS's words are as clients report them.
 * guess: a request with neither CSS nor an image takes the look away.
 */
export const setUICustomization: Operation<'SetUICustomization'> = async (ctx, input) => {
  const { pool, holder } = await openLookHolder(ctx, input.UserPoolId, input.ClientId)
  const ClientId = input.ClientId ?? allClients
  const css = input.CSS || undefined
  const image = input.ImageFile?.length ? input.ImageFile : undefined
  if (css === undefined && image === undefined) {
    await ctx.store.uiCustomizations.remove(ctx.by(), pool.uid, holder)
    return { UICustomization: { UserPoolId: pool.Id, ClientId } }
  }
  if (!pool.domains?.length) throw invalidParameter('There has to be an existing domain associated with this user pool')
  const fault = uiCustomizationFault(css, image)
  if (fault !== undefined) throw invalidParameter(fault)
  const now = ctx.clock.now()
  const look = { poolUid: pool.uid, holder, css, imageType: image && imageType(image), createdAt: now, modifiedAt: now }
  return { UICustomization: describedLook(ctx, pool.Id, ClientId, await ctx.store.uiCustomizations.put(ctx.by(), look, image)) }
}
