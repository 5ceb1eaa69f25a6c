import { poolRecoveryFault } from '../domain/account-recovery.ts'
import { hidesUserExistence } from '../domain/app-client.ts'
import { sendResetCode } from '../flows/send-reset-code.ts'
import { backToSignIn } from './back-to-sign-in.ts'
import { closedPage } from './closed-page.ts'
import { otherWays } from './components/other-ways.ts'
import { primaryButton } from './components/primary-button.ts'
import { text } from './components/text.ts'
import { alertOf, type Faults } from './fault.ts'
import { html } from './html.ts'
import { identifierField } from './identifier-field.ts'
import { refusedBy } from './outcome.ts'
import type { Page, PageReply } from './page.ts'
import { placedFault } from './placed-fault.ts'
import { resetPage } from './reset-page.ts'
import { nothingSent, openSentCode } from './sent-code.ts'
import { ownForm, show } from './show.ts'
import { openVisit, signInRequest, type Visit } from './visit.ts'

const askWho = (visit: Visit, username = visit.authorization.loginHint, faults?: Faults): PageReply => {
  const { strings, authorization } = visit
  const { forgotPassword } = strings
  const body = [
    text(forgotPassword.text),
    identifierField(authorization.pool, strings, { value: username, fault: faults, autofocus: true }),
    primaryButton({ text: forgotPassword.submit, name: 'reset_my_password', value: 'Reset my password' }),
  ]
  return show(visit, {
    heading: forgotPassword.title,
    alert: alertOf(faults),
    body: html`${ownForm(visit, { page: 'forgotPassword', body })}${otherWays([backToSignIn(visit)])}`,
  })
}

const send = async (visit: Visit): Promise<PageReply> => {
  const { ctx, authorization, strings } = visit
  const { errors, code } = strings
  const sent = await openSentCode(visit)
  if (sent === undefined) return askWho(visit, undefined, nothingSent(visit))
  const { username } = sent
  try {
    const delivered = await sendResetCode(ctx, authorization, { username, request: signInRequest(visit) })
    // A made-up destination would be one more thing to tell people apart by.
    const hides = hidesUserExistence(authorization.client)
    return await resetPage(visit, { sent: hides ? { username } : { username, delivered }, explanation: code.sent })
  } catch (error) {
    const fault = placedFault(visit, error, ['username'], { LimitExceededException: errors.tooManyCodes })
    return refusedBy(error, askWho(visit, username, fault))
  }
}

/** The page of somebody who forgot the password, with the parameters of the authorization endpoint: sends a code. */
export const forgotPassword: Page = async (ctx, request) => {
  const visit = await openVisit(ctx, request)
  const { forgotPassword: said, errors } = visit.strings
  if (poolRecoveryFault(visit.authorization.pool) !== undefined) return closedPage(visit, said.title, errors.recoveryClosed)
  return request.method === 'POST' ? send(visit) : askWho(visit)
}
