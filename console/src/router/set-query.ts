import { navigate } from './location.ts'

/** Changes parameters of the shown address, so that the state of a list can be linked to; an empty text takes one away. */
export const setQuery = (changes: Readonly<Record<string, string>>): void => {
  const url = new URL(location.href)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  void navigate(url.pathname + url.search, { replace: true, force: true })
}
