import { useCallback, useEffect, useState } from 'react'
import { type Edit, isSame, rebased } from '../api/rebased.ts'
import { useUnsaved } from '../shell/unsaved.tsx'

const keyOf = (name: string) => `poolhouse.draft.${location.pathname}.${name}`

const kept = <T>(name: string): Partial<Edit<Partial<T>>> => {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(name)) ?? '{}') as Partial<Edit<Partial<T>>>
  } catch {
    return {}
  }
}

/** The values of a form that somebody fills in. */
export interface Draft<T> extends Edit<T> {
  readonly isDirty: boolean
  /** Where the values were typed before this page was loaded: whether what they began with is still there, or was changed by somebody. */
  readonly restored: 'same' | 'changed' | undefined
  readonly set: (changes: Partial<T> | ((before: T) => Partial<T>)) => void
  /** Something was saved besides: changes what was begun with and what was made of it alike. */
  readonly amend: (change: (values: T) => T) => void
  /** After saving or giving up: begins with these values, or with the ones it began with. */
  readonly reset: (values?: T) => void
}

type State<T> = Pick<Draft<T>, 'start' | 'values' | 'restored'>

const begun = <T extends object>(name: string, initial: T): State<T> => {
  const before = kept<T>(name)
  const start = { ...initial, ...before.start }
  const values = rebased({ start, values: { ...start, ...before.values } }, initial)
  const restored = isSame(values, initial) ? undefined : isSame(start, initial) ? 'same' : 'changed'
  return { start: initial, values, restored }
}

/**
 * The values of a form, kept in this tab until they are saved: a reload, an ended session or a restarted server loses nothing, and who
 * leaves the page is asked first, and throws them away by leaving. What was kept comes back on top of what is there by then. Members named
 * in `secrets` are never kept.
 */
export const useDraft = <T extends object>(name: string, initial: T, secrets: readonly (keyof T)[] = []): Draft<T> => {
  const [state, setState] = useState(() => begun(name, initial))
  const { start, values } = state
  const isDirty = !isSame(values, start)
  const forget = useCallback(() => sessionStorage.removeItem(keyOf(name)), [name])
  useUnsaved(isDirty, forget)
  const secretNames = secrets.join()
  useEffect(() => {
    const hidden = secretNames.split(',')
    const open = (whole: T) => Object.fromEntries(Object.entries(whole).filter(([key]) => !hidden.includes(key)))
    if (isDirty) sessionStorage.setItem(keyOf(name), JSON.stringify({ start: open(start), values: open(values) }))
    else forget()
  }, [name, start, values, isDirty, secretNames, forget])
  const set = useCallback(
    (changes: Partial<T> | ((before: T) => Partial<T>)) =>
      setState((before) => ({
        ...before,
        values: { ...before.values, ...(typeof changes === 'function' ? changes(before.values) : changes) },
      })),
    [],
  )
  const reset = useCallback(
    (next?: T) => {
      forget()
      setState((before) => ({ start: next ?? before.start, values: next ?? before.start, restored: undefined }))
    },
    [forget],
  )
  const amend = useCallback(
    (change: (values: T) => T) => setState(({ start, values, restored }) => ({ start: change(start), values: change(values), restored })),
    [],
  )
  return { ...state, isDirty, set, amend, reset }
}
