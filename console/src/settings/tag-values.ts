/** A tag as it is typed. */
export interface TagRow {
  readonly key: string
  readonly value: string
}

/** The rows of a pool's tags, by key. */
export const tagRows = (tags: Readonly<Record<string, string>> = {}): readonly TagRow[] =>
  Object.entries(tags)
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => a.key.localeCompare(b.key))

/** What is wrong with the rows, as a sentence. */
export const tagRowsFault = (rows: readonly TagRow[]): string | undefined => {
  if (rows.some(({ key }) => key.trim() === '')) return 'Every tag needs a key.'
  const twice = rows.find(({ key }, at) => rows.findIndex((row) => row.key === key) !== at)
  return twice === undefined ? undefined : `There are two tags with the key ${twice.key}.`
}

/** The tags that the rows mean. */
export const tagsOf = (rows: readonly TagRow[]): Record<string, string> => Object.fromEntries(rows.map(({ key, value }) => [key, value]))
