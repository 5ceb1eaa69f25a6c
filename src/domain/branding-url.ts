import { type AssetPlace, assetSlot, type LoginBranding } from './login-branding.ts'
import { allClients, type UiCustomization } from './ui-customization.ts'

/** Grows when this program writes another sheet for the same settings, so that browsers ask for it. */
const revision = 1

/** The version in the URLs of what a style of managed login has; no other style, and no other state of it, has the same. */
export const styleVersion = ({ ManagedLoginBrandingId, version }: LoginBranding): string =>
  `2.${ManagedLoginBrandingId.slice(0, 8)}.${version}.${revision}`

/** The version in the URLs of what a look of the classic pages has. */
export const classicVersion = ({ holder, modifiedAt }: UiCustomization): string =>
  `1.${holder === allClients ? 'pool' : 'client'}.${modifiedAt}.${revision}`

/** Where a client's sheet is, below the path `root` of the public URL; client ids have word characters and pluses only, which need no escapes. */
export const sheetUrl = (clientId: string, version: string, root = ''): string => `${root}/assets/branding/${clientId}.css?v=${version}`

/** Where an image is, below `root`; `holder` is a client's id, or a pool's for what all of its clients have. */
export const imageUrl = (holder: string, name: string, version: string, root = ''): string =>
  `${root}/assets/branding/${holder}/${name}?v=${version}`

/** The name of the classic pages' logo in its URL. */
export const logoName = 'logo'

/** The name of an image in its URL: `form-logo.light`, and a resource id after another dot. */
export const imageName = ({ Category, ColorMode, ResourceId }: AssetPlace): string => {
  const name = `${Category.toLowerCase().replaceAll('_', '-')}.${ColorMode.toLowerCase()}`
  return ResourceId === undefined ? name : `${name}.${encodeURIComponent(ResourceId)}`
}

const form = /^([a-z-]{1,40})\.(light|dark|dynamic)(?:\.([\w -]{1,40}))?$/

/** The slot that a name in a URL means, whether or not a style has it; undefined where the name has another form. */
export const readImageName = (name: string): string | undefined => {
  const [, category = '', mode = '', ResourceId] = form.exec(name.replaceAll('%20', ' ')) ?? []
  if (category === '') return undefined
  const place = { Category: category.replaceAll('-', '_').toUpperCase(), ColorMode: mode.toUpperCase(), ResourceId }
  return assetSlot(place as AssetPlace)
}
