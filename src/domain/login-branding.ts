import type { AssetType, Document } from '../model/types.gen.ts'

/** The settings document of a style. */
export type StyleSettings = { [key: string]: Document }

/** The style of one app client's managed login pages: the wire's members and its row version. Its images are kept apart. */
export interface LoginBranding {
  readonly poolUid: string
  readonly clientUid: string
  readonly version: number
  readonly UserPoolId: string
  readonly ManagedLoginBrandingId: string
  readonly UseCognitoProvidedValues: boolean
  readonly Settings?: StyleSettings | undefined
  readonly CreationDate: number
  readonly LastModifiedDate: number
  /** Which images it has, so that pages know without reading them. */
  readonly images: readonly AssetPlace[]
}

/** Where in a style an image belongs. */
export type AssetPlace = Pick<AssetType, 'Category' | 'ColorMode' | 'ResourceId'>

/** An image of a style. */
export interface BrandingAsset extends AssetType {
  readonly Bytes: Uint8Array
}

/** A style with its images, in the order of their slots. */
export interface StyledLogin {
  readonly branding: LoginBranding
  readonly assets: readonly BrandingAsset[]
}

/**
 * The place that an image has in its style; a later one for the same place replaces it.
 * guess: two assets of a style replace each other when category, colour mode and resource id are the same.
 */
export const assetSlot = ({ Category, ColorMode, ResourceId = '' }: AssetPlace): string => `${Category}:${ColorMode}:${ResourceId}`

/** The places of some images in the order of their slots. */
export const assetPlaces = (assets: readonly AssetPlace[]): AssetPlace[] =>
  assets
    .map(({ Category, ColorMode, ResourceId }) => ({ Category, ColorMode, ...(ResourceId !== undefined && { ResourceId }) }))
    .sort((a, b) => (assetSlot(a) < assetSlot(b) ? -1 : 1))
