import type { Answer } from './harness.ts'

/** How many calls the tests on races make at once. */
export const atOnce = 50

/** Makes the calls at once and counts what came of them, by error type or `ok`. */
export const outcomes = async (calls: readonly Promise<Answer>[]): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { status, body } of await Promise.all(calls)) {
    const kind = status === 200 ? 'ok' : body.__type
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}
