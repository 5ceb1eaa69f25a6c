import { CognitoError } from '../errors.ts'
import { type Beginning, beginSignIn, type SignInResult } from '../flows/sign-in.ts'
import { challengePageOf } from './challenges/challenge-pages.ts'
import { endsSignIn, type Fault, FormFault, sentenceFor } from './fault.ts'
import { finish } from './finish.ts'
import { refusedBy } from './outcome.ts'
import type { PageReply } from './page.ts'
import { isMended, refusedSignIn } from './refused-sign-in.ts'
import { signInPage } from './sign-in-page.ts'
import type { Step } from './step.ts'
import { signInRequest, type Visit } from './visit.ts'

/** Goes on from how a step ended: with the next question, or with the grant. */
export const goOn = (visit: Visit, username: string, result: SignInResult): Promise<PageReply> =>
  result.kind === 'authenticated'
    ? finish(visit, result.authenticated)
    : challengePageOf(result.name).show(visit, { username, challenge: result })

/** What the person did wrong, or what the pool refused; anything else is a fault of the server. */
export const faultOf = (visit: Visit, error: unknown): Fault => {
  if (error instanceof FormFault) return error.fault
  if (error instanceof CognitoError) return { text: sentenceFor(error, visit.strings) }
  throw error
}

/** Answers the question that a form brings, and asks again where the answer was wrong. */
export const answerStep = async (visit: Visit, step: Step): Promise<PageReply> => {
  const page = challengePageOf(step.challenge.name)
  let result: SignInResult
  try {
    result = await page.answer(visit, step)
  } catch (error) {
    if (isMended(error)) return refusedSignIn(visit, step.username, error)
    const fault = (error instanceof CognitoError && page.faultOf?.(visit, error)) || faultOf(visit, error)
    const isOver = error instanceof CognitoError && (page.isAnsweredOnce === true || endsSignIn(error))
    return refusedBy(error, isOver ? signInPage(visit, { username: step.username, fault }) : await page.show(visit, step, fault))
  }
  try {
    return await goOn(visit, step.username, result)
  } catch (error) {
    return refusedBy(error, signInPage(visit, { username: step.username, fault: faultOf(visit, error) }))
  }
}

/** Begins a sign-in on a page; throws CognitoError for a refusal. */
export const begin = (visit: Visit, beginning: Beginning): Promise<SignInResult> =>
  beginSignIn(visit.ctx, visit.authorization, beginning, signInRequest(visit), undefined)
