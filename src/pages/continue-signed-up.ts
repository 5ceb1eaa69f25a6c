import { CognitoError } from '../errors.ts'
import type { Alert } from './components/alert.ts'
import { endsSignIn } from './fault.ts'
import type { PageReply } from './page.ts'
import type { SentCode } from './sent-code.ts'
import { signInPage } from './sign-in-page.ts'
import { begin, faultOf, goOn } from './sign-in-steps.ts'
import type { Visit } from './visit.ts'

/**
 * Goes on with somebody who is confirmed: signed in at once in the browser that signed up, where what it kept is still good, else to the
 * sign-in page, with `alert` saying what happened. Throws UserNotConfirmedException.
 */
export const continueSignedUp = async (visit: Visit, { username, session }: SentCode, alert: Alert): Promise<PageReply> => {
  if (session === undefined) return signInPage(visit, { username, alert })
  try {
    return await goOn(visit, username, await begin(visit, { kind: 'signed up', session }))
  } catch (error) {
    if (!(error instanceof CognitoError) || error.code === 'UserNotConfirmedException') throw error
    return signInPage(visit, endsSignIn(error) ? { username, alert } : { username, fault: faultOf(visit, error) })
  }
}
