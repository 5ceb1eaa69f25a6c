import type { Posted } from '../domain/posted.ts'

/** A POST to an address that an operator configured. */
export interface PostRequest {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How long everything may take, the whole answer included, in ms. */
  readonly limit: number
}

/** What came of it; names of headers are in lower case. */
export type PostOutcome = Posted &
  (
    | {
        readonly kind: 'replied'
        readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
        readonly body: Uint8Array
      }
    | { readonly kind: 'timed out' | 'failed' }
  )

/** Posts over connections that are kept; follows no redirect and never rejects. */
export interface Poster {
  post(request: PostRequest): Promise<PostOutcome>
  close(): void
}
