import { type PageErrorCode, pageErrors } from '../oauth/refusals.ts'
import { legalText, text } from './components/text.ts'
import { html } from './html.ts'
import type { Page } from './page.ts'
import { plainVisitor } from './plain-visitor.ts'
import { show } from './show.ts'
import { fill } from './strings/fill.ts'
import type { Strings } from './strings/strings.ts'

const sentences = ({ error }: Strings): Readonly<Record<PageErrorCode, string>> => ({
  client_mismatch: error.unknownClient,
  invalid_link: error.badRequest,
  invalid_request: error.badRequest,
  login_pages_unavailable: error.unavailable,
  missing_client_id: error.badRequest,
  missing_redirect_uri: error.badRequest,
  missing_sign_out_uri: error.badRequest,
  not_found: error.notFound,
  redirect_mismatch: error.redirectMismatch,
  server_error: error.text,
  sign_out_mismatch: error.redirectMismatch,
  stale_page: error.expired,
  timed_out: error.expired,
  too_many_requests: error.busy,
})

const statuses: Partial<Record<PageErrorCode, number>> = { not_found: 404, server_error: 500, stale_page: 403, too_many_requests: 429 }

/**
 * What went wrong, for the person at the browser, and its name for who runs the application. The name is one of ours; nothing of the request
 * is repeated.
 */
export const errorPage: Page = async (ctx, request) => {
  const code = pageErrors.find((each) => each === request.query.get('error')) ?? 'invalid_request'
  // Nothing here is a form.
  const visitor = { ...plainVisitor(ctx, request), cookies: [] }
  const { strings } = visitor
  return show(visitor, {
    status: statuses[code] ?? 400,
    heading: strings.error.title,
    body: html`${text(sentences(strings)[code])}${legalText(fill(strings.error.details, { details: code }))}`,
  })
}
