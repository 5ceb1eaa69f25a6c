import type { SigningKeyPair } from '../crypto/rsa-key.ts'

/** RSA key pairs made ahead of need. */
export interface SpareKeyPairs {
  /** A pair that nobody else gets: a spare one, or a new one where none is ready. */
  take(): Promise<SigningKeyPair>
  /** Makes no more spare pairs; `take` goes on making what it gives. */
  close(): void
}

/** How many pairs are kept ready, and for how many ms nobody must have taken one before the next are made. */
export interface SpareKeyPairOptions {
  readonly make: () => Promise<SigningKeyPair>
  readonly keep: number
  readonly pause: number
}

/**
 * Keeps pairs ready, made one after another so that signing keeps the rest of the thread pool. The pause leaves the first moments of a
 * process to whoever waits for it, and spares those that end soon the work.
 */
export const createSpareKeyPairs = ({ make, keep, pause }: SpareKeyPairOptions): SpareKeyPairs => {
  const spares: SigningKeyPair[] = []
  let filling = false
  let closed = false
  let timer: NodeJS.Timeout | undefined

  const fill = async (): Promise<void> => {
    if (filling) return
    filling = true
    try {
      while (!closed && spares.length < keep) spares.push(await make())
    } catch {
      // Whoever needs a pair makes it, and hears why that fails.
    } finally {
      filling = false
    }
  }
  const fillLater = (): void => {
    clearTimeout(timer)
    if (!closed) timer = setTimeout(fill, pause).unref()
  }

  fillLater()
  return {
    take: async () => {
      fillLater()
      return spares.shift() ?? make()
    },
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}
