import type { Graphic } from '../domain/look.ts'
import { unknownApplication } from '../domain/registered-itself.ts'
import type { Alert } from './components/alert.ts'
import { type Form, form } from './components/form.ts'
import { value } from './components/text.ts'
import type { Html, Value } from './html.ts'
import { pageLayout } from './layout.ts'
import { ownPath } from './own-path.ts'
import type { PageReply } from './page.ts'
import { securityHeaders } from './page-reply.ts'
import { fillHtml } from './strings/fill.ts'
import { pageLink, type Visit, type Visitor } from './visit.ts'

/** What stands on a page inside its frame. */
export interface Content {
  readonly heading: string
  readonly alert?: Alert | undefined
  readonly body: Value
  readonly footer?: Value
  /** What the form asks for, which the branding may have a picture of. */
  readonly graphic?: Graphic | undefined
  /** Where a form of the page may lead; the application's proved address unless it is given. */
  readonly goesTo?: string | undefined
  /** Of HTTP; 200 unless said otherwise. */
  readonly status?: number
  /** Which page it is where another one answers with it: the language chooser leads there. */
  readonly page?: string | undefined
}

/** The address that the browser may have to follow after a form of the page. */
const leadsTo = (visitor: Visitor | Visit): string | undefined =>
  'authorization' in visitor ? visitor.authorization.redirectUri : undefined

/** Says of an application that registered itself who it claims to be and where it is; nothing of any other. */
const noticeOf = ({ client, strings }: Visitor, goesTo: string | undefined): Html | undefined => {
  const unknown = client && goesTo !== undefined ? unknownApplication(client, goesTo) : undefined
  return unknown && fillHtml(strings.unknownApplication.notice, { application: value(unknown.name), host: value(unknown.host) })
}

/** A page for somebody. */
export const show = (visitor: Visitor | Visit, { status = 200, goesTo = leadsTo(visitor), page, ...content }: Content): PageReply => {
  const { ctx, look, language, strings, request } = visitor
  const hidden = Object.fromEntries(request.query)
  const languages = { action: ownPath(ctx.policy, page === undefined ? request.path : `/${page}`), hidden }
  return {
    status,
    headers: {
      ...securityHeaders(ctx.policy, ctx.call.requestId, goesTo),
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
    },
    cookies: visitor.cookies,
    body: pageLayout({
      root: ownPath(ctx.policy, ''),
      look,
      language,
      strings,
      languages,
      notice: noticeOf(visitor, goesTo),
      ...content,
    }).toString(),
  }
}

/** A form of ours: with the browser's token, sent to a page of the same sign-in. */
export const ownForm = (
  visitor: Visitor,
  { page, hidden = {}, ...more }: { readonly page: string; readonly body: Value } & Pick<Form, 'hidden' | 'name' | 'id'>,
): Html => form({ action: pageLink(visitor, page), hidden: { _csrf: visitor.csrf.token, ...hidden }, ...more })
