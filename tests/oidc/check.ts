import type { RelyingParty } from './relying-party.ts'

/** How a row of the table is tried. */
export interface Check {
  /** Succeeds where the demand is met. */
  passes(party: RelyingParty): Promise<void>
  /** Succeeds where the answer is the deviating one that the row names. */
  deviates?(party: RelyingParty): Promise<void>
}

/** Checks by their modules. */
export type Checks = Readonly<Record<string, Check>>
