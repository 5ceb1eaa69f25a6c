import type { SigningKeyPair } from '../crypto/rsa-key.ts'

/** RSA key pairs made ahead of need. */
export interface SpareKeyPairs {
  /** A pair that nobody else gets: a spare one, or a new one where none is ready. */
  take(): Promise<SigningKeyPair>
  /** Begins to make the spare pairs; without it they are made after the first `take`. */
  fill(): void
}

/** Keeps up to `keep` pairs ready, made one after another so that signing keeps the rest of the thread pool. */
export const createSpareKeyPairs = (make: () => Promise<SigningKeyPair>, keep: number): SpareKeyPairs => {
  const spares: SigningKeyPair[] = []
  let filling = false

  const refill = async (): Promise<void> => {
    if (filling) return
    filling = true
    try {
      while (spares.length < keep) spares.push(await make())
    } catch {
      // Whoever needs a pair makes it, and hears why that fails.
    } finally {
      filling = false
    }
  }
  const fill = (): void => void refill()

  return {
    take: async () => {
      const pair = spares.shift() ?? (await make())
      fill()
      return pair
    },
    fill,
  }
}
