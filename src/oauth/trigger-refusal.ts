import { isOfTrigger } from '../errors.ts'
import { OAuthError } from './oauth-error.ts'

/**
 * What the token endpoint makes of an error: that of a trigger as an OAuth error, any other as it is.
 * guess: a PreTokenGeneration function that fails makes the token endpoint answer invalid_request with the function's words.
 */
export const triggerRefusal = (error: unknown): unknown =>
  isOfTrigger(error) ? new OAuthError('invalid_request', { description: error.message }) : error
