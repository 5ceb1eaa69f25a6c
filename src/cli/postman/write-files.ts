import { join } from 'node:path'
import { makeFolder } from '../../make-folder.ts'
import { systemRandom } from '../../random.ts'
import { ConfigError } from '../../server/config.ts'
import { replaceFile } from './replace-file.ts'
import type { FileKind, TargetFile } from './target-files.ts'

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'which is a file. Name a folder.',
  ENOTDIR: 'a part of which is a file. Name a folder.',
  EACCES: 'where this user may not write. Name another folder.',
  EPERM: 'where this user may not write. Name another folder.',
  EROFS: 'where nobody can write. Name another folder.',
  EISDIR: 'where a folder has the name of a file that is to be written. Name another folder.',
  ENOSPC: 'where no space is left.',
}

const sentence = (folder: string, error: unknown): Error => {
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException
  return new ConfigError(`--out is ${folder}, ${reasons[code] ?? `where the files can't be written: ${message}`}`)
}

/** Writes files into a folder, which is made, and answers their paths. Throws ConfigError, with a sentence on the folder, where that is not possible. */
export const writeFiles = async (files: readonly TargetFile[], folder: string): Promise<[FileKind, string][]> => {
  const paths: [FileKind, string][] = []
  try {
    makeFolder(folder, 0o777)
    for (const { kind, name, content, isSecret } of files) {
      const path = join(folder, name)
      await replaceFile(path, content, { mode: isSecret ? 0o600 : 0o644, suffix: systemRandom.uuid() })
      paths.push([kind, path])
    }
  } catch (error) {
    throw sentence(folder, error)
  }
  return paths
}
