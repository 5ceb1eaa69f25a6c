/** What one application is to learn: that somebody has signed out (OpenID Connect Back-Channel Logout 1.0 section 2.5). */
export interface LogoutNotice {
  readonly clientId: string
  /** Where it is posted; an operator configured it. */
  readonly url: string
  /** Makes the logout token; undefined where there is nobody to tell any more. */
  readonly sign: () => Promise<string | undefined>
}

/** Tells applications that somebody has signed out. */
export interface LogoutNotices {
  /** Answers at once and never throws; what can't be delivered is logged. */
  send(notice: LogoutNotice): void
  /** Lets what is under way end, without trying again. */
  close(): Promise<void>
}
