import type { Claims } from './claims.ts'

/** What a logout token says. */
export interface LogoutFacts {
  readonly issuer: string
  readonly clientId: string
  /** The `sub` of who has signed out. */
  readonly userId: string
  /** The `sid` of the login session that ended; all of the user's where there is none. */
  readonly sid?: string | undefined
  /** Epoch seconds. */
  readonly issuedAt: number
  readonly jti: string
}

/** How long a logout token is good, in seconds (OpenID Connect Back-Channel Logout 1.0 section 2.4 wants two minutes at most). */
const validity = 120

/** The `typ` of a logout token's header, by which nobody takes it for another token. */
export const logoutTokenType = 'logout+jwt'

/** The payload of a logout token (section 2.4). It has no `nonce` and no `token_use`, so that it is never an ID token. */
export const logoutTokenClaims = ({ issuer, clientId, userId, sid, issuedAt, jti }: LogoutFacts): Claims => ({
  iss: issuer,
  sub: userId,
  aud: clientId,
  iat: issuedAt,
  exp: issuedAt + validity,
  jti,
  events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  ...(sid === undefined ? {} : { sid }),
})
