import type { Context } from '../context.ts'
import { classicVersion, logoName, readImageName, styleVersion } from '../domain/branding-url.ts'
import { classicSheet } from '../domain/classic-sheet.ts'
import { type ImageType, imageType } from '../domain/image-type.ts'
import { managedSheet } from '../domain/managed-sheet.ts'
import type { PagesVersion } from '../domain/pages-version.ts'
import { publicPath } from '../domain/public-path.ts'
import { allClients } from '../domain/ui-customization.ts'

/** A file of a look, and the version in the URL that pages have for it now. */
export interface BrandingFile<Content> {
  readonly version: string
  readonly content: Content
}

/** An image of a look. */
export interface BrandingImage {
  readonly type: ImageType
  readonly bytes: Uint8Array
}

/** The sheet of a client's look; undefined where its pages have the static sheet alone. */
export const findBrandingSheet = async (ctx: Context, clientId: string, pages: PagesVersion): Promise<BrandingFile<string> | undefined> => {
  const { store } = ctx
  const opened = await store.clients.byClientId(clientId)
  if (opened === undefined) return undefined
  const { pool, client } = opened
  if (pages === 2) {
    const style = await store.brandings.styleOf(pool.uid, client.uid)
    return style && { version: styleVersion(style), content: managedSheet(clientId, style, publicPath(ctx.policy.publicUrl)) }
  }
  const look = await store.uiCustomizations.worn(pool.uid, client.uid)
  return look?.css === undefined ? undefined : { version: classicVersion(look), content: classicSheet(look) }
}

/** The image of that name in the URLs of a client's look or, for the logo of all of its clients, a pool's; undefined where there is none. */
export const findBrandingImage = async (ctx: Context, holder: string, name: string): Promise<BrandingFile<BrandingImage> | undefined> => {
  if (name === logoName) return findLogo(ctx, holder)
  const slot = readImageName(name)
  const opened = slot === undefined ? undefined : await ctx.store.clients.byClientId(holder)
  if (slot === undefined || opened === undefined) return undefined
  const style = await ctx.store.brandings.styleOf(opened.pool.uid, opened.client.uid)
  const asset = style && (await ctx.store.brandings.asset(style.poolUid, style.ManagedLoginBrandingId, slot))
  return asset && { version: styleVersion(style), content: { type: asset.Extension, bytes: asset.Bytes } }
}

const findLogo = async ({ store }: Context, holder: string): Promise<BrandingFile<BrandingImage> | undefined> => {
  const client = await store.clients.byClientId(holder)
  const pool = client?.pool ?? (await store.pools.byId(holder))
  const look = pool && (await store.uiCustomizations.worn(pool.uid, client?.client.uid ?? allClients))
  const bytes = look && (await store.uiCustomizations.image(look.poolUid, look.holder))
  const type = bytes && imageType(bytes)
  return type && { version: classicVersion(look), content: { type, bytes } }
}
