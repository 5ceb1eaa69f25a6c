import { type SignedUp, selfSignUp } from '../flows/self-sign-up.ts'
import { sealPageSignUp } from '../flows/sign-up-session.ts'
import { StoredAnyway } from '../flows/stored-anyway.ts'
import { closedPage } from './closed-page.ts'
import { confirmPage } from './confirm-page.ts'
import { continueSignedUp } from './continue-signed-up.ts'
import { sentenceFor } from './fault.ts'
import { refusedBy } from './outcome.ts'
import type { Page, PageReply } from './page.ts'
import { placedFault } from './placed-fault.ts'
import { allowsSignUp, signInPage } from './sign-in-page.ts'
import { givenAttributes, readSignUp, signUpFaults, type TypedSignUp } from './sign-up-form.ts'
import { signUpPage } from './sign-up-page.ts'
import { openVisit, signInRequest, type Visit } from './visit.ts'

/** Where somebody who is stored goes: into the application, to the code, or home until an administrator has looked. */
const welcome = async (visit: Visit, { username }: TypedSignUp, { user, confirmed, delivered }: SignedUp): Promise<PageReply> => {
  const { ctx, authorization, strings } = visit
  const session = await sealPageSignUp(ctx, authorization, user)
  if (confirmed) return continueSignedUp(visit, { username, session }, { kind: 'success', text: strings.confirm.done })
  if (delivered !== undefined) return confirmPage(visit, { sent: { username, delivered, session } })
  // AWS's page shows an error here (developer guide, "Things to know about managed login and the hosted UI").
  return signInPage(visit, { username, alert: { kind: 'info', text: strings.errors.waitsForApproval } })
}

const refused = (visit: Visit, typed: TypedSignUp, error: unknown): Promise<PageReply> | PageReply => {
  const { username } = typed
  if (error instanceof StoredAnyway) {
    const text = sentenceFor(error, visit.strings)
    if (error.user.status === 'CONFIRMED') return signInPage(visit, { username, fault: { text } })
    return confirmPage(visit, { sent: { username }, faults: { text } })
  }
  return signUpPage(visit, typed, placedFault(visit, error, ['username', 'password']))
}

const register = async (visit: Visit): Promise<PageReply> => {
  const typed = readSignUp(visit)
  const faults = signUpFaults(visit, typed)
  if (faults.length > 0) return signUpPage(visit, typed, faults)
  const { username, password } = typed
  const form = { username, password, attributes: givenAttributes(visit, typed), request: signInRequest(visit) }
  let signedUp: SignedUp
  try {
    signedUp = await selfSignUp(visit.ctx, visit.authorization, form)
  } catch (error) {
    return refusedBy(error, await refused(visit, typed, error))
  }
  return welcome(visit, typed, signedUp)
}

/** The sign-up page, with the parameters of the authorization endpoint (developer guide, "User-interactive managed login endpoints"). */
export const signUp: Page = async (ctx, request) => {
  const visit = await openVisit(ctx, request)
  const { signUp: said, errors } = visit.strings
  if (!allowsSignUp(visit)) return closedPage(visit, said.title, errors.signUpClosed)
  return request.method === 'POST' ? register(visit) : signUpPage(visit)
}
