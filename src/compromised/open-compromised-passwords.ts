import { type FileHandle, open } from 'node:fs/promises'
import { createCommonPasswords } from './common-passwords.ts'
import type { CompromisedPasswords } from './compromised-passwords.ts'
import { hashFileHas, isHashLine, passwordHash } from './hash-file.ts'

/** A list that is kept in memory; longer ones are to be hashed and sorted. */
const largestText = 64 * 1024 * 1024

interface List {
  includes(password: string): Promise<boolean>
  close(): Promise<void>
}

const inMemory = async (file: FileHandle): Promise<List> => {
  const text = (await file.readFile('utf8')).replace(/^\uFEFF/, '')
  const passwords = new Set(text.split(/\r?\n/))
  passwords.delete('')
  await file.close()
  return { includes: async (password) => passwords.has(password), close: async () => undefined }
}

const firstLine = async (file: FileHandle): Promise<string> => {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(64), 0, 64, 0)
  return buffer.toString('latin1', 0, bytesRead).split('\n')[0] ?? ''
}

const openList = async (path: string): Promise<List> => {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (isHashLine(await firstLine(file))) {
      return { includes: (password) => hashFileHas(file, size, passwordHash(password)), close: () => file.close() }
    }
    if (size > largestText) throw new Error('it has more than 64 MiB of plain text; a list of that size must be sorted SHA-1 hashes')
    return await inMemory(file)
  } catch (error) {
    await file.close()
    throw error
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * The built-in list of common passwords, and the operator's own file where one is named: a password on each line, or sorted lines
 * `<SHA-1>:<count>`. The file stays open, so a new version counts after a restart. Rejects with one sentence when it can't be read.
 */
export const openCompromisedPasswords = async (path: string | undefined): Promise<CompromisedPasswords> => {
  const own =
    path === undefined
      ? undefined
      : await openList(path).catch((error: unknown) =>
          Promise.reject(new Error(`The list of compromised passwords ${path} can't be used: ${reasonOf(error)}.`)),
        )
  const isCommonPassword = createCommonPasswords()
  return {
    includes: async (password) => (await isCommonPassword(password)) || (await own?.includes(password)) === true,
    close: async () => own?.close(),
  }
}
