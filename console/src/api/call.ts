import type { Input, OperationName, Output } from '../../../src/model/types.gen.ts'
import { ApiError, refusalOf, unreachable } from './api-error.ts'
import { connection } from './connection.ts'
import { consoleUrl } from './console-url.ts'
import { consoleHeaders } from './page-key.ts'
import { chosenRegion, regionOf } from './region.ts'
import { withSession } from './sign-in-again.ts'
import { fromWire, toWire } from './wire.ts'

const unreachableError = () =>
  new ApiError(unreachable, 'The server does not answer. Nothing that you typed is lost: try again once it is back.')

const send = async <N extends OperationName>(
  operation: N,
  input: Input<N>,
  signal: AbortSignal | undefined,
  region = regionOf(input) ?? chosenRegion(),
): Promise<Output<N>> => {
  const answer = await fetch(consoleUrl('api'), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      ...consoleHeaders(),
      ...(region !== undefined && { 'x-poolhouse-region': region }),
    },
    body: toWire(input),
    signal: signal ?? null,
  })
  const text = await answer.text()
  if (answer.ok) return fromWire(text) as Output<N>
  throw refusalOf(answer.status, text, answer.headers)
}

/**
 * Calls an operation of the AWS JSON API as the operator who is signed in; the region is `region`, else the one of the pool that the input names.
 * Throws ApiError. When the session has ended, the operator signs in again and the call goes out once more.
 */
export const call = async <N extends OperationName>(
  operation: N,
  input: Input<N>,
  signal?: AbortSignal,
  region?: string,
): Promise<Output<N>> => {
  try {
    return await withSession(() => send(operation, input, signal, region))
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted) throw error
    connection.lost()
    throw unreachableError()
  }
}
