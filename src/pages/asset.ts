import { type BrandingReply, brandingAssetReply, brandingSheetReply } from './branding-assets.ts'
import type { Page, PageRequest } from './page.ts'
import { staticAsset } from './static-assets.ts'

const sheetPath = /^\/assets\/branding\/([\w+]{1,128})\.css$/
const imagePath = /^\/assets\/branding\/([\w+-]{1,128})\/([^/?#]{1,400})$/

/** A provider's name may stand in an image's, escaped. */
const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name)
  } catch {
    return ''
  }
}

/** Whether a browser names gzip among what it takes, and not with the weight 0 (RFC 9110 section 12.5.3). */
const takesGzip = (acceptEncoding = ''): boolean =>
  acceptEncoding
    .toLowerCase()
    .split(',')
    .some((entry) => /^\s*gzip\s*(?:;\s*q=(?:1|0\.\d*[1-9])[\d.]*\s*)?$/.test(entry))

/** Pages have secrets, and are never made smaller; these have none. */
const own = ({ path, headers }: PageRequest): BrandingReply | undefined => {
  const asset = staticAsset(path)
  if (asset === undefined) return undefined
  const { type, cacheControl, body, gzipped } = asset
  const common = { 'content-type': type, 'cache-control': cacheControl, vary: 'accept-encoding', 'x-content-type-options': 'nosniff' }
  return takesGzip(headers['accept-encoding'])
    ? { status: 200, headers: { ...common, 'content-encoding': 'gzip' }, body: gzipped }
    : { status: 200, headers: common, body }
}

/** What pages load: our own sheet and script, and the sheets and images of an application's look. */
export const assetPage: Page = async (ctx, request) => {
  const { path, query } = request
  const [, sheetOf] = sheetPath.exec(path) ?? []
  const [, holder = '', name = ''] = imagePath.exec(path) ?? []
  const version = query.get('v')
  const reply =
    own(request) ??
    (sheetOf === undefined
      ? await brandingAssetReply(ctx, holder, decoded(name), version)
      : await brandingSheetReply(ctx, sheetOf, version))
  return { ...reply, cookies: [] }
}
