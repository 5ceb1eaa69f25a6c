import type { Call } from './sql/call.ts'
import { StorageError } from './storage-error.ts'

/** What a storage thread is started with. */
export interface WorkerSetup {
  readonly path: string
  readonly role: 'write' | 'read'
}

/** A call and the number under which its answer is awaited. */
export interface Request extends Call {
  readonly id: number
}

/** Calls, or the wish to end after those that were sent. */
export type ToWorker = readonly Request[] | 'close'

/** An error in a form that survives the way between threads. */
export interface PackedError {
  readonly message: string
  readonly stack?: string | undefined
  readonly ofStorage: boolean
  readonly cause?: PackedError | undefined
}

/** How a call ended. */
export type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: PackedError }

/** The answers to calls and, when the thread can't write any more, why. */
export interface FromWorker {
  readonly answers: readonly Answer[]
  readonly fatal?: PackedError | undefined
}

/** Makes an error ready for the way. */
export const packError = (error: unknown): PackedError =>
  error instanceof Error
    ? {
        message: error.message,
        stack: error.stack,
        ofStorage: error instanceof StorageError,
        cause: error.cause === undefined ? undefined : packError(error.cause),
      }
    : { message: String(error), ofStorage: false }

/** The error that was packed. */
export const unpackError = ({ message, stack, ofStorage, cause }: PackedError): Error => {
  const options = cause === undefined ? undefined : { cause: unpackError(cause) }
  const error = ofStorage ? new StorageError(message, options) : new Error(message, options)
  if (stack !== undefined) error.stack = stack
  return error
}
