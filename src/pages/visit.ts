import type { Context } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'
import type { Look } from '../domain/look.ts'
import { type PagesVersion, pagesVersion } from '../domain/pages-version.ts'
import type { SignInRequest } from '../flows/attempt.ts'
import { openLook } from '../flows/open-look.ts'
import { type AuthorizationRequest, openAuthorizationRequest, openRequestingClient } from '../oauth/authorization-request.ts'
import { requireLocalUsers } from '../oauth/local-users.ts'
import { RefusedOnPage } from '../oauth/refusals.ts'
import { setCookie } from './cookies.ts'
import { type Csrf, isOwnForm, openCsrf } from './csrf.ts'
import { ownPath } from './own-path.ts'
import type { PageRequest } from './page.ts'
import { chooseLanguage, findLanguage } from './strings/choose-language.ts'
import type { Language } from './strings/languages.ts'
import { type Strings, stringsFor } from './strings/strings.ts'

/** Somebody at a page: what the page shows them with, whatever it is for. */
export interface Visitor {
  readonly ctx: Context
  readonly request: PageRequest
  /** Whose page it is; absent on pages that belong to no application. */
  readonly client?: AppClient | undefined
  readonly version: PagesVersion
  readonly look: Look
  readonly language: Language
  readonly strings: Strings
  readonly csrf: Csrf
  /** Set-Cookie headers of every answer. */
  readonly cookies: readonly string[]
}

/** Somebody at a page of an application's sign-in. */
export interface Visit extends Visitor {
  readonly authorization: AuthorizationRequest
}

const languageCookie = 'lang'
const aYear = 31_536_000

/** Classic pages speak English alone (developer guide, "Managed login localization"). */
const languageOf = ({ policy }: Context, { query, cookies, headers }: PageRequest, version: PagesVersion): Language =>
  version === 1
    ? 'en'
    : chooseLanguage({
        lang: query.get('lang'),
        uiLocales: policy.strictOidc ? query.get('ui_locales') : undefined,
        cookie: cookies.get(languageCookie),
        acceptLanguage: headers['accept-language'],
      })

/** What pages are shown with to the users of a pool's client. */
export const openVisitor = async (
  ctx: Context,
  request: PageRequest,
  opened: Pick<AuthorizationRequest, 'pool' | 'client'>,
): Promise<Visitor> => {
  const version = pagesVersion(opened.pool, request.domain?.domain)
  const language = languageOf(ctx, request, version)
  const csrf = openCsrf(ctx, request)
  const chosen = version === 2 && findLanguage(request.query.get('lang') ?? '') !== undefined
  return {
    ctx,
    request,
    client: opened.client,
    version,
    look: await openLook(ctx, opened, version),
    language,
    strings: stringsFor(language),
    csrf,
    cookies: [...csrf.cookies, ...(chosen ? [setCookie(ctx.policy, languageCookie, language, { maxAge: aYear })] : [])],
  }
}

/** Throws unless a page of ours made the form that the request brings. */
export const requireOwnForm = (ctx: Context, request: PageRequest): void => {
  if (request.method === 'POST' && !isOwnForm(ctx, request)) throw new RefusedOnPage('stale_page')
}

/**
 * Opens a page that belongs to an application's sign-in: its parameters are in the query of every such page. Throws what
 * `openAuthorizationRequest` throws, and RefusedOnPage for a form that no page of ours made, or where users of the pool can't sign in.
 */
export const openVisit = async (ctx: Context, request: PageRequest): Promise<Visit> => {
  requireOwnForm(ctx, request)
  const authorization = await openAuthorizationRequest(ctx, request.query, request.domain)
  requireLocalUsers(authorization)
  return { ...(await openVisitor(ctx, request, authorization)), authorization }
}

/** The same for a page that only needs to know the app client, such as a link in a mail. */
export const openClientVisit = async (
  ctx: Context,
  request: PageRequest,
): Promise<Visitor & { readonly opened: Pick<AuthorizationRequest, 'pool' | 'client'> }> => {
  requireOwnForm(ctx, request)
  const opened = await openRequestingClient(ctx, request.query, request.domain)
  return { ...(await openVisitor(ctx, request, opened)), opened }
}

/** What a sign-in on a page tells of the browser, beside what the call itself shows. */
export const signInRequest = ({ request }: Pick<Visitor, 'request'>): SignInRequest => ({
  surface: 'hosted',
  domain: request.domain?.domain,
  context: { encodedData: request.form.get('cognitoAsfData'), userAgent: request.headers['user-agent'] },
})

/** The address of another page of the same sign-in. */
export const pageLink = ({ ctx, request }: Pick<Visitor, 'ctx' | 'request'>, page: string): string =>
  ownPath(ctx.policy, `/${page}?${request.search}`)
