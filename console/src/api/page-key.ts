import { basePath } from './console-url.ts'

/**
 * The half of a session that is this page's own. Browsers send the cookie, the other half, to servers on other ports of the host as well;
 * storage belongs to one port, and all tabs of the console share it.
 */
const storageKey = `poolhouse.page-key ${basePath}`

// For browsers that keep nothing: such a session ends with the page.
let held: string | undefined

const stored = (): string | undefined => {
  try {
    return localStorage.getItem(storageKey) ?? held
  } catch {
    return held
  }
}

/** Keeps what a sign-in answered, for all tabs; undefined forgets it. */
export const keepPageKey = (pageKey: string | undefined): void => {
  held = pageKey
  try {
    if (pageKey === undefined) localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, pageKey)
  } catch {
    // Storage is switched off.
  }
}

/** The header without which the console answers nobody, with the page's half of the session where there is one. */
export const consoleHeaders = (): { readonly 'x-poolhouse-console': string } => ({ 'x-poolhouse-console': stored() ?? '1' })
