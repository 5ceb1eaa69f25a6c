import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

/** The hash under which the list knows a password: SHA-1 of its UTF-8 bytes, in upper-case hexadecimal. */
export const passwordHash = (password: string): string => createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase()

/** Whether a line begins as the list's do: a SHA-1 hash, and perhaps a colon and a count. */
export const isHashLine = (line: string): boolean => /^[0-9a-f]{40}(?::\d+)?\s*$/i.test(line)

/** Longer than any line, and small enough to scan. */
const blockSize = 4096

const readAt = async (file: FileHandle, from: number, length: number): Promise<string> => {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, from)
  return buffer.toString('latin1', 0, bytesRead)
}

const hashOf = (line: string): string => line.slice(0, 40).toUpperCase()

/** The first whole line that begins at or after the offset, and where it begins. */
const lineAfter = async (file: FileHandle, offset: number): Promise<{ readonly start: number; readonly hash: string } | undefined> => {
  const text = await readAt(file, offset, blockSize)
  const skipped = offset === 0 ? 0 : text.indexOf('\n') + 1
  const line = text.slice(skipped)
  return (offset > 0 && skipped === 0) || line.length < 40 ? undefined : { start: offset + skipped, hash: hashOf(line) }
}

/**
 * Whether a file of lines `<SHA-1>` or `<SHA-1>:<count>`, sorted by hash, has the hash: a binary search with about two dozen short reads,
 * however large the file is.
 */
export const hashFileHas = async (file: FileHandle, size: number, hash: string): Promise<boolean> => {
  // The line, if there is one, begins in [low, high).
  let low = 0
  let high = size
  while (high - low > blockSize) {
    const middle = low + Math.floor((high - low) / 2)
    const line = await lineAfter(file, middle)
    if (line === undefined || line.start >= high || line.hash > hash) high = middle + 1
    else if (line.hash === hash) return true
    else low = line.start
  }
  // A line that begins just before the end reaches beyond it.
  const lines = (await readAt(file, low, high - low + blockSize)).split('\n')
  return lines.some((line) => hashOf(line) === hash)
}
