import type { Context } from '../../context.ts'
import type { OpenClient } from '../../flows/open-client.ts'
import type { TakeRate } from '../endpoint.ts'
import type { Form } from '../form.ts'

/** The grants that the token endpoint's page names. */
export type GrantType = 'authorization_code' | 'client_credentials' | 'refresh_token'

/** A request for tokens whose app client has proved itself. */
export interface GrantRequest extends OpenClient {
  readonly form: Form
  readonly takeRate: TakeRate
}

/** What the token endpoint answers (RFC 6749 section 5.1); `expires_in` in seconds. */
export interface TokenResponse {
  readonly access_token: string
  readonly id_token?: string
  readonly refresh_token?: string
  readonly token_type: string
  readonly expires_in: number
  readonly scope?: string
}

/** Makes tokens for one kind of grant; throws an OAuthError for a refusal. */
export type Grant = (ctx: Context, request: GrantRequest) => Promise<TokenResponse>
