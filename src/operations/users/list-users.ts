import type { User } from '../../domain/user.ts'
import { foldSearchValue, parseUserFilter } from '../../domain/user-filter.ts'
import { invalidParameter } from '../../errors.ts'
import { listedUser } from '../../flows/listed-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { Operation } from '../operation.ts'

const pageSize = 60

/** Lists show attributes that were asked for only where each of the users has all of them (API_ListUsers); the sentence as captured. */
const requireAttributes = (users: readonly User[], names: readonly string[] | undefined): void => {
  const lacks = ({ attributes }: User) => names?.some((name) => name !== 'sub' && attributes[name] === undefined)
  if (users.some(lacks)) throw invalidParameter('One or more requested attributes do not exist.')
}

/** The users of a pool, all or those that a filter matches, a page at a time. */
export const listUsers: Operation<'ListUsers'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const parsed = parseUserFilter(input.Filter)
  if (parsed !== undefined && 'fault' in parsed) throw invalidParameter(parsed.fault)
  const filter = parsed && { ...parsed, value: foldSearchValue(parsed.attribute, parsed.value) }
  const query = JSON.stringify(filter ?? null)
  // Limit 0 is within the model's range and means the default.
  const page = await openPage(ctx, pool.uid, query, input.PaginationToken, input.Limit || pageSize)
  const found = await ctx.store.users.list(pool.uid, filter, page)
  requireAttributes(found.rows, input.AttributesToGet)
  return {
    Users: found.rows.map((user) => listedUser(user, input.AttributesToGet)),
    PaginationToken: await sealPage(ctx, pool.uid, query, found),
  }
}
