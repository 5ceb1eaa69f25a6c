import { expect, it } from 'vitest'
import { packError, unpackError } from './sqlite-messages.ts'
import { StorageError } from './storage-error.ts'

it('an error keeps its kind, its words and its causes on the way between threads', () => {
  const sent = new StorageError('The database is full.', { cause: new TypeError('SQLITE_FULL', { cause: 13 }) })
  const got = unpackError(structuredClone(packError(sent)))
  expect(got).toBeInstanceOf(StorageError)
  expect(got).toMatchObject({ message: sent.message, stack: sent.stack, cause: { message: 'SQLITE_FULL', cause: { message: '13' } } })
  expect(unpackError(packError(new Error('odd')))).not.toHaveProperty('cause')
})
