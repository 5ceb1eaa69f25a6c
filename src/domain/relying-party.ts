import type { UserVerificationType } from '../model/types.gen.ts'
import { poolUrl } from './pool-url.ts'
import type { UserPool } from './user-pool.ts'

/** Who passkeys are made for, and what the pool asks of them. */
export interface RelyingParty {
  /** A domain name; passkeys made for another one are of no use. */
  readonly id: string
  readonly userVerification: UserVerificationType
}

/** Whether users of the pool can sign in with passkeys (SignInPolicy; developer guide, "Activate passkey sign-in"). */
export const allowsPasskeys = (pool: UserPool): boolean =>
  pool.Policies.SignInPolicy?.AllowedFirstAuthFactors?.includes('WEB_AUTHN') === true

// No address can be a relying party (WebAuthn Level 3, 5.1.2): IPv6 stands in brackets here.
const isDomain = (host: string): boolean => !host.startsWith('[') && !/^\d+(\.\d+){3}$/.test(host)

/**
 * The relying party of the pool: the one that it sets, else its custom domain, else its prefix domain (developer guide, "How does Amazon
 * Cognito implement passkey authentication?"); undefined when it has none.
 * guess: a pool that sets no relying party and has no domain takes the host name of this server's public address for its passkeys, and
 * has no relying party where that is an IP address.
 */
export const relyingPartyOf = (pool: UserPool, publicUrl: string): RelyingParty | undefined => {
  const { RelyingPartyId, UserVerification } = pool.mfa.WebAuthnConfiguration ?? {}
  const { hostname } = new URL(poolUrl(publicUrl, pool))
  const id = RelyingPartyId ?? (isDomain(hostname) ? hostname : undefined)
  return id === undefined ? undefined : { id, userVerification: UserVerification ?? 'preferred' }
}

/**
 * Whether a page of the origin may use passkeys of the relying party: its host is the party's domain or one below it, on any port, and it
 * came over https, or over http from localhost (WebAuthn Level 3, 13.4.9 "Validating the origin of a credential").
 * guess: origins of Android apps (android:apk-key-hash) are refused, because this server does not fetch the association file by which AWS
 * knows the apps of a relying party.
 */
export const isOriginOf = (relyingPartyId: string, origin: string): boolean => {
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  // Anything but the canonical spelling was not written by a browser; schemes without a host have the origin "null".
  if (url === undefined || url.origin !== origin) return false
  const within = (domain: string) => url.hostname === domain || url.hostname.endsWith(`.${domain}`)
  return within(relyingPartyId) && (url.protocol === 'https:' || (url.protocol === 'http:' && within('localhost')))
}
