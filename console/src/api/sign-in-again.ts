type SignIn = () => Promise<void>

let ask: SignIn | undefined
let asking: Promise<void> | undefined

/**
 * How operators sign in without leaving the page that they are on; undefined while nothing can (`dev` never has to).
 * @public
 */
export const setSignIn = (signIn: SignIn | undefined): void => {
  ask = signIn
}

/** Resolves once the operator is signed in again, asking once however many calls want it; rejects with `error` where nobody can be asked. */
export const signInAgain = async (error: Error): Promise<void> => {
  if (ask === undefined) throw error
  asking ??= ask().finally(() => {
    asking = undefined
  })
  await asking
}
