import type { AssetType, Document } from '../model/types.gen.ts'
import { imageType } from './image-type.ts'
import { assetSlot, type BrandingAsset, type StyleSettings } from './login-branding.ts'
import { svgFault } from './svg-fault.ts'

type Category = AssetType['Category']
type Extension = AssetType['Extension']

const pictures: readonly Extension[] = ['PNG', 'SVG', 'JPEG']

/** Developer guide, "Image assets". */
const extensions: Readonly<Record<Category, readonly Extension[]>> = {
  FAVICON_ICO: ['ICO'],
  FAVICON_SVG: ['SVG'],
  EMAIL_GRAPHIC: pictures,
  SMS_GRAPHIC: pictures,
  AUTH_APP_GRAPHIC: pictures,
  PASSWORD_GRAPHIC: pictures,
  PASSKEY_GRAPHIC: pictures,
  PAGE_HEADER_LOGO: pictures,
  PAGE_HEADER_BACKGROUND: pictures,
  PAGE_FOOTER_LOGO: pictures,
  PAGE_FOOTER_BACKGROUND: pictures,
  PAGE_BACKGROUND: pictures,
  FORM_BACKGROUND: pictures,
  FORM_LOGO: pictures,
  IDP_BUTTON_ICON: ['ICO', 'SVG'],
}

const sections: ReadonlySet<string> = new Set(['categories', 'componentClasses', 'components'])

/** What a request asks a style to be. */
interface Asked {
  readonly UseCognitoProvidedValues?: boolean | undefined
  readonly Settings?: Document | undefined
  readonly Assets?: readonly AssetType[] | undefined
}

/**
 * Why a style is refused (InvalidParameterException); undefined when it is sound. That a request must name one source of settings, also when
 * it only brings images, and that images are taken beside AWS's own settings was measured (floci-io/floci#2869).
 * guess: the other sentences about styles of managed login that are refused are our own.
 */
export const loginBrandingFault = ({ UseCognitoProvidedValues = false, Settings, Assets = [] }: Asked): string | undefined =>
  UseCognitoProvidedValues === (Settings !== undefined)
    ? 'useCognitoProvidedValues or settings should be specified (but not both)'
    : (settingsFault(Settings) ?? assetsFault(Assets))

const isObject = (value: Document | undefined): value is StyleSettings =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** guess: in Settings colours are eight hex digits, radii are numbers and switches are booleans. */
const settingsFault = (settings: Document | undefined): string | undefined => {
  if (settings === undefined) return undefined
  if (!isObject(settings)) return 'Settings must be a JSON object.'
  return valueFault('Settings', sectionsOf(settings))
}

const sectionsOf = (settings: StyleSettings): StyleSettings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => sections.has(name)))

const valueFault = (path: string, value: Document): string | undefined => {
  if (typeof value === 'string' && value.length > 256) return `${path} is too long.`
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, member] of Object.entries(value)) {
    const place = `${path}.${name.slice(0, 64)}`
    const fault = leafFault(name, place, member) ?? valueFault(place, member)
    if (fault !== undefined) return fault
  }
  return undefined
}

const leafFault = (name: string, place: string, value: Document): string | undefined => {
  if (/^color$|Color$/.test(name) && !(typeof value === 'string' && /^[0-9a-f]{8}$/i.test(value)))
    return `${place} must be eight hex digits.`
  if (name === 'borderRadius' && !(typeof value === 'number' && value >= 0 && value <= 1000)) return `${place} must be a number of pixels.`
  if ((name === 'enabled' || name === 'displayGraphics') && typeof value !== 'boolean') return `${place} must be true or false.`
  return undefined
}

const assetsFault = (assets: readonly AssetType[]): string | undefined => {
  const slots = new Set(assets.map(assetSlot))
  if (slots.size < assets.length) return 'Assets has two images for one category and color mode.'
  for (const asset of assets) {
    const fault = assetFault(asset)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** guess: an asset without Bytes is refused when a style is created or updated. */
const assetFault = ({ Category, Extension, Bytes }: AssetType): string | undefined => {
  if (!extensions[Category].includes(Extension)) return `The asset ${Category} does not accept files of type ${Extension}.`
  if (Bytes === undefined || Bytes.length === 0) return `The asset ${Category} has no Bytes.`
  if (imageType(Bytes) !== Extension) return `The Bytes of the asset ${Category} are no ${Extension} file.`
  return Extension === 'SVG' ? svgFault(Bytes) : undefined
}

/** The images of a sound request. */
export const brandingAssets = (assets: readonly AssetType[] | undefined): BrandingAsset[] =>
  (assets ?? []).flatMap(({ Category, ColorMode, Extension, Bytes, ResourceId }) =>
    Bytes === undefined ? [] : [{ Category, ColorMode, Extension, Bytes, ...(ResourceId !== undefined && { ResourceId }) }],
  )

/**
 * Settings with those of a request put over them: what the request leaves out stays (API_UpdateManagedLoginBranding).
 * guess: objects in Settings are merged member by member, while lists and values are replaced.
 */
export const mergedSettings = (settings: StyleSettings, over: StyleSettings): StyleSettings => {
  const merged = new Map(Object.entries(settings))
  for (const [name, value] of Object.entries(over)) {
    const old = merged.get(name)
    merged.set(name, isObject(old) && isObject(value) ? mergedSettings(old, value) : value)
  }
  return Object.fromEntries(merged)
}

/**
 * The settings of a sound request; undefined when it has none. What is not in AWS's schema is ignored (developer guide, "Tools for managed
 * login branding operations").
 * guess: of the schema only its three sections are held to; names within them that are not known are kept.
 */
export const styleSettings = (settings: Document | undefined): StyleSettings | undefined =>
  isObject(settings) ? sectionsOf(settings) : undefined

/** As many characters of JSON as a style's settings, and as many images, as it may have after all its updates. */
const [largestSettings, mostAssets] = [500_000, 40]

/**
 * Why a style is too large (InvalidParameterException).
 * guess: the settings of a style have 500,000 characters at most, and a style has 40 images at most, also over several updates.
 */
export const styleSizeFault = (settings: StyleSettings | undefined, assets: number): string | undefined => {
  if (JSON.stringify(settings ?? {}).length > largestSettings) return `Settings must not be larger than ${largestSettings} characters.`
  return assets > mostAssets ? `A style can not have more than ${mostAssets} assets.` : undefined
}
