/** Whose secret an authenticator app gets. */
export interface AuthenticatorKey {
  /** What the person signs in to. */
  readonly issuer: string
  readonly account: string
  /** base32 */
  readonly secret: string
}

/** What an authenticator app reads from a QR code ("Key Uri Format" of Google Authenticator): SHA-1, six digits and 30 seconds go without saying. */
export const authenticatorUri = ({ issuer, account, secret }: AuthenticatorKey): string => {
  const [from, name] = [encodeURIComponent(issuer), encodeURIComponent(account)]
  return `otpauth://totp/${from}:${name}?secret=${secret}&issuer=${from}`
}
