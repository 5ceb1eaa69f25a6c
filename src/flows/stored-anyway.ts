import type { User } from '../domain/user.ts'
import { CognitoError } from '../errors.ts'

/** A refusal by what comes after a user was stored, a message or a function; the user stays as stored. */
export class StoredAnyway extends CognitoError {
  readonly user: User

  constructor({ code, message }: CognitoError, user: User) {
    super(code, message)
    this.user = user
  }
}

/** Does what comes after a user was stored; its refusals tell that the user was. */
export const onceStored = async <T>(user: User, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw error instanceof CognitoError ? new StoredAnyway(error, user) : error
  }
}
