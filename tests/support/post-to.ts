import type { ApiReply } from '../../src/api/api-request.ts'
import type { Dispatcher } from '../../src/api/dispatch.ts'

/** Posts a body to a dispatcher, unsigned unless the headers say otherwise. */
export const postTo = (
  dispatch: Dispatcher,
  operation: string,
  input: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<ApiReply> =>
  dispatch({
    method: 'POST',
    path: '/',
    query: '',
    headers: {
      host: 'localhost:9339',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      ...headers,
    },
    body: Buffer.from(JSON.stringify(input), 'utf8'),
    remoteAddress: '127.0.0.1',
  })
