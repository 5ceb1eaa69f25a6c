import type { Clock } from './clock.ts'
import type { CompromisedPasswords } from './compromised/compromised-passwords.ts'
import type { Compute } from './compute/compute.ts'
import type { Delivery } from './delivery/delivery.ts'
import type { Counter, LabelsOf } from './domain/counters.ts'
import type { Keyring, SigningKeys } from './keys/keyring.ts'
import type { LogoutNotices } from './logout-notices/logout-notices.ts'
import type { Random } from './random.ts'
import type { By, Store } from './storage/store.ts'
import type { Triggers } from './triggers/triggers.ts'

/** Where the program tells its operator what happens; values that the model marks as sensitive never reach it. */
export interface Log {
  debug(fields: object, text: string): void
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

/** The settings that flows and operations obey. */
export interface Policy {
  /** Twelve digits; stands in every ARN. */
  readonly accountId: string
  /** The server's public address without a trailing slash; never taken from a request. */
  readonly publicUrl: string
  /** 'own': `<public URL>/<pool id>`; 'aws': `https://cognito-idp.<region>.amazonaws.com/<pool id>`. */
  readonly issuer: 'own' | 'aws'
  /** Regions that answer; undefined = any (`dev`). */
  readonly regions: readonly string[] | undefined
  /** A code to use instead of random ones (`dev` only). */
  readonly fixedCode: string | undefined
  /** What a rotated refresh token that comes again does: 'keep' refuses it, 'revoke-family' ends the sign-in that it belongs to. */
  readonly refreshReuse: 'keep' | 'revoke-family'
  /** Whom wrong passwords lock out: the user, or the user for callers of one network (domain/network-of.ts). */
  readonly lockout: 'user' | 'user+source'
  /** What ChangePassword does to the user's sign-ins; 'end' spares none, not even the caller's. */
  readonly sessionsOnPasswordChange: 'keep' | 'end'
  /**
   * What somebody who signs up under another one's address keeps when a code proves whose it is: 'guard' drops the password that was set,
   * and sends codes that sign in to verified addresses only; 'keep' does neither, as AWS.
   */
  readonly unprovedAccounts: 'guard' | 'keep'
  /** Which app clients must send a PKCE challenge, beside those of `requirePkceClients` (domain/requires-pkce.ts). */
  readonly requirePkce: 'off' | 'public' | 'all'
  /** Ids of app clients. */
  readonly requirePkceClients: readonly string[]
  /** Whether redirects of the authorization endpoint name the issuer (RFC 9207). */
  readonly responseIss: boolean
  /** Whether /logout takes the parameters of OpenID Connect RP-Initiated Logout 1.0 beside those of AWS. */
  readonly rpInitiatedLogout: boolean
  /** Whether tokens can be introspected (RFC 7662). */
  readonly introspection: boolean
  /** Whether OpenID Connect rules where AWS deviates from it. */
  readonly strictOidc: boolean
  /** Where app clients hear that somebody has signed out, by their ids. */
  readonly backchannelLogout: ReadonlyMap<string, string>
  /** Whether an application that opens our pages in a window of its own keeps a hand on it. */
  readonly pageOpener: 'cut' | 'keep'
  /** Whether managed login signs in by the custom challenges of pools and app clients that have them, where Cognito's pages never do. */
  readonly customAuthPages: boolean
}

/** At most so many at once for each key: how parallel password guesses are kept behind the lock-out. */
export interface Gate {
  /** Runs `work` as soon as fewer than the gate's limit run under `key`; in the order of arrival. */
  enter<T>(key: string, work: () => Promise<T>): Promise<T>
}

/** Counts what operators watch. */
export interface Meter {
  /** Adds one to a counter (domain/counters.ts). */
  count<C extends Counter>(counter: C, labels: LabelsOf<C>): void
}

/** What the program is made of; built once, in open-services.ts. */
export interface Services {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly compute: Compute
  readonly delivery: Delivery
  readonly triggers: Triggers
  readonly keyring: Keyring
  readonly signingKeys: SigningKeys
  readonly passwordGate: Gate
  /** 32 bytes under which codes go to custom senders; undefined where the operator gave none. */
  readonly senderKey: Uint8Array | undefined
  readonly compromisedPasswords: CompromisedPasswords
  readonly logoutNotices: LogoutNotices
  readonly log: Log
  readonly meter: Meter
  readonly policy: Policy
}

/** The request that is being answered. */
export interface Call {
  readonly requestId: string
  readonly operation: string
  /** Where the call goes: the region of the host name, of the signature's scope, or the default one. */
  readonly region: string
  /** ARN of the signer, `anonymous`, or `operator`. */
  readonly actor: string
  readonly ip: string | undefined
  /** The User-Agent header, as it came. */
  readonly userAgent?: string | undefined
  /** Takes one call from what the user may do a second; false when none is left. Absent: users are not limited. */
  readonly takeUserRate?: ((userId: string) => boolean) | undefined
  /** Whether the caller may choose ids of pools and clients (`dev`: always; `serve`: permission poolhouse:ChooseId). */
  readonly mayChooseIds: boolean
}

/** What an operation or a flow gets: the services and the call. */
export interface Context extends Services {
  readonly call: Call
  /** The call as writing verbs want it; the time is the clock's now. */
  by(): By
}
