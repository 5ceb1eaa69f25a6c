import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Makes a folder, and those above it, where they are not there, by default for their owner alone. Throws the fault of the file system. */
export const makeFolder = (path: string, mode = 0o700): void => {
  const folder = resolve(path)
  const parent = dirname(folder)
  if (parent !== folder && !existsSync(parent)) makeFolder(parent, mode)
  try {
    // Not the recursive form: where a parent is there and still nothing can be made in it (/proc), Node.js tries it for ever.
    mkdirSync(folder, { mode })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST' && statSync(folder).isDirectory())) throw error
  }
}
