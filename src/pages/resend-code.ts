import { hidesUserExistence } from '../domain/app-client.ts'
import { alreadyConfirmed, CognitoError } from '../errors.ts'
import { resendConfirmation } from '../flows/resend-confirmation.ts'
import { backToSignIn } from './back-to-sign-in.ts'
import type { Alert } from './components/alert.ts'
import { otherWays } from './components/other-ways.ts'
import { primaryButton } from './components/primary-button.ts'
import { value } from './components/text.ts'
import { comesByLink, confirmPage } from './confirm-page.ts'
import { continueSignedUp } from './continue-signed-up.ts'
import { alertOf, type Faults } from './fault.ts'
import { html } from './html.ts'
import { identifierField } from './identifier-field.ts'
import { refusedBy } from './outcome.ts'
import type { Page, PageReply } from './page.ts'
import { placedFault } from './placed-fault.ts'
import { nothingSent, openSentCode, type SentCode } from './sent-code.ts'
import { ownForm, show } from './show.ts'
import { fillHtml } from './strings/fill.ts'
import { openVisit, signInRequest, type Visit } from './visit.ts'

/** Asks who wants another code, where that is not known. */
const resendPage = (visit: Visit, username?: string, faults?: Faults): PageReply => {
  const { strings, authorization } = visit
  const submit = comesByLink(visit, undefined) ? strings.confirm.linkResend : strings.code.resend
  const body = [
    identifierField(authorization.pool, strings, { value: username, fault: faults, autofocus: true }),
    primaryButton({ text: submit }),
  ]
  return show(visit, {
    heading: strings.confirm.title,
    alert: alertOf(faults),
    body: html`${ownForm(visit, { page: 'resendcode', body })}${otherWays([backToSignIn(visit)])}`,
  })
}

const resentAlert = (visit: Visit, { delivered, ...sent }: SentCode): Alert => {
  const { code, confirm } = visit.strings
  if (comesByLink(visit, { delivered, ...sent })) return { kind: 'success', text: confirm.linkResent }
  const destination = delivered?.Destination
  return { kind: 'success', text: destination === undefined ? code.resent : fillHtml(code.resentTo, { destination: value(destination) }) }
}

const isAlreadyConfirmed = (error: unknown): boolean => error instanceof CognitoError && error.message === alreadyConfirmed().message

const resend = async (visit: Visit): Promise<PageReply> => {
  const { ctx, authorization, strings, request } = visit
  const sent = await openSentCode(visit)
  if (sent === undefined) return resendPage(visit, undefined, nothingSent(visit))
  try {
    const { username } = sent
    const delivered = await resendConfirmation(ctx, authorization, { username, request: signInRequest(visit) })
    // Whoever is hidden gets a made-up destination; what the browser knew before it may show again.
    const resent = hidesUserExistence(authorization.client) ? sent : { ...sent, delivered }
    return await confirmPage(visit, { sent: resent, alert: resentAlert(visit, resent) })
  } catch (error) {
    if (isAlreadyConfirmed(error)) return continueSignedUp(visit, sent, { kind: 'info', text: strings.confirm.already })
    const fault = placedFault(visit, error, ['username'], { LimitExceededException: strings.errors.tooManyCodes })
    const page = request.form.has('username') ? resendPage(visit, sent.username, fault) : confirmPage(visit, { sent, faults: fault })
    return refusedBy(error, await page)
  }
}

/** Sends a new confirmation code, and goes on to the page that asks for it. */
export const resendCode: Page = async (ctx, request) => {
  const visit = await openVisit(ctx, request)
  return request.method === 'POST' ? resend(visit) : resendPage(visit)
}
