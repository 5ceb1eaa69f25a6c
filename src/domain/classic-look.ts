import { classicVersion, imageUrl, logoName, sheetUrl } from './branding-url.ts'
import { type Look, plainLook } from './look.ts'
import type { UiCustomization } from './ui-customization.ts'

/**
 * The look of the classic pages of a client: with its own customization, its pool's, or none; its URLs are below the path `root` of the public
 * URL. AWS centres the logo above the form.
 * guess: classic pages with a style sheet or logo of the operator are light in every browser, because those were made for light pages.
 */
export const classicLook = (clientId: string, customization: UiCustomization | undefined, root = ''): Look => {
  const plain = plainLook(1)
  if (customization === undefined) return plain
  const version = classicVersion(customization)
  const logo = customization.imageType && { light: imageUrl(clientId, logoName, version, root) }
  return {
    ...plain,
    mode: 'light',
    sheetUrl: customization.css === undefined ? undefined : sheetUrl(clientId, version, root),
    logo: logo && { picture: logo, side: 'center', edge: 'top', inside: true },
  }
}
