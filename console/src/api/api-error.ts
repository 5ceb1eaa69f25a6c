/** A refusal in the API's own words. */
export class ApiError extends Error {
  /** The exception's name, e.g. `UsernameExistsException`. */
  readonly code: string
  /** Under which the server's log tells more; undefined where no server answered. */
  readonly requestId: string | undefined

  constructor(code: string, message: string, requestId?: string) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.requestId = requestId
  }
}

/** The code of a failure to reach the server at all. */
export const unreachable = 'ServerUnreachable'

/** The code of a call by nobody: the session has ended. */
export const signedOut = 'MissingAuthenticationTokenException'

/** Any thrown value as an ApiError. */
export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('Error', error instanceof Error ? error.message : String(error))
