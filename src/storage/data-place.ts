import type { Tx } from './sql/tx.ts'
import type { Store } from './store.ts'

/** A database as a whole, for work that goes past the verbs: copying, and bringing the schema up to date. No server uses it meanwhile. */
export interface DataPlace {
  /** As messages name it, without a password. */
  readonly shown: string
  /** The number of the newest step of the schema, 0 for an empty database. Throws a StorageError when it holds something else. */
  schema(): Promise<number>
  /** Brings the schema up to date. */
  migrate(): Promise<void>
  /** Reads what is committed. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** The verbs, once the schema is up to date. */
  readonly store: Store
  close(): Promise<void>
}
