import { useCallback, useEffect, useState } from 'react'
import { useUnsaved } from '../shell/unsaved.tsx'

const keyOf = (name: string) => `poolhouse.draft.${location.pathname}.${name}`

const kept = <T>(name: string): T | undefined => {
  try {
    const text = sessionStorage.getItem(keyOf(name))
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}

/** The values of a form that somebody fills in. */
export interface Draft<T> {
  readonly values: T
  readonly isDirty: boolean
  readonly set: (changes: Partial<T>) => void
  /** After saving or giving up: begins with these values, or with the ones it began with. */
  readonly reset: (values?: T) => void
}

/**
 * The values of a form, kept in this tab until they are saved: a reload, an ended session or a restarted server loses nothing, and who
 * leaves the page is asked first. Members named in `secrets` are never kept.
 */
export const useDraft = <T extends object>(name: string, initial: T, secrets: readonly (keyof T)[] = []): Draft<T> => {
  const [start, setStart] = useState(initial)
  const [values, setValues] = useState<T>(() => ({ ...initial, ...kept<Partial<T>>(name) }))
  const isDirty = JSON.stringify(values) !== JSON.stringify(start)
  useUnsaved(isDirty)
  const secretNames = secrets.join()
  useEffect(() => {
    const hidden = secretNames.split(',')
    const open = Object.entries(values).filter(([key]) => !hidden.includes(key))
    if (isDirty) sessionStorage.setItem(keyOf(name), JSON.stringify(Object.fromEntries(open)))
    else sessionStorage.removeItem(keyOf(name))
  }, [name, values, isDirty, secretNames])
  const set = useCallback((changes: Partial<T>) => setValues((before) => ({ ...before, ...changes })), [])
  const reset = useCallback(
    (next?: T) => {
      sessionStorage.removeItem(keyOf(name))
      if (next !== undefined) setStart(next)
      setValues(next ?? start)
    },
    [name, start],
  )
  return { values, isDirty, set, reset }
}
