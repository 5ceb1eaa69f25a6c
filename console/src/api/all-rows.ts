import type { Input } from '../../../src/model/types.gen.ts'
import { type PagedOperation, pagesOf, type Row } from './paged.ts'

/** Every row of a listing operation, for lists that are short by their quota. Throws ApiError. */
export const allRows = async <N extends PagedOperation>(
  operation: N,
  input: Partial<Input<N>>,
  signal: AbortSignal = new AbortController().signal,
): Promise<Row<N>[]> => {
  const load = pagesOf(operation, input)
  const rows: Row<N>[] = []
  let token: string | undefined
  do {
    const page = await load(60, token, signal)
    rows.push(...page.rows)
    token = page.next
  } while (token !== undefined)
  return rows
}
