import type { OperationName } from '../../src/model/types.gen.ts'
import { askApi } from '../support/call-api.ts'
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
      const { status, text } = await askApi(url, operation, input)
      return replyOf(status, text === '' ? undefined : JSON.parse(text))
    } catch {
      return undefined
    }
  },
})
