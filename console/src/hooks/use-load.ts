import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { type ApiError, asApiError, signedOut, unreachable } from '../api/api-error.ts'
import { connection } from '../api/connection.ts'
import { sessionEnd } from '../api/session-end.ts'

/** Something that is loaded, or why not. While it is loaded again the old value stays. */
export interface Loaded<T> {
  readonly value: T | undefined
  readonly error: ApiError | undefined
  readonly loading: boolean
  readonly reload: () => void
}

interface State<T> {
  readonly key: string
  readonly value?: T
  readonly error?: ApiError
  readonly loading: boolean
}

/**
 * Loads something when the page appears and whenever `key` changes, which has to name everything that `load` depends on. What failed
 * because the server was away is loaded again when it is back, and what failed for want of a session when there is one.
 */
export const useLoad = <T>(load: (signal: AbortSignal) => Promise<T>, key: string): Loaded<T> => {
  const [state, setState] = useState<State<T>>({ key, loading: true })
  const [round, setRound] = useState(0)
  const latest = useRef(load)
  latest.current = load
  const isUp = useSyncExternalStore(connection.subscribe, connection.state) === 'up'
  const isSignedIn = !useSyncExternalStore(sessionEnd.subscribe, sessionEnd.isOver)
  const code = state.error?.code
  const retry = (code === unreachable && isUp) || (code === signedOut && isSignedIn)

  // biome-ignore lint/correctness/useExhaustiveDependencies: round and retry ask for the same once more
  useEffect(() => {
    const controller = new AbortController()
    setState((before) => (before.key === key ? { ...before, loading: true } : { key, loading: true }))
    latest.current(controller.signal).then(
      (value) => controller.signal.aborted || setState({ key, value, loading: false }),
      (error: unknown) => controller.signal.aborted || setState((before) => ({ ...before, error: asApiError(error), loading: false })),
    )
    return () => controller.abort()
  }, [key, round, retry])

  const reload = useCallback(() => setRound((before) => before + 1), [])
  // What was loaded for another key is nobody's business any more.
  const own = state.key === key ? state : undefined
  return { value: own?.value, error: own?.loading ? undefined : own?.error, loading: own?.loading ?? true, reload }
}
