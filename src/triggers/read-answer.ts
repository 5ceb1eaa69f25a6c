import type { PostOutcome } from '../posting/poster.ts'
import type { TryOutcome } from './trigger-target.ts'

const notInvocable = (sentence: string): TryOutcome => ({ kind: 'not invocable', sentence })

const parse = (body: Uint8Array): { readonly value: unknown } | undefined => {
  // A sender that has nothing to say is content with 204.
  if (body.length === 0) return { value: null }
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) }
  } catch {
    return undefined
  }
}

/** What a function threw, as Lambda's runtimes write it (Lambda developer guide, "Function errors in Lambda"). */
const thrown = (value: unknown): string | undefined => {
  const { errorType, errorMessage } = (value ?? {}) as { errorType?: unknown; errorMessage?: unknown }
  return typeof errorType === 'string' && typeof errorMessage === 'string' ? errorMessage : undefined
}

/**
 * What an HTTP answer says about a function: it threw where the answer has the header X-Amz-Function-Error or a body of errorType and
 * errorMessage, it answered where the status is 2xx and the body JSON; anything else means that it could not be called.
 */
export const readAnswer = (where: string, reply: PostOutcome): TryOutcome => {
  if (reply.kind === 'timed out') return reply
  if (reply.kind === 'failed') return notInvocable(reply.sentence)
  const { status, headers, body } = reply
  const parsed = parse(body)
  const message = thrown(parsed?.value)
  if (message !== undefined) return { kind: 'threw', message }
  if (headers['x-amz-function-error'] !== undefined) return { kind: 'threw', message: 'Unknown error' }
  if (status < 200 || status > 299) return notInvocable(`${where} answered ${status}`)
  return parsed === undefined ? notInvocable(`${where} answered what is no JSON`) : { kind: 'answered', answer: parsed.value }
}
