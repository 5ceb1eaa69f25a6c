import type { Proof } from './progress.ts'

/** A registered passkey (WebAuthn Level 3, 4 "credential record"). */
export interface Passkey {
  readonly poolUid: string
  readonly userId: string
  /** base64url */
  readonly credentialId: string
  /** COSE key, base64url */
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  readonly friendlyName: string
  readonly relyingPartyId: string
  /** `platform` or `cross-platform`, where the authenticator told. */
  readonly attachment?: string | undefined
  /** Whether the key can be on several machines (WebAuthn flag BE). */
  readonly syncable: boolean
  readonly createdAt: number
}

/**
 * What a use of the passkey stands for in `amr`: `swk` for a platform authenticator, `hwk` for a roaming one (developer guide, "AMR
 * values"). guess: a passkey that does not say where it lives is a software key in amr when it can be on several machines.
 */
export const passkeyProof = ({ attachment, syncable }: Pick<Passkey, 'attachment' | 'syncable'>): Proof =>
  attachment === 'platform' || (attachment === undefined && syncable) ? 'swk' : 'hwk'
