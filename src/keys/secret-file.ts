import { constants } from 'node:fs'
import { access, type FileHandle, link, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from '../random.ts'

/** What a file with a secret says, or the sentence that tells why it can't be used. */
export type SecretText = { readonly text: string } | { readonly fault: string }

const maxSize = 1024

/** Reads a secret from a file that belongs to its owner alone (mode 0600 or 0400); `what` names the secret in faults, such as `master key`. */
export const readSecretFile = async (path: string, what: string): Promise<SecretText> => {
  const file = await openFile(path, what)
  if ('fault' in file) return file
  try {
    const stat = await file.handle.stat()
    if (!stat.isFile()) return { fault: `The ${what} ${path} is not a regular file.` }
    const mode = stat.mode & 0o7777
    if (mode !== 0o600 && mode !== 0o400)
      return {
        fault: `The ${what} file ${path} has mode ${octal(mode)}; it must be readable by its owner alone. Run: chmod 600 ${path}`,
      }
    if (stat.size > maxSize) return { fault: `The ${what} file ${path} is too big to hold one key.` }
    return { text: await file.handle.readFile('utf8') }
  } finally {
    await file.handle.close()
  }
}

/** Makes `<folder>/<name>` with 32 random bytes as base64 and mode 0600 where only the folder is there; of several who make it at once, one does. */
export const ensureSecretFile = (folder: string, name: string, random: Random): Promise<string> =>
  ensureFile(folder, name, random, () => `${Buffer.from(random.bytes(32)).toString('base64')}\n`)

/** The same for a text that is made when it is needed; answers the file's path. */
export const ensureFile = async (
  folder: string,
  name: string,
  random: Random,
  text: () => string | Promise<string>,
  mode = 0o600,
): Promise<string> => {
  const path = join(folder, name)
  if (!(await isThere(path))) await make(folder, name, random, await text(), mode)
  return path
}

const make = async (folder: string, name: string, random: Random, text: string, mode: number): Promise<void> => {
  const draft = join(folder, `.${name}.${random.uuid()}`)
  const handle = await open(draft, 'wx', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
    // A link appears complete or not at all, and never replaces what is there.
    await link(draft, join(folder, name))
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

const openFile = async (path: string, what: string): Promise<{ readonly handle: FileHandle } | { readonly fault: string }> => {
  try {
    // Without O_NONBLOCK the open of a named pipe would wait for a writer.
    return { handle: await open(path, constants.O_RDONLY | constants.O_NONBLOCK) }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return { fault: `There is no ${what} file at ${path}.` }
    if (code === 'EACCES') return { fault: `The ${what} file ${path} can't be read by this user.` }
    return { fault: `The ${what} file ${path} can't be opened (${code}).` }
  }
}

const octal = (mode: number): string => mode.toString(8).padStart(4, '0')

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown')
