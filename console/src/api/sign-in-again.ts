import { ApiError, signedOut } from './api-error.ts'
import { sessionEnd } from './session-end.ts'

/** Lets the operator sign in; answers why what was asked for is not done all the same, if it isn't. */
export type SignIn = () => Promise<'signed in' | 'given up' | ApiError>

let ask: SignIn | undefined
let asking: ReturnType<SignIn> | undefined

/** How operators sign in without leaving the page that they are on; undefined while nothing can (`dev` never has to). */
export const setSignIn = (signIn: SignIn | undefined): void => {
  ask = signIn
}

/**
 * Resolves once the operator is signed in again, asking once however many calls want it; rejects with `error` where nobody can be asked or
 * the operator gives up, and with another error where somebody else signs in.
 */
export const signInAgain = async (error: Error): Promise<void> => {
  if (ask === undefined) throw error
  sessionEnd.note(true)
  asking ??= ask().finally(() => {
    asking = undefined
  })
  const outcome = await asking
  if (outcome === 'given up') throw error
  if (outcome !== 'signed in') throw outcome
}

/** Sends something that only a signed-in operator may; when the session has ended, the operator signs in again and it goes out once more. */
export const withSession = async <T>(send: () => Promise<T>): Promise<T> => {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== signedOut) throw error
    await signInAgain(error)
    return send()
  }
}
