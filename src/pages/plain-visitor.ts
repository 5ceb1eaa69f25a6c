import type { Context } from '../context.ts'
import { plainLook } from '../domain/look.ts'
import { openCsrf } from './csrf.ts'
import type { PageRequest } from './page.ts'
import { chooseLanguage } from './strings/choose-language.ts'
import { stringsFor } from './strings/strings.ts'
import type { Visitor } from './visit.ts'

/** Somebody at a page that belongs to no app client: it has the plain look, and the language of the browser. */
export const plainVisitor = (ctx: Context, request: PageRequest): Visitor => {
  const language = chooseLanguage({
    lang: request.query.get('lang'),
    cookie: request.cookies.get('lang'),
    acceptLanguage: request.headers['accept-language'],
  })
  const csrf = openCsrf(ctx, request)
  return { ctx, request, version: 1, look: plainLook(2), language, strings: stringsFor(language), csrf, cookies: csrf.cookies }
}
