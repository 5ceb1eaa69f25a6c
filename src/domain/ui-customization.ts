import { type ImageType, imageType } from './image-type.ts'
import { parseUiCss } from './ui-css.ts'

/** The look of the classic pages, of a pool or of one of its clients. The bytes of its logo are kept apart. */
export interface UiCustomization {
  readonly poolUid: string
  /** The client's uid, or `ALL` for the pool's clients without a look of their own. */
  readonly holder: string
  readonly css?: string | undefined
  /** The format of its logo; absent where it has none. */
  readonly imageType?: ImageType | undefined
  readonly createdAt: number
  readonly modifiedAt: number
}

/** The holder, and the ClientId on the wire, of what counts for all clients of a pool (API_SetUICustomization). */
export const allClients = 'ALL'

/** Bytes of a logo: 100 KB (developer guide, "Specifying a custom logo in classic branding"). */
const largestImage = 100 * 1024

/**
 * Why a look is refused (InvalidParameterException); undefined when it is sound.
 * guess: the sentences about a logo that is too large or no image are our own.
 */
export const uiCustomizationFault = (css: string | undefined, image: Uint8Array | undefined): string | undefined => {
  const parsed = parseUiCss(css ?? '')
  if ('fault' in parsed) return parsed.fault
  if (image === undefined || image.length === 0) return undefined
  if (image.length > largestImage) return 'The image file must not be larger than 100 KB.'
  const type = imageType(image)
  return type === 'PNG' || type === 'JPEG' ? undefined : 'The image file must be a PNG or JPEG file.'
}
