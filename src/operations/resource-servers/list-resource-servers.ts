import { managedServers } from '../../domain/dynamic-registration.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { openPool } from '../../flows/open-pool.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { ResourceServerType } from '../../model/types.gen.ts'
import type { Page, Rows } from '../../storage/store.ts'
import type { Operation } from '../operation.ts'

const pageSize = 50

const identifierOf = ({ Identifier = '' }: ResourceServerType) => Identifier

/** The page with the servers that the service manages at their places; what it pushes out comes on the next one. */
const withManaged = (pool: UserPool, { rows, next }: Rows<ResourceServerType>, { after = '', limit }: Page): Rows<ResourceServerType> => {
  const managed = managedServers(pool).filter((server) => {
    const identifier = identifierOf(server)
    return identifier > after && (next === undefined || identifier < next)
  })
  if (managed.length === 0) return next === undefined ? { rows } : { rows, next }
  const all = [...rows, ...managed].sort((a, b) => (identifierOf(a) < identifierOf(b) ? -1 : 1))
  const shown = all.slice(0, limit)
  const last = shown.at(-1)
  return (next !== undefined || all.length > limit) && last !== undefined ? { rows: shown, next: identifierOf(last) } : { rows: shown }
}

/** The resource servers of a pool with their scopes in the order of their identifiers, a page at a time. */
export const listResourceServers: Operation<'ListResourceServers'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const page = await openPage(ctx, pool.uid, '', input.NextToken, input.MaxResults ?? pageSize)
  const found = withManaged(pool, await ctx.store.resourceServers.list(pool.uid, page), page)
  return { ResourceServers: found.rows, NextToken: await sealPage(ctx, pool.uid, '', found) }
}
