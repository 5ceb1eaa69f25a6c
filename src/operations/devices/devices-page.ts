import type { Context } from '../../context.ts'
import type { Device } from '../../domain/device.ts'
import type { User } from '../../domain/user.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { Page, Rows } from '../../storage/store.ts'

/** The default and the most that the API takes. */
const pageSize = 60

const keptRows = async (ctx: Context, { poolUid, id }: User, { after, limit }: Page, keep: (device: Device) => boolean) => {
  const kept: Device[] = []
  let from = after
  do {
    const found: Rows<Device> = await ctx.store.devices.list(poolUid, id, { after: from, limit: pageSize })
    kept.push(...found.rows.filter(keep))
    from = found.next
    // One more than asked for tells whether there is another page.
  } while (from !== undefined && kept.length <= limit)
  const rows = kept.slice(0, limit)
  return { rows, next: kept.length > limit ? rows.at(-1)?.key : undefined }
}

/** A page of a user's devices that pass the filter, with the token of the next one. */
export const devicesPage = async (
  ctx: Context,
  user: User,
  input: { readonly Limit?: number | undefined; readonly PaginationToken?: string | undefined },
  keep: (device: Device) => boolean,
): Promise<{ readonly devices: readonly Device[]; readonly PaginationToken: string | undefined }> => {
  // Limit 0 is within the model's range and means the default.
  const page = await openPage(ctx, user.poolUid, user.id, input.PaginationToken, input.Limit || pageSize)
  const found = await keptRows(ctx, user, page, keep)
  return { devices: found.rows, PaginationToken: await sealPage(ctx, user.poolUid, user.id, found) }
}
