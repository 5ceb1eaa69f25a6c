import type { OpenClient } from '../flows/open-client.ts'

/** The errors that an application is told of by a redirect (RFC 6749 section 4.1.2.1, OpenID Connect Core 3.1.2.6). */
export type RedirectedErrorCode =
  | 'access_denied'
  | 'invalid_request'
  | 'invalid_scope'
  | 'login_required'
  | 'registration_not_supported'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'unauthorized_client'
  | 'unsupported_response_type'

/** To whom a refusal goes. */
export interface Refused extends OpenClient {
  readonly redirectUri: string
}

/** A refusal that the application learns: the browser goes back to it with the error. */
export class RefusedToApplication extends Error {
  readonly error: RedirectedErrorCode
  /** Where the browser goes: a registered address, with the error. */
  readonly location: string
  readonly application: Refused

  constructor(error: RedirectedErrorCode, location: string, application: Refused) {
    super(error)
    this.error = error
    this.location = location
    this.application = application
  }
}

/** Makes the refusal of one request whose client and address are proved. */
export type Refuse = (error: RedirectedErrorCode, description?: string) => RefusedToApplication

/** Why a request can't be answered to any application, by the names that `/error` shows. */
export const pageErrors = [
  'client_mismatch',
  'invalid_link',
  'invalid_request',
  'login_pages_unavailable',
  'missing_client_id',
  'missing_redirect_uri',
  'redirect_mismatch',
  'sign_out_mismatch',
  'missing_sign_out_uri',
  'not_found',
  'server_error',
  'stale_page',
  'timed_out',
  'too_many_requests',
] as const

/** One of them. */
export type PageErrorCode = (typeof pageErrors)[number]

/** A refusal that only the person at the browser sees, because no address to go back to was proved. */
export class RefusedOnPage extends Error {
  readonly error: PageErrorCode

  constructor(error: PageErrorCode) {
    super(error)
    this.error = error
  }
}
