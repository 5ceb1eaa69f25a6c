import { tooManyRequests } from '../errors.ts'

const triesAtMost = 5

/**
 * Reads a configuration record, changes it, saves the change and answers it; reads again while other requests save the record in between.
 * Throws after five tries: TooManyRequestsException unless the operation lists ConcurrentModificationException and names that.
 */
export const amendRecord = async <R, T = R>(
  read: () => Promise<R>,
  change: (record: R) => T | Promise<T>,
  save: (changed: T) => Promise<'created' | 'updated' | 'deleted' | 'version conflict'>,
  refusal: () => Error = tooManyRequests,
): Promise<T> => {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const changed = await change(await read())
    if ((await save(changed)) !== 'version conflict') return changed
  }
  throw refusal()
}
