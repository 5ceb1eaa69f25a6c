import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

/** Asks whether the page may be left; resolves to whether it may. */
export type LeaveQuestion = (to: string) => Promise<boolean>

let mayLeave: LeaveQuestion | undefined
const shownIn = (state: unknown): number => (state as { shown?: number } | null)?.shown ?? 0

/** The entry of the history that is shown; a number that grows with every navigation and outlives a reload. */
let shown = shownIn(history.state)
let current = location.pathname + location.search

const tell = (): void => {
  current = location.pathname + location.search
  for (const listener of listeners) listener()
}

/** Who is asked before the page changes; undefined = nobody. */
export const askBeforeLeaving = (next: LeaveQuestion | undefined): void => {
  mayLeave = next
}

/**
 * Shows another address of the console, unless somebody has typed what is not saved yet and wants to stay; resolves to whether the address
 * is shown.
 */
export const navigate = async (to: string, { replace = false, force = false } = {}): Promise<boolean> => {
  if (to === current) return true
  if (!force && mayLeave !== undefined && !(await mayLeave(to))) return false
  if (!replace) shown += 1
  history[replace ? 'replaceState' : 'pushState']({ shown }, '', to)
  tell()
  if (!replace) window.scrollTo(0, 0)
  return true
}

history.replaceState({ shown }, '')
let undoing = false
window.addEventListener('popstate', (event) => {
  const wanted = shownIn(event.state)
  if (undoing) {
    undoing = false
    return
  }
  const back = shown - wanted
  const asked = mayLeave
  if (asked === undefined || back === 0) {
    shown = wanted
    tell()
    return
  }
  // The browser has moved already: it is put back where it was while the person decides.
  undoing = true
  history.go(back)
  void asked(location.href).then((leave) => {
    if (!leave) return
    askBeforeLeaving(undefined)
    history.go(-back)
  })
})

/** The path and query that are shown. */
export const useLocation = (): URL => {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
  return new URL(text, location.origin)
}

/** For onFollow of Cloudscape's components: stays in this page when a plain click leads to another address of the console. */
export const follow = (event: CustomEvent<{ readonly href?: string | undefined; readonly external?: boolean | undefined }>): void => {
  const { href, external } = event.detail
  if (href === undefined || external) return
  event.preventDefault()
  void navigate(href)
}
