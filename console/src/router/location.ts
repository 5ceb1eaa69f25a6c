import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

/** Asks whether the page may be left; resolves to whether it may. */
export type Guard = (to: string) => Promise<boolean>

let guard: Guard | undefined
/** The entry of the history that is shown; a number that grows with every navigation. */
let shown = 0
let current = location.pathname + location.search

const tell = (): void => {
  current = location.pathname + location.search
  for (const listener of listeners) listener()
}

/** Who is asked before the page changes; undefined = nobody. */
export const setGuard = (next: Guard | undefined): void => {
  guard = next
}

/** Shows another address of the console, unless somebody has typed what is not saved yet and wants to stay. */
export const navigate = async (to: string, { replace = false, force = false } = {}): Promise<void> => {
  if (to === current) return
  if (!force && guard !== undefined && !(await guard(to))) return
  if (!replace) shown += 1
  history[replace ? 'replaceState' : 'pushState']({ shown }, '', to)
  tell()
  if (!replace) window.scrollTo(0, 0)
}

history.replaceState({ shown }, '')
let undoing = false
window.addEventListener('popstate', (event) => {
  const { shown: wanted = 0 } = (event.state ?? {}) as { shown?: number }
  if (undoing) {
    undoing = false
    return
  }
  const back = shown - wanted
  const asked = guard
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
    setGuard(undefined)
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
