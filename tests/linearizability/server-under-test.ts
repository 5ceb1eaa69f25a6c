import type { OperationName } from '../../src/model/types.gen.ts'
import type { Harness } from '../support/harness.ts'

/** What a request came to; undefined when whether it took effect is not known. */
export type Reply =
  | {
      readonly refused: string | undefined
      readonly message: string
      // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every operation
      readonly body: any
    }
  | undefined

/** A server whose requests are recorded. */
export interface ServerUnderTest {
  call(operation: OperationName, input: Record<string, unknown>): Promise<Reply>
}

const replyOf = (status: number, body: { __type?: string; message?: string } | undefined): Reply =>
  status >= 500 ? undefined : { refused: status === 200 ? undefined : (body?.__type ?? ''), message: body?.message ?? '', body }

/** One in this process. */
export const harnessUnderTest = (harness: Harness): ServerUnderTest => ({
  call: async (operation, input) => {
    const { status, body } = await harness.call(operation, input)
    return replyOf(status, body)
  },
})

/** One in a process that may end. */
export const processUnderTest = (url: string): ServerUnderTest => ({
  call: async (operation, input) => {
    try {
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
      const text = await reply.text()
      return replyOf(reply.status, text === '' ? undefined : JSON.parse(text))
    } catch {
      return undefined
    }
  },
})
