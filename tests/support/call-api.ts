import type { Input, OperationName } from '../../src/model/types.gen.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every operation
type Answer = any

/** Sends a call to a development server as an administrator whose signature it does not check; rejects when no answer comes. */
export const askApi = async (
  url: string,
  operation: OperationName,
  input: object,
): Promise<{ readonly status: number; readonly text: string }> => {
  const reply = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIATESTTESTTESTTEST/20260115/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00',
    },
    body: JSON.stringify(input),
  })
  return { status: reply.status, text: await reply.text() }
}

/** Calls an operation of a development server, as an administrator whose signature it does not check; throws what it refuses. */
export const callApi = async <N extends OperationName>(url: string, operation: N, input: Input<N>): Promise<Answer> => {
  const { status, text } = await askApi(url, operation, input)
  if (status !== 200) throw new Error(`${operation}: ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}
