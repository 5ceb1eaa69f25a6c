import type { AccountTakeoverEventActionType, UserStatusType } from '../model/types.gen.ts'
import type { AllowedFlow } from './app-client-config.ts'
import type { ClaimValue } from './claims.ts'
import type { RiskLevel } from './risk.ts'

/** A method that somebody proved, as `amr` names it (developer guide, "ACR and AMR token claims"; RFC 8176). */
export type Proof = 'pwd' | 'otp' | 'sms' | 'email_otp' | 'swk' | 'hwk'

/** What threat protection thinks of a sign-in and does about it. */
export interface Assessment {
  readonly level: RiskLevel
  readonly action: AccountTakeoverEventActionType
  /** The user is told of it by mail. */
  readonly notify: boolean
  /** The address is one that the operator always blocks; no level was assigned. */
  readonly blockedAddress?: true | undefined
}

/** How a round of custom authentication ended, as DefineAuthChallenge sees it. */
export interface CustomRound {
  readonly challengeName: string
  readonly challengeResult: boolean
  readonly challengeMetadata?: string | undefined
}

/** How much a sign-in has to prove where it asked for more than the pool does (step-up: TARGET_ACR_VALUES). */
export interface Target {
  /** The level wanted, `urn:cognito:loa:1` to `4`. */
  readonly level: string
  /** Its name in the pool. */
  readonly name: string
}

/**
 * What a sign-in has reached so far; carried from step to step in the challenge session. Everything in it stands on verified evidence: a
 * step is never marked as passed because it was submitted.
 */
export interface Progress {
  readonly flow: 'password' | 'choice' | 'custom'
  /** The app client's flow that it began with, and goes on with while the client has it; pages of ours need none. */
  readonly allowedBy?: AllowedFlow | undefined
  /** In the order they were proved. */
  readonly proofs: readonly Proof[]
  /** A second factor was proved, or what counts as one: a multi-factor passkey. */
  readonly secondFactor?: true | undefined
  /** The user has just set a first password (PreTokenGeneration's source differs). */
  readonly newPassword?: true | undefined
  /** The user's status before that. */
  readonly statusBefore?: UserStatusType | undefined
  /** The key of the device that the client says it is. */
  readonly deviceKey?: string | undefined
  /** The device proved that it is the one; a remembered device then stands in for the second factor. */
  readonly deviceProved?: true | undefined
  /** What custom authentication went through. */
  readonly rounds?: readonly CustomRound[] | undefined
  /** DefineAuthChallenge said that tokens may be issued. */
  readonly customDone?: true | undefined
  readonly target?: Target | undefined
  /** Epoch milliseconds; when the first factor was proved, where tokens should not say "now" (step-up keeps it). */
  readonly authTime?: number | undefined
  /** What risk assessment demands of this sign-in. */
  readonly risk?: 'MFA_IF_CONFIGURED' | 'MFA_REQUIRED' | undefined
  /** What it thought, so that it is asked once. */
  readonly assessment?: Assessment | undefined
  /** The password that was proved is one that others know too. */
  readonly compromised?: true | undefined
}

/** What a challenge alone has to remember between question and answer; JSON. */
export type ChallengeData = { readonly [name: string]: ClaimValue | undefined }
