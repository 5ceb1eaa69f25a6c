import { amendRecord } from '../../flows/amend-record.ts'
import { openGroup } from '../../flows/open-group.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Changes a group. guess: what an UpdateGroup request leaves out stays, as nothing documents a reset. */
export const updateGroup: Operation<'UpdateGroup'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const changed = await amendRecord(
    () => openGroup(ctx, pool, input.GroupName),
    (group) => ({
      ...group,
      Description: input.Description ?? group.Description,
      RoleArn: input.RoleArn ?? group.RoleArn,
      Precedence: input.Precedence ?? group.Precedence,
      LastModifiedDate: ctx.clock.now(),
    }),
    (group) => ctx.store.groups.update(ctx.by(), group),
  )
  return { Group: changed }
}
