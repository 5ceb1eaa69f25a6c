import { CognitoError } from '../errors.ts'
import { comesByLink, confirmPage } from './confirm-page.ts'
import { refusedBy } from './outcome.ts'
import type { PageReply } from './page.ts'
import { resetPage } from './reset-page.ts'
import type { Visit } from './visit.ts'

/** The states of a user that a page of ours mends. */
const mended: readonly string[] = ['UserNotConfirmedException', 'PasswordResetRequiredException']

/** Whether there is a page with which whom the sign-in refuses can go on. */
export const isMended = (error: unknown): error is CognitoError => error instanceof CognitoError && mended.includes(error.code)

/** That page: the confirmation of somebody who signed up, or a new password. */
export const refusedSignIn = async (visit: Visit, username: string, error: CognitoError): Promise<PageReply> => {
  const { errors } = visit.strings
  const sent = { username }
  const say = (text: string) => ({ sent, alert: { kind: 'info', text } as const })
  if (error.code === 'PasswordResetRequiredException') return refusedBy(error, await resetPage(visit, say(errors.resetRequired)))
  const said = comesByLink(visit, sent) ? errors.notConfirmedLink : errors.notConfirmed
  return refusedBy(error, await confirmPage(visit, say(said)))
}
