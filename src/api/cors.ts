import type { ApiReply } from './api-request.ts'

/**
 * What lets pages of any origin call the API, as on AWS. Never with credentials: nothing here reads cookies, and a caller proves
 * itself by what the request itself carries.
 */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
} as const

// The star doesn't cover Authorization, and older browsers don't know it, so what AWS's clients send is named.
const allowedHeaders = [
  '*',
  'Authorization',
  'Content-Type',
  'Date',
  'X-Amz-Date',
  'X-Amz-Security-Token',
  'X-Amz-Target',
  'X-Amz-User-Agent',
  'X-Amz-Content-Sha256',
  'X-Amzn-Trace-Id',
  'Amz-Sdk-Invocation-Id',
  'Amz-Sdk-Request',
  'Cache-Control',
]

/** The answer to any OPTIONS request; browsers keep it for two days. */
export const preflightReply: ApiReply = {
  status: 200,
  headers: {
    ...corsHeaders,
    'access-control-allow-methods': 'OPTIONS,GET,POST',
    'access-control-allow-headers': allowedHeaders.join(','),
    'access-control-max-age': '172800',
  },
  body: '',
}
