import type { UiCustomization } from '../../domain/ui-customization.ts'
import type { UICustomizationType } from '../../model/types.gen.ts'

/**
 * A look of the classic pages as the API shows it; its version is the UTC time of its last change to the second.
 * guess: ImageUrl is left out as long as no page serves the image of a look.
 */
export const describedLook = (UserPoolId: string, ClientId: string, look: UiCustomization): UICustomizationType => ({
  UserPoolId,
  ClientId,
  CSS: look.css,
  CSSVersion: new Date(look.modifiedAt).toISOString().replace(/\D/g, '').slice(0, 14),
  CreationDate: look.createdAt,
  LastModifiedDate: look.modifiedAt,
})
