/** How a POST ended. */
export type Posted =
  | { readonly kind: 'replied'; readonly status: number }
  | { readonly kind: 'timed out' }
  | { readonly kind: 'failed'; readonly sentence: string }

/** Why a POST was not taken. */
export interface Refusal {
  readonly reason: string
  /** Whether it may pass. */
  readonly again: boolean
}

/** Why the other side did not take what was posted; undefined when it did, which any 2xx says. */
export const refusalOf = (posted: Posted): Refusal | undefined => {
  if (posted.kind === 'failed') return { reason: posted.sentence, again: true }
  if (posted.kind === 'timed out') return { reason: 'no answer in time', again: true }
  const { status } = posted
  if (status >= 200 && status < 300) return undefined
  return { reason: `status ${status}`, again: status >= 500 || status === 429 || status === 408 }
}
