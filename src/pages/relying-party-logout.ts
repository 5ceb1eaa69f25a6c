import type { Context } from '../context.ts'
import { readIdTokenHint } from '../flows/id-token-hint.ts'
import type { OpenClient } from '../flows/open-client.ts'
import { openRequestingClient } from '../oauth/authorization-request.ts'
import { redirectBack } from '../oauth/redirect-back.ts'
import { RefusedOnPage } from '../oauth/refusals.ts'
import { browserLogin } from './browser-login.ts'
import { link } from './components/link.ts'
import { otherWays } from './components/other-ways.ts'
import { primaryButton } from './components/primary-button.ts'
import { text } from './components/text.ts'
import { isOwnForm } from './csrf.ts'
import { html } from './html.ts'
import type { PageReply, PageRequest } from './page.ts'
import { redirectReply } from './page-reply.ts'
import { ownForm, show } from './show.ts'
import { signOut } from './sign-out.ts'
import { unnamedLogout } from './unnamed-logout.ts'
import { openVisitor } from './visit.ts'

/** Parameters that only a sign-out by a relying party has, or one that names neither of AWS's addresses. */
export const isByRelyingParty = ({ query }: PageRequest): boolean =>
  query.has('id_token_hint') || query.has('post_logout_redirect_uri') || !(query.has('logout_uri') || query.has('redirect_uri'))

/** What only means something of a client. */
const namesParty = ['client_id', 'id_token_hint', 'post_logout_redirect_uri'] as const

/** The client by its id, by the hint, or by both; they must agree. */
const openParty = async (
  ctx: Context,
  request: PageRequest,
): Promise<{ readonly opened: OpenClient; readonly sub: string | undefined }> => {
  const token = request.query.get('id_token_hint')
  const hint = token === undefined ? undefined : await readIdTokenHint(ctx, token)
  if (token !== undefined && hint === undefined) throw new RefusedOnPage('invalid_request')
  const clientId = request.query.get('client_id') ?? hint?.client.ClientId
  const query = clientId === undefined ? request.query : new Map([...request.query, ['client_id', clientId] as const])
  const opened = await openRequestingClient(ctx, query, request.domain)
  if (hint !== undefined && hint.client.uid !== opened.client.uid) throw new RefusedOnPage('client_mismatch')
  return { opened, sub: hint?.sub }
}

/** Where the browser goes afterwards; undefined where it stays. */
const destination = ({ client }: OpenClient, { query }: PageRequest): string | undefined => {
  const uri = query.get('post_logout_redirect_uri')
  if (uri === undefined) return undefined
  if (!client.LogoutURLs?.includes(uri)) throw new RefusedOnPage('sign_out_mismatch')
  return redirectBack(uri, 'query', { state: query.get('state') })
}

/**
 * OpenID Connect RP-Initiated Logout 1.0. Somebody is asked first where no hint says that the sign-out is for who is signed in (section 2);
 * the browser goes to a registered sign-out URL, or stays on a page of ours.
 */
export const relyingPartyLogout = async (ctx: Context, request: PageRequest): Promise<PageReply> => {
  const agreed = request.method === 'POST' && isOwnForm(ctx, request)
  if (!namesParty.some((name) => request.query.has(name))) return unnamedLogout(ctx, request, agreed)
  const { opened, sub } = await openParty(ctx, request)
  const location = destination(opened, request)
  const visitor = await openVisitor(ctx, request, opened)
  const user = (await browserLogin(ctx, opened.pool, request))?.user.id
  const { signOut: asked, signedOut, common } = visitor.strings
  if (user !== undefined && user !== sub && !agreed) {
    const body = ownForm(visitor, { page: 'logout', body: primaryButton({ text: asked.submit, name: 'agreed', value: 'yes' }) })
    const stay = location === undefined ? undefined : link({ text: common.cancel, href: location })
    return show(visitor, { heading: asked.title, body: html`${text(asked.text)}${body}${otherWays([stay])}` })
  }
  const cookies = await signOut(ctx, opened, request)
  if (location !== undefined) return redirectReply(ctx, location, cookies)
  return { ...show(visitor, { heading: signedOut.title, body: text(signedOut.text) }), cookies }
}
