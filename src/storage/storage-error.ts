/** The store can't be opened or can't write; the message is one sentence for the operator. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}
