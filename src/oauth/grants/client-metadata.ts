import { isObject } from '../../domain/is-object.ts'
import type { Form } from '../form.ts'
import { invalidRequest } from '../oauth-error.ts'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `aws_client_metadata`: JSON with texts by name, for the PreTokenGeneration function; throws invalid_request for anything else. */
export const readClientMetadata = (form: Form): Record<string, string> | undefined => {
  const text = form.get('aws_client_metadata')
  if (text === undefined) return undefined
  const value = parsed(text)
  const isMetadata = isObject(value) && Object.values(value).every((each) => typeof each === 'string')
  if (!isMetadata) throw invalidRequest('aws_client_metadata must be a JSON object of texts.')
  return value as Record<string, string>
}
