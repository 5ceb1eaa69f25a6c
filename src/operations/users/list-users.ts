import { attributeList } from '../../domain/attributes.ts'
import type { User } from '../../domain/user.ts'
import { parseUserFilter } from '../../domain/user-filter.ts'
import { invalidParameter } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { AttributeType, UserType } from '../../model/types.gen.ts'
import type { Operation } from '../operation.ts'

const pageSize = 60

/** A user as lists show it. */
export const listedUser = (user: User, only?: readonly string[]): UserType => ({
  Username: user.username,
  Attributes: attributeList(user).filter(({ Name }: AttributeType) => only === undefined || only.includes(Name)),
  UserCreateDate: user.createdAt,
  UserLastModifiedDate: user.modifiedAt,
  Enabled: user.enabled,
  UserStatus: user.status,
})

/** The users of a pool, all or those that a filter matches, a page at a time. */
export const listUsers: Operation<'ListUsers'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const filter = parseUserFilter(input.Filter)
  if (filter !== undefined && 'fault' in filter) throw invalidParameter(filter.fault)
  const query = JSON.stringify(filter ?? null)
  // Limit 0 is within the model's range and means the default.
  const page = await openPage(ctx, pool.uid, query, input.PaginationToken, input.Limit || pageSize)
  const found = await ctx.store.users.list(pool.uid, filter, page)
  return {
    Users: found.rows.map((user) => listedUser(user, input.AttributesToGet)),
    PaginationToken: await sealPage(ctx, pool.uid, query, found),
  }
}
