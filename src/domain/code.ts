import type { AddressName } from './recipient.ts'

/** What a one-time code is for; a user has at most one live code for each. */
export type CodePurpose = 'SignUp' | 'ForgotPassword' | `Verify:${AddressName}`

/** A one-time code as stored: never the code itself. */
export interface Code {
  readonly poolUid: string
  readonly userId: string
  readonly purpose: CodePurpose
  /** Random; tells this code from a later one for the same purpose. */
  readonly id: string
  /** HMAC of the code under the pool's `codes` key, base64. */
  readonly hash: string
  /** The attribute value that the code was sent to, when success verifies it. */
  readonly target?: { readonly attribute: AddressName; readonly value: string } | undefined
  readonly expiresAt: number
}
