/** A sign-in that is listed, because the pool tracks sessions (developer guide, "Managing user sessions"). */
export interface UserSession {
  readonly poolUid: string
  readonly userId: string
  /** `tkn` and 25 lower-case letters and digits. */
  readonly id: string
  /** What all tokens of the session share; revoking it ends them. */
  readonly originId: string
  readonly clientId: string
  readonly createdAt: number
  readonly lastUsedAt: number
  readonly expiresAt: number
  /** What is shown of where it came from. */
  readonly ip?: string | undefined
  readonly userAgent?: string | undefined
  readonly deviceKey?: string | undefined
}
