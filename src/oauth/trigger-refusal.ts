import { CognitoError, type ErrorCode } from '../errors.ts'
import { OAuthError } from './oauth-error.ts'

const ofTriggers: readonly ErrorCode[] = ['InvalidLambdaResponseException', 'UnexpectedLambdaException', 'UserLambdaValidationException']

/**
 * What the token endpoint makes of an error: that of a trigger as an OAuth error, any other as it is.
 * guess: a PreTokenGeneration function that fails makes the token endpoint answer invalid_request with the function's words.
 */
export const triggerRefusal = (error: unknown): unknown =>
  error instanceof CognitoError && ofTriggers.includes(error.code)
    ? new OAuthError('invalid_request', { description: error.message })
    : error
