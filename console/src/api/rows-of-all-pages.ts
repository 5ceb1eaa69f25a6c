import type { LoadPage } from './paged.ts'

/** The rows of all pages of a list, the first `most` of them. Throws ApiError. */
export const rowsOfAllPages = async <R>(
  load: LoadPage<R>,
  signal: AbortSignal,
  most = 5000,
): Promise<{ readonly rows: readonly R[]; readonly isCut: boolean }> => {
  const rows: R[] = []
  let token: string | undefined
  do {
    const page = await load(60, token, signal)
    rows.push(...page.rows)
    token = page.next
  } while (token !== undefined && rows.length < most)
  return { rows, isCut: token !== undefined }
}
