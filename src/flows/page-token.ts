import type { Context } from '../context.ts'
import { invalidParameter } from '../errors.ts'
import type { Page, Rows } from '../storage/store.ts'

/** Page tokens are good for an hour (developer guide, "Managing and searching for user accounts"). */
const lifetime = 3_600_000

const invalidToken = () => invalidParameter('Invalid pagination token given.')

/**
 * Turns a wire token into the page to read. `query` is everything that shapes the list (filter, group, ...): a token is good for the
 * operation, pool and query that it was made for and for nothing else; throws InvalidParameterException otherwise.
 */
export const openPage = async (ctx: Context, poolUid: string, query: string, token: string | undefined, limit: number): Promise<Page> => {
  if (token === undefined) return { limit }
  const plain = await ctx.keyring.open('pages', poolUid, `${ctx.call.operation}\n${query}`, token)
  if (plain === undefined) throw invalidToken()
  const content: unknown = JSON.parse(new TextDecoder().decode(plain))
  if (!Array.isArray(content)) throw invalidToken()
  const [after, madeAt] = content as readonly unknown[]
  if (typeof after !== 'string' || typeof madeAt !== 'number' || madeAt + lifetime <= ctx.clock.now()) throw invalidToken()
  return { after, limit }
}

/** The wire token of the page after these rows; undefined on the last page. */
export const sealPage = async (
  ctx: Context,
  poolUid: string,
  query: string,
  { next }: Pick<Rows<unknown>, 'next'>,
): Promise<string | undefined> =>
  next === undefined
    ? undefined
    : ctx.keyring.seal(
        'pages',
        poolUid,
        `${ctx.call.operation}\n${query}`,
        new TextEncoder().encode(JSON.stringify([next, ctx.clock.now()])),
      )
