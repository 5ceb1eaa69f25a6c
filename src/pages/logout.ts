import { registeredItself } from '../domain/registered-itself.ts'
import type { OpenClient } from '../flows/open-client.ts'
import { openRequestingClient } from '../oauth/authorization-request.ts'
import type { Parameters } from '../oauth/parameters.ts'
import { RefusedOnPage } from '../oauth/refusals.ts'
import { asGet } from './as-get.ts'
import { isOwnForm } from './csrf.ts'
import type { Page } from './page.ts'
import { redirectReply } from './page-reply.ts'
import { isByRelyingParty, relyingPartyLogout } from './relying-party-logout.ts'
import { signOut } from './sign-out.ts'

/** What the sign-in page gets on from the sign-out (developer guide, "The managed login sign-out endpoint", request parameters). */
const carriedOn = ['client_id', 'redirect_uri', 'response_type', 'state', 'scope', 'nonce', 'lang'] as const

/** All scopes of the client where the request names none. */
const signInAgain = ({ client }: OpenClient, query: Parameters): string => {
  if (!query.has('response_type')) throw new RefusedOnPage('invalid_request')
  const given = carriedOn.flatMap((name) => {
    const value = query.get(name)
    return value === undefined ? [] : [[name, value] as [string, string]]
  })
  if (!query.has('scope') && client.AllowedOAuthScopes) given.push(['scope', client.AllowedOAuthScopes.join(' ')])
  return `/login?${new URLSearchParams(given)}`
}

/**
 * Where the browser goes: exactly a registered sign-out URL, or the sign-in page of another client registered among the callback URLs, or
 * with `redirect_uri` our own sign-in page. Nobody has looked at the callback URLs of a client that registered itself, and here nobody is
 * asked: it gets to the sign-out URLs alone that an administrator gave it.
 */
const destination = (opened: OpenClient, query: Parameters): string => {
  const { LogoutURLs = [], CallbackURLs = [] } = opened.client
  const logoutUri = query.get('logout_uri')
  if (logoutUri !== undefined) {
    const known = registeredItself(opened.client) ? LogoutURLs : [...LogoutURLs, ...CallbackURLs]
    if (!known.includes(logoutUri)) throw new RefusedOnPage('sign_out_mismatch')
    return logoutUri
  }
  const redirectUri = query.get('redirect_uri')
  if (redirectUri === undefined) throw new RefusedOnPage('missing_sign_out_uri')
  if (!CallbackURLs.includes(redirectUri)) throw new RefusedOnPage('redirect_mismatch')
  return signInAgain(opened, query)
}

/**
 * The sign-out endpoint: ends the browser's login session, tokens go on living, and sends the browser where the application wants it. With
 * `rp-initiated-logout`, and with `strict-oidc`, it does as OpenID Connect has it, too.
 */
export const logout: Page = async (ctx, request) => {
  const { rpInitiatedLogout, strictOidc } = ctx.policy
  if (rpInitiatedLogout || strictOidc) {
    if (request.method === 'POST' && request.query.size === 0 && !isOwnForm(ctx, request)) return asGet(ctx, request)
    if (isByRelyingParty(request)) return relyingPartyLogout(ctx, request)
  }
  if (request.method === 'POST') throw new RefusedOnPage('invalid_request')
  const opened = await openRequestingClient(ctx, request.query, request.domain)
  const location = destination(opened, request.query)
  return redirectReply(ctx, location, await signOut(ctx, opened, request))
}
