import { CognitoError } from '../errors.ts'
import { asksCustomChallenges } from './asks-custom-challenges.ts'
import type { Alert } from './components/alert.ts'
import { endsSignIn } from './fault.ts'
import { finish } from './finish.ts'
import { refusedBy } from './outcome.ts'
import type { PageReply } from './page.ts'
import { remindsOfPasskey } from './passkey-first.ts'
import type { SentCode } from './sent-code.ts'
import { signInPage } from './sign-in-page.ts'
import { begin, faultOf, goOn } from './sign-in-steps.ts'
import type { Visit } from './visit.ts'

/**
 * Goes on with somebody who is confirmed: signed in at once in the browser that signed up, where what it kept is still good, else to the
 * sign-in page, with `alert` saying what happened. Throws UserNotConfirmedException.
 */
export const continueSignedUp = async (visit: Visit, { username, session }: SentCode, alert: Alert): Promise<PageReply> => {
  if (session === undefined || asksCustomChallenges(visit.ctx, visit.authorization)) return signInPage(visit, { username, alert })
  try {
    const result = await begin(visit, { kind: 'signed up', session })
    return result.kind === 'authenticated'
      ? await finish(visit, result.authenticated, { remindOfPasskey: remindsOfPasskey(visit) })
      : await goOn(visit, username, result)
  } catch (error) {
    if (!(error instanceof CognitoError) || error.code === 'UserNotConfirmedException') throw error
    return endsSignIn(error)
      ? signInPage(visit, { username, alert })
      : refusedBy(error, signInPage(visit, { username, fault: faultOf(visit, error) }))
  }
}
