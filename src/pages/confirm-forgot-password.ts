import { CognitoError } from '../errors.ts'
import { resetPassword } from '../flows/reset-password.ts'
import { cleanCode } from './clean-code.ts'
import type { Fault } from './fault.ts'
import { refusedBy } from './outcome.ts'
import type { Page, PageReply } from './page.ts'
import { placedFault } from './placed-fault.ts'
import { refusedSignIn } from './refused-sign-in.ts'
import { resetPage } from './reset-page.ts'
import { nothingSent, openSentCode, type SentCode } from './sent-code.ts'
import { signInPage } from './sign-in-page.ts'
import { openVisit, signInRequest, type Visit } from './visit.ts'

/** What is missing in the form, each at its field. */
const missing = (visit: Visit, sent: SentCode | undefined, code: string): Fault[] => {
  const { form } = visit.request
  const { errors } = visit.strings
  const nobody = sent === undefined ? nothingSent(visit) : undefined
  if (nobody !== undefined && nobody.field === undefined) return [nobody]
  return [
    ...(nobody === undefined ? [] : [nobody]),
    ...(code === '' ? [{ field: 'code', text: errors.requiredCode }] : []),
    ...(form.has('password') ? [] : [{ field: 'password', text: errors.requiredPassword }]),
  ]
}

const setPassword = async (visit: Visit): Promise<PageReply> => {
  const { ctx, authorization, request, strings } = visit
  const sent = await openSentCode(visit)
  const code = cleanCode(request.form.get('code') ?? '')
  const faults = missing(visit, sent, code)
  if (sent === undefined || faults.length > 0) return resetPage(visit, { sent, faults })
  const { username } = sent
  try {
    await resetPassword(ctx, authorization, { username, code, password: request.form.get('password') ?? '', request: signInRequest(visit) })
  } catch (error) {
    if (error instanceof CognitoError && error.code === 'UserNotConfirmedException') return refusedSignIn(visit, username, error)
    return refusedBy(error, await resetPage(visit, { sent, faults: placedFault(visit, error, ['code', 'password']) }))
  }
  return signInPage(visit, { username, alert: { kind: 'success', text: strings.resetPassword.done } })
}

/** The page of a code and a new password; it leads back to the sign-in (developer guide, "User-interactive managed login endpoints"). */
export const confirmForgotPassword: Page = async (ctx, request) => {
  const visit = await openVisit(ctx, request)
  return request.method === 'POST' ? setPassword(visit) : resetPage(visit, {})
}
