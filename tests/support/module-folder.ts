import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder of files that a test writes. */
export interface ModuleFolder {
  readonly path: string
  /** Writes a file below the folder, and answers its path. */
  write(name: string, text: string): Promise<string>
  remove(): Promise<void>
}

/** Makes an empty folder. */
export const createModuleFolder = async (): Promise<ModuleFolder> => {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'poolhouse-modules-')))
  return {
    path,
    write: async (name, text) => {
      const file = join(path, name)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
      return file
    },
    remove: () => rm(path, { recursive: true, force: true }),
  }
}
