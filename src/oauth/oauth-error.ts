import { retryAfter } from '../domain/rate.ts'

/** The errors of the OAuth endpoints (RFC 6749 sections 4.1.2.1 and 5.2, RFC 6750 section 3.1, RFC 7009 section 2.2.1, RFC 7591 3.2.2). */
export type OAuthErrorCode =
  | 'insufficient_scope'
  | 'invalid_client'
  | 'invalid_client_metadata'
  | 'invalid_grant'
  | 'invalid_redirect_uri'
  | 'invalid_request'
  | 'invalid_scope'
  | 'invalid_token'
  | 'temporarily_unavailable'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type'

/** What an error says besides its code. */
export interface OAuthErrorDetails {
  /** A sentence for developers that quotes nothing of the request; left out where AWS answers the bare code. */
  readonly description?: string
  /** Of HTTP; 400 unless said otherwise. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal of an OAuth endpoint that the caller is told about; only oauth/reply.ts turns it into bytes. */
export class OAuthError extends Error {
  readonly error: OAuthErrorCode
  readonly description: string | undefined
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(error: OAuthErrorCode, { description, status = 400, headers = {} }: OAuthErrorDetails = {}) {
    super(description ?? error)
    this.error = error
    this.description = description
    this.status = status
    this.headers = headers
  }
}

/** A request that lacks something or is malformed, with a sentence that says what. */
export const invalidRequest = (description: string): OAuthError => new OAuthError('invalid_request', { description })

/** A request above a rate, which may come again in `wait` ms. guess: OAuth endpoints answer 429 with temporarily_unavailable above a rate. */
export const tooManyRequests = (wait: number): OAuthError =>
  new OAuthError('temporarily_unavailable', { status: 429, headers: { 'retry-after': retryAfter(wait) } })
