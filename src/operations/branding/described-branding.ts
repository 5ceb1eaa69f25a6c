import { assetSlot, type StyledLogin } from '../../domain/login-branding.ts'
import type { ManagedLoginBrandingType } from '../../model/types.gen.ts'

/**
 * A style as the API shows it, with all of its images in the order of their slots; the list of images is there even when it is empty, as
 * was measured (floci-io/floci#2869).
 * guess: ReturnMergedResources changes nothing, as the defaults of the pages are not among the settings of a style.
 */
export const describedBranding = ({ branding, assets }: StyledLogin): ManagedLoginBrandingType => ({
  ...branding,
  Assets: [...assets].sort((a, b) => (assetSlot(a) < assetSlot(b) ? -1 : 1)),
})
