import type { SessionTypeType } from '../model/types.gen.ts'

/**
 * A session that is listed, because the pool tracks sessions (developer guide, "Managing user sessions"): a token session is a sign-in of an
 * app client, an SSO session the login of a browser.
 */
export interface UserSession {
  readonly poolUid: string
  readonly userId: string
  /** `tkn`, or for an SSO session `sso`, and 25 lower-case letters and digits. */
  readonly id: string
  /** What all tokens, or cookies, of the session share; revoking it ends them. */
  readonly originId: string
  readonly clientId: string
  readonly createdAt: number
  readonly lastUsedAt: number
  readonly expiresAt: number
  /** What is shown of where it came from. */
  readonly ip?: string | undefined
  readonly userAgent?: string | undefined
  readonly deviceKey?: string | undefined
  /** The origin id of the login session that it came through; absent for sign-ins by the API, and for SSO sessions. */
  readonly parentId?: string | undefined
}

/** What kind of session it is; its id says so. */
export const sessionType = ({ id }: Pick<UserSession, 'id'>): SessionTypeType => (id.startsWith('sso') ? 'SSO' : 'TOKEN')
