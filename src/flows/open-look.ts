import type { Context } from '../context.ts'
import { classicLook } from '../domain/classic-look.ts'
import type { Look } from '../domain/look.ts'
import { managedLook } from '../domain/managed-look.ts'
import type { PagesVersion } from '../domain/pages-version.ts'
import { publicPath } from '../domain/public-path.ts'
import type { OpenClient } from './open-client.ts'

/** How the pages of an app client look: one read of the store, whose parsed record is kept. */
export const openLook = async (ctx: Context, { client, pool }: OpenClient, version: PagesVersion): Promise<Look> =>
  version === 2
    ? managedLook(client.ClientId, await ctx.store.brandings.styleOf(pool.uid, client.uid), publicPath(ctx.policy.publicUrl))
    : classicLook(client.ClientId, await ctx.store.uiCustomizations.worn(pool.uid, client.uid), publicPath(ctx.policy.publicUrl))
