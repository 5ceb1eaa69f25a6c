/** How a list answers a page of its rows. */
type ListPage<T> = (page: {
  readonly after?: string | undefined
  readonly limit: number
}) => Promise<{ readonly rows: readonly T[]; readonly next?: string | undefined }>

/** Every row of a list that is read page by page, in its order. */
export async function* everyRow<T>(list: ListPage<T>, limit = 100): AsyncGenerator<T, void, undefined> {
  let after: string | undefined
  do {
    const page = await list({ after, limit })
    yield* page.rows
    after = page.next
  } while (after !== undefined)
}
