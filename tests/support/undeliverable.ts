import type { Message } from '../../src/delivery/delivery.ts'
import type { Input, OperationName } from '../../src/model/types.gen.ts'
import { type Harness, testRegion } from './harness.ts'
import { redispatch } from './redispatch.ts'

/** Calls the same program as it is while messages of these media can't be delivered; answers `[type, message]`, or the body of a success. */
export const callUndelivered = async <N extends OperationName>(
  server: Harness,
  operation: N,
  input: Input<N>,
  failing: readonly Message['medium'][] = ['EMAIL', 'SMS'],
) => {
  const deliver = async (message: Message): Promise<void> => {
    if (failing.includes(message.medium)) throw new Error('the mail server refuses')
    await server.delivery.deliver(message)
  }
  const reply = await redispatch(server, { delivery: { deliver, close: async () => {} } })({
    method: 'POST',
    path: '/',
    query: '',
    headers: {
      host: 'localhost:9339',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      'x-amz-date': '20260115T120000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIATESTTESTTESTTEST/20260115/${testRegion}/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
    },
    body: Buffer.from(JSON.stringify(input), 'utf8'),
    remoteAddress: '127.0.0.1',
  })
  const body = reply.body === '' ? {} : JSON.parse(reply.body)
  return body.__type === undefined ? body : [body.__type, body.message]
}
