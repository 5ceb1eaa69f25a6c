/** Cuts what arrives into lines. */
export interface LineReader {
  push(chunk: Buffer): void
}

/** What to do with lines, and how long they may be, in bytes without the line feed. */
export interface LineHandlers {
  readonly longest: number
  onLine(line: string): void
  /** Called once for each line that is too long, with its beginning; the rest of the line is dropped. */
  onTooLong(beginning: string): void
}

const lineFeed = 10

/** A reader that never keeps more of a line than its limit. */
export const createLineReader = ({ longest, onLine, onTooLong }: LineHandlers): LineReader => {
  let kept: Buffer[] = []
  let size = 0
  let dropping = false

  const take = (part: Buffer): void => {
    if (dropping) return
    kept.push(part.subarray(0, longest - size))
    size += part.length
    if (size <= longest) return
    dropping = true
    onTooLong(Buffer.concat(kept).toString('utf8'))
    kept = []
  }

  const end = (): void => {
    const line = dropping ? undefined : Buffer.concat(kept).toString('utf8')
    kept = []
    size = 0
    dropping = false
    if (line !== undefined) onLine(line)
  }

  return {
    push: (chunk) => {
      let from = 0
      for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
        take(chunk.subarray(from, at))
        end()
        from = at + 1
      }
      if (from < chunk.length) take(chunk.subarray(from))
    },
  }
}
