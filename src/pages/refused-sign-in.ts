import type { CognitoError } from '../errors.ts'
import { comesByLink, confirmPage } from './confirm-page.ts'
import type { PageReply } from './page.ts'
import { resetPage } from './reset-page.ts'
import type { Visit } from './visit.ts'

/** The states of a user that a page of ours mends. */
const mended: readonly string[] = ['UserNotConfirmedException', 'PasswordResetRequiredException']

/** Whether there is a page with which whom the sign-in refuses can go on. */
export const isMended = ({ code }: CognitoError): boolean => mended.includes(code)

/** That page: the confirmation of somebody who signed up, or a new password. */
export const refusedSignIn = (visit: Visit, username: string, { code }: CognitoError): Promise<PageReply> => {
  const { errors } = visit.strings
  const sent = { username }
  if (code === 'PasswordResetRequiredException') return resetPage(visit, { sent, alert: { kind: 'info', text: errors.resetRequired } })
  return confirmPage(visit, {
    sent,
    alert: { kind: 'info', text: comesByLink(visit, sent) ? errors.notConfirmedLink : errors.notConfirmed },
  })
}
