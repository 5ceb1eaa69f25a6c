import type { Context } from '../context.ts'
import type { Group } from '../domain/group.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { groupNotFound } from '../errors.ts'

/** A group of a pool; throws ResourceNotFoundException. */
export const openGroup = async (ctx: Context, pool: UserPool, name: string): Promise<Group> => {
  const group = await ctx.store.groups.byName(pool.uid, name)
  if (group === undefined) throw groupNotFound()
  return group
}
