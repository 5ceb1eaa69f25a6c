import { imageName, imageUrl, styleVersion } from './branding-url.ts'
import { type AssetPlace, assetPlaces, type LoginBranding } from './login-branding.ts'
import { type Look, type Picture, plainLook } from './look.ts'
import { wordAt } from './style-setting.ts'

/**
 * The colour mode of a style's pages; without settings that of unstyled ones.
 * guess: a style whose Settings name no colorSchemeMode is light, as AWS's default one is.
 */
export const styleMode = ({ Settings }: Pick<LoginBranding, 'Settings'>): Look['mode'] =>
  Settings === undefined ? plainLook(2).mode : wordAt(Settings, 'categories.global.colorSchemeMode', ['light', 'dark', 'dynamic'])

/** Finds the pictures of a style. */
export interface StylePictures {
  /** The picture of a category; undefined where the style has none that the mode of its pages could show. */
  readonly of: (category: AssetPlace['Category']) => Picture | undefined
  /** The pictures of a category by their resource ids. */
  readonly byResource: (category: AssetPlace['Category']) => Readonly<Record<string, Picture>>
}

/**
 * The pictures of a client's style, below the path `root` of the public URL: a dark image in dark mode alone, a dynamic one in both (API_AssetType).
 * guess: of several images for a category and mode, the one without a ResourceId is shown, else the first; and an image for the very
 * mode comes before a dynamic one.
 */
export const stylePictures = (clientId: string, branding: LoginBranding, root = ''): StylePictures => {
  const version = styleVersion(branding)
  const mode = styleMode(branding)
  const places = assetPlaces(branding.images)

  const urlOf = (found: readonly AssetPlace[], ...modes: readonly AssetPlace['ColorMode'][]): string | undefined => {
    for (const wanted of modes) {
      const place = found.find(({ ColorMode }) => ColorMode === wanted)
      if (place !== undefined) return imageUrl(clientId, imageName(place), version, root)
    }
    return undefined
  }
  const pictureOf = (found: readonly AssetPlace[]): Picture | undefined => {
    const light = mode === 'dark' ? undefined : urlOf(found, 'LIGHT', 'DYNAMIC')
    const dark = mode === 'light' ? undefined : urlOf(found, 'DARK', 'DYNAMIC')
    return light === undefined && dark === undefined ? undefined : { light, dark }
  }
  const placesOf = (category: AssetPlace['Category']) => places.filter(({ Category }) => Category === category)

  return {
    of: (category) => pictureOf(placesOf(category)),
    byResource: (category) => {
      const byId = Map.groupBy(
        placesOf(category).filter(({ ResourceId }) => ResourceId !== undefined),
        ({ ResourceId = '' }) => ResourceId,
      )
      return Object.fromEntries([...byId].flatMap(([id, found]) => toEntry(id, pictureOf(found))))
    },
  }
}

const toEntry = (id: string, picture: Picture | undefined): [string, Picture][] => (picture === undefined ? [] : [[id, picture]])
