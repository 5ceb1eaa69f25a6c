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
}

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
export const assetSlot = ({ Category, ColorMode, ResourceId = '' }: Omit<AssetType, 'Extension' | 'Bytes'>): string =>
  `${Category}:${ColorMode}:${ResourceId}`
