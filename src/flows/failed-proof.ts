import type { User } from '../domain/user.ts'
import { CognitoError } from '../errors.ts'

/** A refusal that was counted against a user; whoever keeps the user's history looks for it. */
export class FailedProof extends CognitoError {
  readonly user: User

  constructor({ code, message }: CognitoError, user: User) {
    super(code, message)
    this.user = user
  }
}

/** The refusal of a proof that was counted; nobody's failure is the refusal alone. */
export const failedProof = (refusal: CognitoError, user: User | undefined): CognitoError =>
  user === undefined ? refusal : new FailedProof(refusal, user)
