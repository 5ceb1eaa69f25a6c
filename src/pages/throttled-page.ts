import type { Context } from '../context.ts'
import { retryAfter } from '../domain/rate.ts'
import { errorPage } from './error.ts'
import { noteOutcome } from './outcome.ts'
import type { PageReply, PageRequest } from './page.ts'

/** The answer to a request beyond a rate that may come again in `wait` ms: a page that says so, with status 429. */
export const throttledPage = async (ctx: Context, request: PageRequest, wait: number): Promise<PageReply> => {
  const error = 'too_many_requests'
  noteOutcome(ctx, error)
  const reply = await errorPage(ctx, { ...request, method: 'GET', query: new Map([['error', error]]) })
  return { ...reply, headers: { ...reply.headers, 'retry-after': retryAfter(wait) } }
}
