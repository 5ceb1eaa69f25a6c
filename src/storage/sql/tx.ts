import type { ParsedRecords } from './parsed-records.ts'

/** What a statement takes and gives: TEXT, BIGINT (epoch milliseconds, counts) or NULL. */
export type SqlValue = string | number | null

/**
 * The database as a verb sees it. Statements are constant strings with `?` placeholders; an executor prepares each one once per
 * connection. Executors may answer at once or with a promise, so verbs await every call.
 */
export interface Tx {
  /** The first row, if any. */
  get<T>(sql: string, ...params: readonly SqlValue[]): T | undefined | Promise<T | undefined>
  all<T>(sql: string, ...params: readonly SqlValue[]): T[] | Promise<T[]>
  /** Answers how many rows were changed. */
  run(sql: string, ...params: readonly SqlValue[]): number | Promise<number>
  /** Counts up from 0 with every call, per connection. */
  serial(): number
  /** Present only where nothing but committed rows can be read. */
  readonly parsed?: ParsedRecords | undefined
}
