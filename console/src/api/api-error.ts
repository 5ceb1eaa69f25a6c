/** A refusal in the API's own words. */
export class ApiError extends Error {
  /** The exception's name, e.g. `UsernameExistsException`. */
  readonly code: string
  /** Under which the server's log tells more; undefined where no server answered. */
  readonly requestId: string | undefined
  /** After how many seconds the server wants to be asked again; undefined where it didn't say. */
  readonly retryAfter: number | undefined

  constructor(code: string, message: string, requestId?: string, retryAfter?: number) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.requestId = requestId
    this.retryAfter = retryAfter
  }
}

/** The code of a failure to reach the server at all. */
export const unreachable = 'ServerUnreachable'

/** The code of a call by nobody: the session has ended. */
export const signedOut = 'MissingAuthenticationTokenException'

/** Any thrown value as an ApiError. */
export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('Error', error instanceof Error ? error.message : String(error))

/** What refusals are that name no exception. */
const usualCodes: Readonly<Record<number, string>> = { 401: signedOut, 403: 'AccessDeniedException' }

/** The refusal that an answer of the server is. */
export const refusalOf = (status: number, text: string, headers: Headers): ApiError => {
  const requestId = headers.get('x-amzn-requestid') ?? undefined
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  const retryAfter = Number.isFinite(seconds) ? seconds : undefined
  const unnamed = usualCodes[status] ?? `HTTP ${status}`
  try {
    const { __type: code = unnamed, message = '' } = JSON.parse(text) as { __type?: string; message?: string }
    return new ApiError(code, message, requestId, retryAfter)
  } catch {
    return new ApiError(unnamed, text.slice(0, 500), requestId, retryAfter)
  }
}
