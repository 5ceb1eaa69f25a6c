/** A way through the pages of a list: `tokens[n]` opens page n + 1. */
export interface Walk {
  /** Names the list, and how it is asked for. */
  readonly key: string
  readonly tokens: readonly (string | undefined)[]
}

/** What the tab's storage calls the ways that are known. */
export const walkPrefix = 'poolhouse.pages.'

/** Remembers a way in this tab, so that a reload and the back button find the page again; nothing without a name. */
export const keepWalk = (name: string | undefined, walk: Walk): void => {
  if (name === undefined) return
  if (walk.tokens.length > 1) sessionStorage.setItem(walkPrefix + name, JSON.stringify(walk))
  else sessionStorage.removeItem(walkPrefix + name)
}

/** The way that is known of a list; only the first page of one that was asked for otherwise. */
export const keptWalk = (name: string | undefined, key: string): Walk => {
  const first: Walk = { key, tokens: [undefined] }
  if (name === undefined) return first
  try {
    const { key: before, tokens = [] } = JSON.parse(sessionStorage.getItem(walkPrefix + name) ?? '{}') as Partial<Walk>
    // JSON writes the first page's token, which is none, as null.
    return before === key ? { key, tokens: [undefined, ...tokens.slice(1)] } : first
  } catch {
    return first
  }
}
