/** One key of a pool's two lines of signing keys; ordinals of a line count up from 0. */
export interface SigningKey {
  readonly use: 'id' | 'access'
  readonly ordinal: number
  /** Epoch milliseconds from which on the line signs with it. */
  readonly activeFrom: number
}

/** The longest that an ID or access token can live, in ms (IdTokenValidity and AccessTokenValidity: at most one day). */
export const longestTokenLifetime = 86_400_000

/**
 * The key that a line signs with: the newest that is active. Where none is active yet, the oldest: the clock of the node that made
 * it is ahead of ours.
 */
export const currentKey = <K extends SigningKey>(keys: readonly K[], use: K['use'], now: number): K | undefined => {
  const line = keys.filter((key) => key.use === use).sort((a, b) => b.ordinal - a.ordinal)
  return line.find((key) => key.activeFrom <= now) ?? line.at(-1)
}

/**
 * The keys that verifiers must know: of each line the current one, the next ones, and retired ones until every token that they
 * signed has expired. Current keys come first, in each group ID before access and newer before older.
 */
export const publishedKeys = <K extends SigningKey>(keys: readonly K[], now: number): K[] => {
  const rank = (key: K): number => (key === currentKey(keys, key.use, now) ? 0 : key.activeFrom > now ? 1 : 2)
  return keys
    .filter((key) => isPublished(keys, key, now))
    .map((key) => ({ key, rank: rank(key) }))
    .sort((a, b) => a.rank - b.rank || b.key.use.localeCompare(a.key.use) || b.key.ordinal - a.key.ordinal)
    .map(({ key }) => key)
}

/** Whether verifiers must know the key: until every token that it can have signed has expired. */
export const isPublished = (keys: readonly SigningKey[], key: SigningKey, now: number): boolean =>
  now < retiredAt(keys, key) + longestTokenLifetime

/** When a newer key of the line took over; Infinity while none has been made. */
const retiredAt = (keys: readonly SigningKey[], { use, ordinal }: SigningKey): number =>
  Math.min(...keys.filter((key) => key.use === use && key.ordinal > ordinal).map((key) => key.activeFrom))
