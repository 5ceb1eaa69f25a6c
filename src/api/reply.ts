import { retryAfter } from '../domain/rate.ts'
import { type CognitoError, type ErrorCode, rateExceeded } from '../errors.ts'
import type { ApiReply } from './api-request.ts'
import { corsHeaders } from './cors.ts'

// The only file that turns a CognitoError into bytes.

const headers = (requestId: string) => ({
  ...corsHeaders,
  'content-type': 'application/x-amz-json-1.1',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-amzn-requestid': requestId,
})

/** 200 with the wire form of an output; an operation that answers nothing has an empty body, as on AWS. */
export const successReply = (requestId: string, wire: Record<string, unknown> | undefined): ApiReply => ({
  status: 200,
  headers: headers(requestId),
  body: wire === undefined ? '' : JSON.stringify(wire),
})

/** Cognito answers every client fault with 400, whatever its model says, and 500 for its own (API reference, error sections). */
const serverFaults: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['InternalErrorException', 'InternalServerException'])

const withRetryAfter = (reply: ApiReply, wait: number): ApiReply => ({
  ...reply,
  headers: { ...reply.headers, 'retry-after': retryAfter(wait) },
})

/**
 * A refusal as AWS's clients read it: `__type` and message in the body, both again in headers. Retry-After (seconds), on what may be tried
 * again, is ours; AWS leaves it to the client.
 */
export const errorReply = (requestId: string, error: CognitoError): ApiReply => {
  const reply = faultReply(requestId, serverFaults.has(error.code) ? 500 : 400, error.code, error.message, error.reasonCode)
  return error.code === 'TooManyRequestsException' ? withRetryAfter(reply, 1000) : reply
}

/** The refusal of a request that may come again in `wait` ms. */
export const throttledReply = (requestId: string, wait: number): ApiReply => withRetryAfter(errorReply(requestId, rateExceeded()), wait)

/** The same for faults of HTTP itself, which no operation knows (413, 408 ...). An empty message is left out. */
export const faultReply = (requestId: string, status: number, type: string, message: string, reasonCode?: string): ApiReply => ({
  status,
  headers: { ...headers(requestId), 'x-amzn-errortype': `${type}:`, ...(message && { 'x-amzn-errormessage': headerSafe(message) }) },
  body: JSON.stringify({ __type: type, ...(message && { message }), ...(reasonCode && { reasonCode }) }),
})

/** What the front end answers to a request that names no operation. */
export const notUnderstoodReply = (requestId: string): ApiReply => ({
  status: 404,
  headers: headers(requestId),
  body: '{"code":"BadRequest","message":"The server did not understand the operation that was requested.","type":"client"}',
})

/** What the front end answers to a body in another content type, from AWS's captures. guess: a body in another content type is refused with status 400. */
export const wrongContentTypeReply = (requestId: string): ApiReply => ({
  status: 400,
  headers: headers(requestId),
  body: '{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}',
})

// A message may quote what the caller sent: no line break may end the header, and its size stays bounded.
const headerSafe = (message: string): string => message.slice(0, 1024).replace(/[^\x20-\x7e]/g, '?')
