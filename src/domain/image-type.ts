/** A format of images, by its first bytes. */
export type ImageType = 'PNG' | 'JPEG' | 'ICO' | 'WEBP' | 'SVG'

/** The media type of a format. */
export const contentTypes: Readonly<Record<ImageType, string>> = {
  PNG: 'image/png',
  JPEG: 'image/jpeg',
  ICO: 'image/x-icon',
  WEBP: 'image/webp',
  SVG: 'image/svg+xml',
}

const starts = (bytes: Uint8Array, at: number, ...magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[at + index] === byte)

/** The format that the bytes have; undefined when it is none of those. SVG is text that begins as XML or with its element. */
export const imageType = (bytes: Uint8Array): ImageType | undefined => {
  if (starts(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'PNG'
  if (starts(bytes, 0, 0xff, 0xd8, 0xff)) return 'JPEG'
  if (starts(bytes, 0, 0x00, 0x00, 0x01, 0x00)) return 'ICO'
  if (starts(bytes, 0, 0x52, 0x49, 0x46, 0x46) && starts(bytes, 8, 0x57, 0x45, 0x42, 0x50)) return 'WEBP'
  const head = new TextDecoder().decode(bytes.subarray(0, 256))
  return /^\uFEFF?\s*<(?:svg[\s>/]|\?xml\s|!--)/.test(head) ? 'SVG' : undefined
}
