/** How much of a list is shown. */
export interface ListShown {
  /** Rows on the page, without those that a search there leaves out. */
  readonly rows: number
  /** Whether there are more pages, before or after. */
  readonly isPart: boolean
  /** About how many rows there are on all pages, where somebody knows. */
  readonly total?: number | undefined
}

/** What stands behind a list's name: `(7)`, `(20 of about 1,230)`, or how many are on the page. */
export const listCount = ({ rows, isPart, total }: ListShown): string => {
  if (!isPart) return `(${rows})`
  return total !== undefined && total > rows ? `(${rows} of about ${total.toLocaleString('en')})` : `(${rows} on this page)`
}
