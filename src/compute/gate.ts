import type { Gate } from '../context.ts'

interface Line {
  running: number
  readonly waiting: (() => void)[]
}

/** A gate that lets at most `limit` run under one key; `busyKeys` counts the keys that take memory, 0 when all work has ended. */
export const createGate = (limit: number): Gate & { busyKeys(): number } => {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError('A gate lets at least one through.')
  const lines = new Map<string, Line>()

  const lineOf = (key: string): Line => {
    const known = lines.get(key)
    if (known) return known
    const line: Line = { running: 0, waiting: [] }
    lines.set(key, line)
    return line
  }

  const leave = (key: string, line: Line): void => {
    const next = line.waiting.shift()
    // The place passes straight to whoever waits longest, so that a newcomer can't slip in between.
    if (next) next()
    else if (line.running > 1) line.running -= 1
    else lines.delete(key)
  }

  return {
    enter: async (key, work) => {
      const line = lineOf(key)
      if (line.running < limit) line.running += 1
      else await new Promise<void>((resolve) => line.waiting.push(resolve))
      try {
        return await work()
      } finally {
        leave(key, line)
      }
    },
    busyKeys: () => lines.size,
  }
}
