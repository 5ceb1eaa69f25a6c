import type { Context } from '../context.ts'
import type { PageReply, PageRequest } from './page.ts'
import { redirectReply } from './page-reply.ts'

/** Has the browser ask again by GET for what a form of another site posted: without our cookies, which follow a redirect. */
export const asGet = (ctx: Context, { path, form }: Pick<PageRequest, 'path' | 'form'>): PageReply =>
  redirectReply(ctx, `${path}?${new URLSearchParams([...form])}`)
