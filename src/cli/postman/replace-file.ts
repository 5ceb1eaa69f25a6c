import { rename, rm, writeFile } from 'node:fs/promises'

/**
 * Writes a file with a mode, in the place of one that is there: nobody sees half of it or another mode, and a link is replaced, not followed.
 * `suffix` makes the temporary name beside it, which must be nobody's.
 */
export const replaceFile = async (
  path: string,
  content: string,
  { mode, suffix }: { readonly mode: number; readonly suffix: string },
): Promise<void> => {
  const temporary = `${path}.${suffix}.tmp`
  await writeFile(temporary, content, { mode, flag: 'wx' })
  try {
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
