import type { Context } from '../context.ts'
import { contentTypes } from '../domain/image-type.ts'
import { type BrandingFile, findBrandingImage, findBrandingSheet } from '../flows/branding-files.ts'

/** An answer with a file of a look. */
export interface BrandingReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** Who opens a file of the operator's by itself gets a document that can load, run and reach nothing; SVG may style itself. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

const common = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'content-security-policy': policy } as const

const notFound: BrandingReply = {
  status: 404,
  headers: { ...common, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: 'Not found',
}

/** What a cache may keep for a year: what it asked for by the very version that is there, lest it keeps something under a later one. */
const caching = (file: BrandingFile<unknown>, version: string | undefined): string =>
  version === file.version ? 'public, max-age=31536000, immutable' : 'no-store'

/** `/assets/branding/<client id>.css?v=<version>`: the client's sheet for the pages of the version that `v` begins with. */
export const brandingSheetReply = async (ctx: Context, clientId: string, v: string | undefined): Promise<BrandingReply> => {
  const pages = v?.startsWith('2.') ? 2 : v?.startsWith('1.') ? 1 : undefined
  const file = pages && (await findBrandingSheet(ctx, clientId, pages))
  if (file === undefined) return notFound
  const headers = { ...common, 'content-type': 'text/css; charset=utf-8', 'cache-control': caching(file, v) }
  return { status: 200, headers, body: file.content }
}

/** `/assets/branding/<client or pool id>/<name>?v=<version>`: an image of the look, which pages of any origin may read: it is there for everybody. */
export const brandingAssetReply = async (ctx: Context, holder: string, name: string, v: string | undefined): Promise<BrandingReply> => {
  const file = await findBrandingImage(ctx, holder, name)
  if (file === undefined) return notFound
  const { type, bytes } = file.content
  const headers = { ...common, 'content-type': contentTypes[type], 'cache-control': caching(file, v), 'access-control-allow-origin': '*' }
  return { status: 200, headers, body: bytes }
}
