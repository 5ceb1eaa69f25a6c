import type { UserStatusType } from '../model/types.gen.ts'

/** A user as it is stored; `id` is the `sub`. */
export interface User {
  readonly poolUid: string
  /** The `sub`: a UUID, random, and the stored key. */
  readonly id: string
  /** As the API shows it; equals `id` in pools whose users sign in with e-mail or phone (username attributes). */
  readonly username: string
  /** The address that they were made with and sign in by (username attributes); absent in other pools, and for users of earlier versions. */
  readonly signsInBy?: 'email' | 'phone_number' | undefined
  readonly status: UserStatusType
  readonly enabled: boolean
  /** Attribute name to value as text, `sub` excluded, custom ones as `custom:name`. */
  readonly attributes: Readonly<Record<string, string>>
  /** Bumped by sign-out everywhere, disable, reset and delete; tokens and sessions made under another one are dead. */
  readonly generation: number
  /** Grows by one with every saved change. */
  readonly version: number
  readonly createdAt: number
  readonly modifiedAt: number
  /** When the present temporary password was set; only while FORCE_CHANGE_PASSWORD. */
  readonly temporaryPasswordAt?: number | undefined
  /** New values of e-mail or phone that wait for their code (AttributesRequireVerificationBeforeUpdate). */
  readonly pending?: Readonly<Record<string, string>> | undefined
  readonly mfa?: UserMfa | undefined
  /** Addresses that the user wrote (SignUp included) and no administrator did: nobody vouches for them until they are verified. */
  readonly selfNamed?: readonly ('email' | 'phone_number')[] | undefined
}

/** A second factor, by the name that UserMFASettingList gives it. */
export type MfaFactor = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP'

/** A user's second factors. */
export interface UserMfa {
  /** What SetUserMFAPreference switched on, or what a sign-in set up. */
  readonly enabled: readonly MfaFactor[]
  readonly preferred?: MfaFactor | undefined
  /** Passkeys that verify the user count as two factors (WebAuthnMfaSettings); only beside another factor. */
  readonly passkeys?: true | undefined
  /** The verified software token; there also while it is not switched on. */
  readonly softwareToken?: SoftwareToken | undefined
  /** Handed out by AssociateSoftwareToken and waiting for its first code; replaces `softwareToken` then. */
  readonly pendingToken?: SoftwareToken | undefined
}

/** A shared secret for time-based codes (RFC 6238), sealed under the pool's `totp` key with the user's id as entity. */
export interface SoftwareToken {
  /** base64 */
  readonly sealedSecret: string
  /** FriendlyDeviceName of VerifySoftwareToken. */
  readonly friendlyName?: string | undefined
}

/** What a name in the pool's one sign-in namespace is. */
export type LoginNameKind = 'username' | 'email' | 'phone_number' | 'preferred_username'

/** A name that nobody else may have, normalised by the pool's rules; it signs the user in, unless `signsInBy` names another one. */
export interface LoginName {
  readonly kind: LoginNameKind
  /** Normalised (NFC, case by the pool's rule). */
  readonly name: string
}

/** A password credential: salt and SRP verifier, the verifier sealed under the pool's `verifiers` key with the user's id as entity. */
export interface Credential {
  readonly scheme: 'srp'
  /** 16 bytes, hex without padding rules. */
  readonly salt: string
  /** base64 */
  readonly sealedVerifier: string
  readonly setAt: number
}
