import { useEffect, useRef, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'

/** Something that is asked for again and again. */
export interface Polled<T> {
  readonly value: T | undefined
  readonly error: ApiError | undefined
}

/**
 * Asks for something at once and then every so many milliseconds after the last answer, while the page can be seen; `load` gets the value
 * before. A failure keeps the old value, and the asking goes on.
 */
export const usePoll = <T>(
  load: (before: T | undefined, signal: AbortSignal) => Promise<T>,
  every: number,
  isPaused = false,
): Polled<T> => {
  const [state, setState] = useState<Polled<T>>({ value: undefined, error: undefined })
  const latest = useRef({ load, value: state.value })
  latest.current = { load, value: state.value }
  useEffect(() => {
    if (isPaused) return undefined
    const controller = new AbortController()
    let timer: number | undefined
    let asking = false
    const round = async (): Promise<void> => {
      if (asking || controller.signal.aborted || document.hidden) return
      asking = true
      window.clearTimeout(timer)
      try {
        const value = await latest.current.load(latest.current.value, controller.signal)
        if (!controller.signal.aborted)
          setState((before) => (before.value === value && !before.error ? before : { value, error: undefined }))
      } catch (error) {
        if (!controller.signal.aborted) setState(({ value }) => ({ value, error: asApiError(error) }))
      }
      asking = false
      if (!controller.signal.aborted) timer = window.setTimeout(() => void round(), every)
    }
    const seen = () => void round()
    document.addEventListener('visibilitychange', seen)
    void round()
    return () => {
      controller.abort()
      window.clearTimeout(timer)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [every, isPaused])
  return state
}
