import { constants } from 'node:fs'
import { access, type FileHandle, link, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from '../random.ts'
import { type MasterKey, parseMasterKey } from './parse-master-key.ts'

const maxSize = 1024

/** Reads a master key from a file that belongs to its owner alone (mode 0600 or 0400). */
export const readMasterKeyFile = async (path: string): Promise<MasterKey> => {
  const file = await openFile(path)
  if ('fault' in file) return file
  try {
    const stat = await file.handle.stat()
    if (!stat.isFile()) return { fault: `The master key ${path} is not a regular file.` }
    const mode = stat.mode & 0o7777
    if (mode !== 0o600 && mode !== 0o400)
      return {
        fault: `The master key file ${path} has mode ${octal(mode)}; it must be readable by its owner alone. Run: chmod 600 ${path}`,
      }
    if (stat.size > maxSize) return { fault: `The master key file ${path} is too big to hold one key.` }
    const parsed = parseMasterKey(await file.handle.readFile('utf8'))
    return 'fault' in parsed ? { fault: `${path}: ${parsed.fault}` } : parsed
  } finally {
    await file.handle.close()
  }
}

/** The key in `<folder>/master.key`, which is made with mode 0600 when only the folder is there; of several who make it at once, one does. */
export const openDevMasterKey = async (folder: string, random: Random): Promise<MasterKey> => {
  const path = join(folder, 'master.key')
  if (!(await isThere(path))) await make(folder, path, random)
  return readMasterKeyFile(path)
}

const make = async (folder: string, path: string, random: Random): Promise<void> => {
  const draft = join(folder, `.master.key.${random.uuid()}`)
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(`${Buffer.from(random.bytes(32)).toString('base64')}\n`)
    await handle.sync()
    // A link appears complete or not at all, and never replaces what is there.
    await link(draft, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await handle.close()
    await unlink(draft)
  }
}

const isThere = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.F_OK)
    return true
  } catch {
    return false
  }
}

const openFile = async (path: string): Promise<{ readonly handle: FileHandle } | { readonly fault: string }> => {
  try {
    // Without O_NONBLOCK the open of a named pipe would wait for a writer.
    return { handle: await open(path, constants.O_RDONLY | constants.O_NONBLOCK) }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return { fault: `There is no master key file at ${path}.` }
    if (code === 'EACCES') return { fault: `The master key file ${path} can't be read by this user.` }
    return { fault: `The master key file ${path} can't be opened (${code}).` }
  }
}

const octal = (mode: number): string => mode.toString(8).padStart(4, '0')

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown')
