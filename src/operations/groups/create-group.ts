import type { Group } from '../../domain/group.ts'
import { groupsPerPool } from '../../domain/quotas.ts'
import { groupExists, limitExceeded } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Creates a group. */
export const createGroup: Operation<'CreateGroup'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const { GroupName, Description, RoleArn, Precedence } = input
  const now = ctx.clock.now()
  const group: Group = {
    uid: ctx.random.uuid(),
    poolUid: pool.uid,
    version: 1,
    GroupName,
    UserPoolId: pool.Id,
    Description,
    RoleArn,
    Precedence,
    CreationDate: now,
    LastModifiedDate: now,
  }
  const outcome = await ctx.store.groups.create(ctx.by(), group, groupsPerPool)
  if (outcome === 'name taken') throw groupExists()
  if (outcome === 'too many') throw limitExceeded(`The user pool has ${groupsPerPool} groups already.`)
  return { Group: group }
}
