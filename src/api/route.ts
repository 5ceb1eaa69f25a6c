import { CognitoError } from '../errors.ts'
import { type OperationModel, operationNamed, targetPrefix } from '../model/model.ts'
import type { ApiRequest } from './api-request.ts'

/** What a request asks for; the front end's two refusals have forms of their own. */
export type Route = OperationModel | 'no target' | 'wrong content type'

/**
 * The operation that X-Amz-Target names. Throws UnknownOperationException, which has no message, for a name or a service that the
 * model lacks. guess: the status of an unknown operation is 400, as on AWS's other JSON services.
 */
export const routeOf = ({ headers }: Pick<ApiRequest, 'headers'>): Route => {
  const target = headers['x-amz-target']
  if (!target) return 'no target'
  if (!isAmzJson(headers['content-type'])) return 'wrong content type'
  const dot = target.lastIndexOf('.')
  const operation = target.slice(0, Math.max(dot, 0)) === targetPrefix ? operationNamed(target.slice(dot + 1)) : undefined
  if (operation === undefined) throw new CognitoError('UnknownOperationException', '')
  return operation
}

const contentType = 'application/x-amz-json-1.1'

const isAmzJson = (header: string | undefined): boolean =>
  header === contentType || header?.split(';', 1)[0]?.trim().toLowerCase() === contentType
