import { type BrandingReply, brandingAssetReply, brandingSheetReply } from './branding-assets.ts'
import type { Page } from './page.ts'
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

const own = (path: string): BrandingReply | undefined => {
  const asset = staticAsset(path)
  if (asset === undefined) return undefined
  const { type, cacheControl, body } = asset
  return { status: 200, headers: { 'content-type': type, 'cache-control': cacheControl, 'x-content-type-options': 'nosniff' }, body }
}

/** What pages load: our own sheet and script, and the sheets and images of an application's look. */
export const assetPage: Page = async (ctx, { path, query }) => {
  const [, sheetOf] = sheetPath.exec(path) ?? []
  const [, holder = '', name = ''] = imagePath.exec(path) ?? []
  const version = query.get('v')
  const reply =
    own(path) ??
    (sheetOf === undefined
      ? await brandingAssetReply(ctx, holder, decoded(name), version)
      : await brandingSheetReply(ctx, sheetOf, version))
  return { ...reply, cookies: [] }
}
