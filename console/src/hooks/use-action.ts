import { useState } from 'react'
import { asApiError } from '../api/api-error.ts'
import { useFlashes } from '../shell/flashes.tsx'

/** Something that a button does. */
export interface Action {
  readonly pending: boolean
  /** Resolves to whether it was done; a refusal is shown in the API's words, with a button that tries again. */
  readonly run: () => Promise<boolean>
}

/** Wraps what a button does: one at a time, with its outcome in the flashbar (`done` may be left out where the page shows it anyway). */
export const useAction = (work: () => Promise<unknown>, { failed, done }: { readonly failed: string; readonly done?: string }): Action => {
  const [pending, setPending] = useState(false)
  const flashes = useFlashes()
  const run = async (): Promise<boolean> => {
    if (pending) return false
    setPending(true)
    try {
      await work()
      if (done !== undefined) flashes.say(done)
      return true
    } catch (error) {
      flashes.fail(failed, asApiError(error), run)
      return false
    } finally {
      setPending(false)
    }
  }
  return { pending, run }
}
