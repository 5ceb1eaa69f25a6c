import { CognitoError } from '../errors.ts'
import { type Fault, sentenceFor } from './fault.ts'
import type { Visitor } from './visit.ts'

const places: Readonly<Record<string, string>> = {
  CodeMismatchException: 'code',
  ExpiredCodeException: 'code',
  InvalidPasswordException: 'password',
  PasswordHistoryPolicyViolationException: 'password',
  UsernameExistsException: 'username',
  UserNotFoundException: 'username',
}

/**
 * What a flow refused, at the field that it is about where the page has it; throws whatever is no refusal. `sentences` say by type what the
 * page knows better.
 */
export const placedFault = (
  { strings }: Pick<Visitor, 'strings'>,
  error: unknown,
  fields: readonly string[],
  sentences: Readonly<Record<string, string>> = {},
): Fault => {
  if (!(error instanceof CognitoError)) throw error
  const { code } = error
  const place = places[code]
  const own = code === 'UserNotFoundException' ? strings.errors.userUnknown : sentences[code]
  return { field: place !== undefined && fields.includes(place) ? place : undefined, text: own ?? sentenceFor(error, strings) }
}
