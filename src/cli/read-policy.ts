import { readFile } from 'node:fs/promises'

/** The JSON of a policy file; throws a sentence for a file that can't be read or holds something else. */
export const readPolicy = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      error.code === 'ENOENT' ? `There is no policy file ${path}.` : `The policy file ${path} can't be read: ${error.message}`,
    )
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`The policy file ${path} is no valid JSON: ${error instanceof Error ? error.message : error}`)
  }
}
