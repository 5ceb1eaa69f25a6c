import type { Context } from '../context.ts'
import { isClientId } from '../domain/client-id.ts'
import type { RequestCategory } from '../domain/request-categories.ts'
import { refuseUnclear } from '../oauth/authorization-request.ts'
import { type PageErrorCode, RefusedOnPage, RefusedToApplication } from '../oauth/refusals.ts'
import { addPasskey } from './add-passkey.ts'
import { assetPage } from './asset.ts'
import { authorize } from './authorize.ts'
import { backToUnknown, leadsUnasked } from './back-to-unknown.ts'
import { confirm } from './confirm.ts'
import { confirmForgotPassword } from './confirm-forgot-password.ts'
import { confirmUser } from './confirm-user.ts'
import { errorPage } from './error.ts'
import { feedback } from './feedback.ts'
import { forgotPassword } from './forgot-password.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { logFault, noteOutcome } from './outcome.ts'
import type { Page, PageReply, PageRequest } from './page.ts'
import { redirectReply, securityHeaders } from './page-reply.ts'
import { resendCode } from './resend-code.ts'
import { signUp } from './sign-up.ts'

/** A page and the methods that it takes. */
export interface ServedPage {
  /** As the audit trail, the log and the metrics call it. */
  readonly name: string
  readonly methods: readonly PageRequest['method'][]
  /** Those with `strict-oidc`, where it makes a difference. */
  readonly strictMethods?: readonly PageRequest['method'][]
  readonly answer: Page
  /** What a request that does something counts as: a form where the page has one, else every request (quotas page). */
  readonly category?: RequestCategory
  /** Whether requests count towards no rate. */
  readonly isUnlimited?: true
}

const reads = ['GET'] as const
const forms = ['GET', 'POST'] as const

// Each step of a sign-in counts as one (quotas page, note 2).
// guess: every form of the sign-in page counts towards UserAuthentication, that of a new password too, and going on as who is signed in on
// the browser counts when a form asks for it.
const pages: readonly ServedPage[] = [
  // OpenID Connect Core 3.1.2.1 has both.
  { name: 'oauth2/authorize', methods: reads, strictMethods: forms, answer: authorize },
  { name: 'login', methods: forms, answer: login, category: 'UserAuthentication' },
  { name: 'signup', methods: forms, answer: signUp, category: 'UserCreation' },
  { name: 'confirm', methods: forms, answer: confirm, category: 'UserCreation' },
  { name: 'confirmUser', methods: reads, answer: confirmUser, category: 'UserCreation' },
  // The guide writes the link in mails with the slash.
  { name: 'confirmUser/', methods: reads, answer: confirmUser, category: 'UserCreation' },
  { name: 'resendcode', methods: forms, answer: resendCode, category: 'UserResourceRead' },
  { name: 'forgotPassword', methods: forms, answer: forgotPassword, category: 'UserAccountRecovery' },
  { name: 'confirmforgotPassword', methods: forms, answer: confirmForgotPassword, category: 'UserAccountRecovery' },
  { name: 'feedback', methods: forms, answer: feedback, category: 'UserResourceUpdate' },
  { name: 'passkeys/add', methods: forms, answer: addPasskey, category: 'UserResourceUpdate' },
  { name: 'logout', methods: forms, answer: logout },
  { name: 'error', methods: reads, answer: errorPage },
]
const byPath = new Map(pages.map((page) => [`/${page.name}`, page]))

// Browsers keep them, and AWS has them from a network of caches.
const assets: ServedPage = { name: 'assets', methods: reads, answer: assetPage, isUnlimited: true }

/** The page at a path; undefined for any other path. */
export const findPage = (path: string): ServedPage | undefined => byPath.get(path) ?? (path.startsWith('/assets/') ? assets : undefined)

/** A refusal on a page: the address of the error page says which one and for whom, as on AWS. */
const toErrorPage = (ctx: Context, request: PageRequest, error: PageErrorCode): PageReply => {
  const clientId = request.query.get('client_id')
  const known = clientId !== undefined && isClientId(clientId) ? { client_id: clientId } : {}
  return redirectReply(ctx, `/error?${new URLSearchParams({ error, ...known })}`)
}

/** The error page itself, where the browser would only come back with the same form. */
const asErrorPage = (ctx: Context, request: PageRequest, error: PageErrorCode): Promise<PageReply> =>
  errorPage(ctx, { ...request, method: 'GET', query: new Map([['error', error]]) })

/** The page of a fault of the server, of which the log tells more. */
export const faultPage = (ctx: Context, request: PageRequest, error: unknown): Promise<PageReply> => {
  noteOutcome(ctx, 'server_error')
  logFault(ctx, error)
  return asErrorPage(ctx, request, 'server_error')
}

const refusedReply = (ctx: Context, request: PageRequest, error: unknown): PageReply | Promise<PageReply> => {
  if (error instanceof RefusedToApplication) {
    noteOutcome(ctx, error.error)
    return leadsUnasked(ctx, request, error) ? backToUnknown(ctx, request, error) : redirectReply(ctx, error.location)
  }
  if (error instanceof RefusedOnPage) {
    noteOutcome(ctx, error.error)
    return error.error === 'stale_page' ? asErrorPage(ctx, request, error.error) : toErrorPage(ctx, request, error.error)
  }
  return faultPage(ctx, request, error)
}

/** How the parameters of a request could be read: all of them, those of the query that are clear, or none; a form is whole or nothing. */
export type Reading = 'whole' | 'unclear' | 'malformed'

/** Answers a request for a page; never rejects. */
export const answerPage = async (
  ctx: Context,
  { methods: usual, strictMethods = usual, answer }: ServedPage,
  request: PageRequest,
  { method, reading }: { readonly method: string; readonly reading: Reading },
): Promise<PageReply> => {
  const malformed = 'invalid_request' satisfies PageErrorCode
  const isForApplication = reading === 'unclear' && answer === authorize
  if (reading !== 'whole' && !isForApplication) {
    noteOutcome(ctx, malformed)
    return redirectReply(ctx, `/error?error=${malformed}`)
  }
  const methods = ctx.policy.strictOidc ? strictMethods : usual
  if (!methods.some((each) => each === method)) {
    noteOutcome(ctx, malformed)
    const headers = { ...securityHeaders(ctx.policy, ctx.call.requestId), allow: methods.join(', ') }
    return { status: 405, headers, cookies: [], body: '' }
  }
  try {
    if (isForApplication) return await refuseUnclear(ctx, request.query, request.domain)
    const reply = await answer(ctx, request)
    noteOutcome(ctx, reply.outcome ?? 'ok')
    return reply
  } catch (error) {
    return refusedReply(ctx, request, error)
  }
}
