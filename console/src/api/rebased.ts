/** What somebody began with, and what was made of it. */
export interface Edit<T> {
  readonly start: T
  readonly values: T
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether two values are the same JSON. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const onTop = (start: unknown, value: unknown, now: unknown): unknown => {
  if (isSame(start, value)) return now
  if (!isRecord(start) || !isRecord(value) || !isRecord(now)) return value
  const names = [...new Set([...Object.keys(now), ...Object.keys(value)])]
  const members = names.map((name) => [name, onTop(start[name], value[name], now[name])] as const)
  return Object.fromEntries(members.filter(([, member]) => member !== undefined))
}

/**
 * What was changed, on top of what is there now: a member that is as it was at the start has the value that it has now. Objects are
 * compared member by member, lists and texts as a whole.
 */
export const rebased = <T>({ start, values }: Edit<T>, now: T): T => onTop(start, values, now) as T
