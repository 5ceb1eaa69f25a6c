import type { Context } from '../../context.ts'
import { classicVersion, imageUrl, logoName } from '../../domain/branding-url.ts'
import { allClients, type UiCustomization } from '../../domain/ui-customization.ts'
import type { UICustomizationType } from '../../model/types.gen.ts'

/**
 * A look of the classic pages as the API shows it; its version is the UTC time of its last change to the second.
 * guess: ImageUrl is on this server's public address, under the pool's id where the look is that of all clients.
 */
export const describedLook = (ctx: Context, UserPoolId: string, ClientId: string, look: UiCustomization): UICustomizationType => ({
  UserPoolId,
  ClientId,
  ImageUrl:
    look.imageType && ctx.policy.publicUrl + imageUrl(ClientId === allClients ? UserPoolId : ClientId, logoName, classicVersion(look)),
  CSS: look.css,
  CSSVersion: new Date(look.modifiedAt).toISOString().replace(/\D/g, '').slice(0, 14),
  CreationDate: look.createdAt,
  LastModifiedDate: look.modifiedAt,
})
