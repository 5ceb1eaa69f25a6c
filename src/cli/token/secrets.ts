/** The secrets that a run has been told, which no message may repeat. */
export interface Secrets {
  /** Notes a secret and answers it. */
  keep<T extends string | undefined>(secret: T): T
  /** A text without them, however they were written there. */
  hide(text: string): string
}

/** What is shorter might as well be part of a word. */
const shortest = 4

const spellings = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  new URLSearchParams({ '': secret }).toString().slice(1),
  Buffer.from(secret).toString('base64'),
]

/** An empty list of secrets. */
export const createSecrets = (): Secrets => {
  const kept = new Set<string>()
  return {
    keep: (secret) => {
      if (secret !== undefined && secret.length >= shortest) for (const spelling of spellings(secret)) kept.add(spelling)
      return secret
    },
    // The longest first: one may be part of another.
    hide: (text) => [...kept].sort((a, b) => b.length - a.length).reduce((shown, secret) => shown.replaceAll(secret, '***'), text),
  }
}
