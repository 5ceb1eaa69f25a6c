import { allowedFlows } from '../domain/app-client-config.ts'
import { shownName } from '../domain/username.ts'
import { countsForStepUp, mayAddFactor, type OpenedLogin, resumeSignIn } from '../flows/login-session.ts'
import type { Beginning } from '../flows/sign-in.ts'
import { asksCustomChallenges } from './asks-custom-challenges.ts'
import { meantLogin } from './browser-login.ts'
import { link } from './components/link.ts'
import { otherWays } from './components/other-ways.ts'
import { primaryButton } from './components/primary-button.ts'
import { text } from './components/text.ts'
import { grantSignedIn } from './grant-signed-in.ts'
import { html } from './html.ts'
import { refusedBy } from './outcome.ts'
import type { Page, PageReply } from './page.ts'
import { redirectReply } from './page-reply.ts'
import { passkeyFirst } from './passkey-first.ts'
import { isMended, refusedSignIn } from './refused-sign-in.ts'
import { ownForm, show } from './show.ts'
import { passwordPage, signInPage } from './sign-in-page.ts'
import { answerStep, begin, faultOf, goOn } from './sign-in-steps.ts'
import { bringsStep, openStep } from './step.ts'
import { fill } from './strings/fill.ts'
import { typedIdentifier } from './typed-identifier.ts'
import { openVisit, pageLink, signInRequest, type Visit } from './visit.ts'

const openLogin = ({ ctx, authorization, request }: Visit): Promise<OpenedLogin | undefined> => meantLogin(ctx, authorization, request)

/** Whether the sign-in is for a passkey that somebody who signed in so long ago can't add. */
const isTooLateForPasskey = (visit: Visit, { session }: OpenedLogin): boolean =>
  passkeyFirst(visit) !== undefined && !mayAddFactor(visit.ctx, visit.authorization, session)

/** Asks somebody who is signed in on this browser whether to go on so. */
const selectAccountPage = (visit: Visit, { user }: OpenedLogin): PageReply => {
  const { strings, authorization } = visit
  const { selectAccount } = strings
  const account = shownName(authorization.pool, user)
  return show(visit, {
    heading: selectAccount.title,
    body: html`${text(selectAccount.text)}${ownForm(visit, {
      page: 'login',
      body: primaryButton({ text: fill(selectAccount.continueAs, { account }), name: 'continue', value: 'yes' }),
    })}${otherWays([link({ text: selectAccount.other, href: `${pageLink(visit, 'login')}&other=1` })])}`,
  })
}

/** Somebody goes on as who they are signed in as; what the application demands beyond that is asked for. */
const continueSignedIn = async (visit: Visit): Promise<PageReply> => {
  const { ctx, authorization } = visit
  const login = await openLogin(visit)
  if (login === undefined) return signInPage(visit)
  const username = shownName(authorization.pool, login.user)
  if (isTooLateForPasskey(visit, login)) return signInPage(visit, { username })
  const { maxAge, acrValues } = authorization
  const byCustomChallenges = asksCustomChallenges(ctx, authorization)
  const how = { maxAge, acrValues, byCustomChallenges, request: signInRequest(visit) }
  const resumed = await resumeSignIn(ctx, authorization, login, how)
  if (resumed !== undefined) {
    const passkey = passkeyFirst(visit)
    return passkey === undefined ? grantSignedIn(ctx, authorization, resumed, login.session, visit.version) : redirectReply(ctx, passkey)
  }
  const mayStepUp = aimsHigher(visit) && (await countsForStepUp(ctx, authorization, login.session, { maxAge, byCustomChallenges }))
  if (!mayStepUp) return signInPage(visit, { username })
  const choice = { parameters: {}, targetAcrValues: acrValues, signedIn: login.session }
  try {
    return await goOn(visit, username, await begin(visit, { kind: 'choice', username: login.user.username, choice }))
  } catch (error) {
    return refusedBy(error, signInPage(visit, { username, fault: faultOf(visit, error) }))
  }
}

/** Whether the app client lets people choose how they sign in. */
const offersChoice = ({ authorization: { client }, version }: Visit): boolean => version === 2 && allowedFlows(client).has('USER_AUTH')

const aimsHigher = ({ authorization: { acrValues, pool } }: Visit): boolean => acrValues !== undefined && pool.UserPoolTier !== 'LITE'

/** How the sign-in begins that the form asks for; undefined where the password is still to be typed. */
const beginningOf = (visit: Visit, username: string, password: string | undefined): Beginning | undefined => {
  const { ctx, authorization } = visit
  const { acrValues } = authorization
  if (asksCustomChallenges(ctx, authorization)) return { kind: 'custom', username, srpA: undefined }
  if (aimsHigher(visit)) {
    const known = password === undefined ? {} : { preferred: 'PASSWORD', parameters: { PASSWORD: password } }
    return { kind: 'choice', username, choice: { parameters: {}, targetAcrValues: acrValues, ...known } }
  }
  if (password !== undefined) return { kind: 'password', username, password }
  return offersChoice(visit) ? { kind: 'choice', username, choice: { parameters: {} } } : undefined
}

const signIn = async (visit: Visit): Promise<PageReply> => {
  const { request, strings, version } = visit
  const username = typedIdentifier(visit.authorization.pool, request.form.get('username') ?? '')
  const password = request.form.get('password')
  if (username === '') return signInPage(visit, { fault: { field: 'username', text: strings.errors.required } })
  const beginning = beginningOf(visit, username, password)
  if (beginning === undefined && version === 2) return passwordPage(visit, { username })
  if (beginning === undefined) {
    return signInPage(visit, { username, fault: { field: 'password', text: strings.errors.requiredPassword } })
  }
  try {
    return await goOn(visit, username, await begin(visit, beginning))
  } catch (error) {
    if (isMended(error)) return refusedSignIn(visit, username, error)
    const fault = faultOf(visit, error)
    const page = version === 2 && password !== undefined ? passwordPage : signInPage
    return refusedBy(error, page(visit, { username, fault }))
  }
}

/**
 * The sign-in page (developer guide, "The managed login sign-in endpoint: /login"), with the parameters of the authorization endpoint. All
 * steps of a sign-in come back here.
 */
export const login: Page = async (ctx, request) => {
  const visit = await openVisit(ctx, request)
  if (request.method === 'POST') {
    const step = await openStep(visit)
    if (step !== undefined) return answerStep(visit, step)
    if (bringsStep(visit)) return signInPage(visit, { fault: { text: visit.strings.errors.sessionExpired } })
    return request.form.has('continue') ? continueSignedIn(visit) : signIn(visit)
  }
  const { prompt } = visit.authorization
  // Nothing may be shown (OpenID Connect Core 3.1.2.1), and the authorization endpoint shows nothing.
  if (prompt.has('none') && (visit.version === 2 || ctx.policy.strictOidc)) return redirectReply(ctx, `/oauth2/authorize?${request.search}`)
  const asksAnew = request.query.has('other') || (prompt.has('login') && (visit.version === 2 || ctx.policy.strictOidc))
  const signedIn = asksAnew ? undefined : await openLogin(visit)
  return signedIn === undefined || isTooLateForPasskey(visit, signedIn) ? signInPage(visit) : selectAccountPage(visit, signedIn)
}
