import { tooManyRequests } from '../../errors.ts'
import { openGroup } from '../../flows/open-group.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Changes a group; guess: what the request leaves out stays, as nothing documents a reset. */
export const updateGroup: Operation<'UpdateGroup'> = async (ctx, input) => {
  const group = await openGroup(ctx, await openPool(ctx, input.UserPoolId), input.GroupName)
  const changed = {
    ...group,
    Description: input.Description ?? group.Description,
    RoleArn: input.RoleArn ?? group.RoleArn,
    Precedence: input.Precedence ?? group.Precedence,
    LastModifiedDate: ctx.clock.now(),
  }
  if ((await ctx.store.groups.update(ctx.by(), changed)) === 'version conflict') throw tooManyRequests()
  return { Group: changed }
}
