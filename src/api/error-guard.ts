import { CognitoError, type ErrorCode } from '../errors.ts'
import type { OperationModel } from '../model/model.ts'

/** What any operation may answer, beside its model's list. */
const common: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'AccessDeniedException',
  'InternalErrorException',
  'TooManyRequestsException',
  'ValidationException',
])

/** A sentence on an error that the operation's model doesn't list, which is a bug of ours; undefined for any other error. */
export const unlistedErrorFault = (operation: OperationModel, error: unknown): string | undefined =>
  !(error instanceof CognitoError) || common.has(error.code) || operation.errors.has(error.code)
    ? undefined
    : `${operation.name} answered ${error.code} ("${error.message}"), which its model does not list`
