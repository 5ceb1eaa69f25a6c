import type { User } from '../domain/user.ts'
import type { CognitoError } from '../errors.ts'

const proofs = new WeakMap<object, User>()

/** The refusal of a proof that was counted against the user; whoever keeps the user's history finds out by `failedProofOf`. */
export const failedProof = (refusal: CognitoError, user: User | undefined): CognitoError => {
  if (user !== undefined) proofs.set(refusal, user)
  return refusal
}

/** Whose proof failed, of an error from `failedProof`; undefined for any other, which may come uncounted and about any name. */
export const failedProofOf = (error: unknown): User | undefined =>
  typeof error === 'object' && error !== null ? proofs.get(error) : undefined
