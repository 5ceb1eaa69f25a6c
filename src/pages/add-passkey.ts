import { pagesUsePasskeys, passkeyPagesUrl } from '../domain/pages-passkeys.ts'
import { CognitoError } from '../errors.ts'
import { mayAddFactor, noteUse, provesEnough } from '../flows/login-session.ts'
import type { OpenClient } from '../flows/open-client.ts'
import { passkeyCreationOptions, registerPasskey } from '../flows/passkey-registration.ts'
import { inNameOf, type SignedIn } from '../flows/signed-in.ts'
import { provedAddress } from '../oauth/authorization-request.ts'
import { requireLocalUsers } from '../oauth/local-users.ts'
import { RefusedOnPage } from '../oauth/refusals.ts'
import { asksCustomChallenges } from './asks-custom-challenges.ts'
import { browserLogin } from './browser-login.ts'
import { linkButton } from './components/link-button.ts'
import { otherWays } from './components/other-ways.ts'
import { passkeyForm } from './components/passkey-form.ts'
import { text } from './components/text.ts'
import { alertOf, type Fault } from './fault.ts'
import { html } from './html.ts'
import { refusedBy } from './outcome.ts'
import type { Page, PageReply } from './page.ts'
import { redirectReply } from './page-reply.ts'
import { afterPasskey, signInForPasskey } from './passkey-first.ts'
import { ownForm, show } from './show.ts'
import type { Strings } from './strings/strings.ts'
import { openClientVisit, pageLink, signInRequest, type Visitor } from './visit.ts'

const pageName = 'passkeys/add'

type ClientVisit = Visitor & { readonly opened: OpenClient }

/** The user of the browser's login session, if that is young, has not been ended and proves as much as a sign-in would have to. */
const signedInUser = async (visit: ClientVisit): Promise<SignedIn | undefined> => {
  const { ctx, opened, request } = visit
  const login = await browserLogin(ctx, opened.pool, request)
  const demands = { byCustomChallenges: asksCustomChallenges(ctx, opened), request: signInRequest(visit) }
  if (login === undefined || !mayAddFactor(ctx, opened, login.session)) return undefined
  if (!(await provesEnough(ctx, opened, login, demands)) || !(await noteUse(ctx, opened, login.session))) return undefined
  return { ...opened, ctx: inNameOf(ctx, login.user), user: login.user, originId: login.session.originId }
}

const sentenceFor = ({ code }: CognitoError, { passkey }: Strings): string => {
  if (code === 'LimitExceededException') return passkey.tooMany
  return code === 'WebAuthnOriginNotAllowedException' || code === 'WebAuthnRelyingPartyMismatchException'
    ? passkey.unsupported
    : passkey.failed
}

/** The options for a new passkey, or why there can't be one. */
const optionsFor = async (user: SignedIn, strings: Strings): Promise<{ readonly options?: unknown; readonly fault?: Fault }> => {
  try {
    return { options: await passkeyCreationOptions(user) }
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error
    return { fault: { text: sentenceFor(error, strings) } }
  }
}

const addPage = async (visit: ClientVisit, user: SignedIn, redirectUri: string, before?: Fault): Promise<PageReply> => {
  const { strings, csrf } = visit
  const { passkey, common } = strings
  const { options, fault = before } = await optionsFor(user, strings)
  const form =
    options !== undefined &&
    passkeyForm({
      action: pageLink(visit, pageName),
      hidden: { _csrf: csrf.token },
      mode: 'create',
      options,
      text: passkey.add,
      strings,
      body: text(passkey.addText),
    })
  const skip = ownForm(visit, { page: pageName, hidden: { skip: 'yes' }, body: linkButton({ text: common.skip }) })
  return show(visit, {
    heading: passkey.addTitle,
    graphic: 'passkey',
    alert: alertOf(fault),
    goesTo: redirectUri,
    body: html`${form}${otherWays([skip])}`,
  })
}

const register = async (visit: ClientVisit, user: SignedIn, redirectUri: string): Promise<PageReply> => {
  const { ctx, request, strings } = visit
  const credential = request.form.get('credential')
  if (credential === undefined) return addPage(visit, user, redirectUri, { text: strings.passkey.failed })
  try {
    await registerPasskey(user, credential)
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error
    return refusedBy(error, await addPage(visit, user, redirectUri, { text: sentenceFor(error, strings) }))
  }
  return redirectReply(ctx, afterPasskey(request, redirectUri))
}

/**
 * Where somebody who is signed in adds a passkey (developer guide, "Register a passkey (managed login)"); anybody else signs in first. Takes
 * `client_id` and `redirect_uri`, and the other parameters of the authorization endpoint. At an address where browsers would refuse the pool's
 * passkeys it leads to one where they don't.
 * guess: the pages of a pool without passkeys, and classic ones, have no page at /passkeys/add.
 */
export const addPasskey: Page = async (ctx, request) => {
  const visit = await openClientVisit(ctx, request)
  const { opened } = visit
  const redirectUri = provedAddress(opened, request.query)
  requireLocalUsers(opened)
  if (!pagesUsePasskeys(opened.pool, ctx.policy.publicUrl, request.domain?.domain)) {
    const elsewhere = passkeyPagesUrl(opened.pool, ctx.policy.publicUrl)
    if (elsewhere === undefined) throw new RefusedOnPage('not_found')
    return redirectReply(ctx, `${elsewhere}/${pageName}?${request.search}`)
  }
  // Who leaves the page need not sign in again for that.
  if (request.form.has('skip')) return redirectReply(ctx, afterPasskey(request, redirectUri))
  const user = await signedInUser(visit)
  if (user === undefined) return redirectReply(ctx, signInForPasskey(ctx, request, opened.client))
  return request.method === 'POST' ? register(visit, user, redirectUri) : addPage(visit, user, redirectUri)
}
