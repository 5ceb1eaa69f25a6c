import { tooManyRequests } from '../errors.ts'

const triesAtMost = 5

/**
 * Reads a configuration record, changes it, saves it and answers it; reads again while other requests save it in between. For
 * operations that list no ConcurrentModificationException: throws TooManyRequestsException after five tries.
 */
export const amendRecord = async <T>(
  read: () => Promise<T>,
  change: (record: T) => T | Promise<T>,
  save: (record: T) => Promise<'updated' | 'version conflict'>,
): Promise<T> => {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const changed = await change(await read())
    if ((await save(changed)) === 'updated') return changed
  }
  throw tooManyRequests()
}
