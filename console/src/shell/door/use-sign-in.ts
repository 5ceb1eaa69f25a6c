import { useState } from 'react'
import { type ApiError, asApiError } from '../../api/api-error.ts'
import { codeFault } from '../../api/new-password.ts'
import { type Credentials, signIn } from '../../api/operator-session.ts'

/** Why somebody is not signed in. */
export interface Refusal {
  readonly message: string
  /** Where the reader goes on. */
  readonly field: keyof Credentials
  /** Whose tries have to wait, and until when (epoch ms). */
  readonly locked?: { readonly name: string; readonly until: number }
}

const lackOf = ({ name, password, code }: Credentials): Refusal | undefined => {
  if (name.trim() === '') return { message: 'Enter your name.', field: 'name' }
  if (password === '') return { message: 'Enter your password.', field: 'password' }
  const fault = codeFault(code)
  return fault === undefined ? undefined : { message: fault, field: 'code' }
}

const nameOf = ({ name }: Credentials): string => name.trim().toLowerCase()

const refusalOf = ({ message, retryAfter }: ApiError, credentials: Credentials): Refusal => ({
  // How long is counted down beside it.
  message: (retryAfter === undefined ? message : message.replace(/ Try again in [^.]*\.$/, '')) || 'The server gave no reason.',
  field: 'code',
  ...(retryAfter !== undefined && { locked: { name: nameOf(credentials), until: Date.now() + retryAfter * 1000 } }),
})

/** The state of a sign-in form; `submit` resolves to why nobody is signed in, and to undefined once `onDone` has done its part. */
export const useSignIn = (known: string, onDone: () => unknown) => {
  const [values, setValues] = useState<Credentials>({ name: known, password: '', code: '' })
  const [refusal, setRefusal] = useState<Refusal>()
  const [pending, setPending] = useState(false)
  const set = (changes: Partial<Credentials>) => setValues((before) => ({ ...before, ...changes }))
  const refuse = (next: Refusal): Refusal => {
    setRefusal(next)
    return next
  }
  const submit = async (): Promise<Refusal | undefined> => {
    if (pending) return undefined
    const lack = lackOf(values)
    if (lack !== undefined) return refuse(lack)
    // While it waits, the server would look at nothing.
    if (refusal?.locked?.name === nameOf(values) && refusal.locked.until > Date.now()) return refusal
    setPending(true)
    try {
      await signIn(values)
      setRefusal(undefined)
      await onDone()
      return undefined
    } catch (error) {
      // A code is good for one try.
      set({ code: '' })
      setPending(false)
      return refuse(refusalOf(asApiError(error), values))
    }
  }
  return { values, set, refusal, pending, submit }
}
