import { contentTypes, type ImageType, imageType } from '../../../src/domain/image-type.ts'

/** The bytes of a file with the format that they have; undefined for what is no image. */
export const readImage = async (file: File): Promise<{ readonly bytes: Uint8Array; readonly type: ImageType } | undefined> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const type = imageType(bytes)
  return type === undefined ? undefined : { bytes, type }
}

/** An image as the address that shows it; undefined for none. */
export const imageAddress = (bytes: Uint8Array | undefined): string | undefined => {
  const type = bytes && imageType(bytes)
  if (bytes === undefined || type === undefined) return undefined
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return `data:${contentTypes[type]};base64,${btoa(binary)}`
}
