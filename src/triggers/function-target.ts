import { systemClock } from '../clock.ts'
import { callHandler, type Handler } from './call-handler.ts'
import type { TriggerCall, TriggerTarget, TryOutcome } from './trigger-target.ts'
import type { TriggerEvent } from './triggers.ts'

/** A Lambda handler as JavaScript has it: takes the event, answers it or throws; a context and a callback come after the event. */
export type TriggerHandler = (event: TriggerEvent, context: unknown, callback: unknown) => unknown

const answerOf = (handler: TriggerHandler, event: TriggerEvent, { arn, id, limit }: TriggerCall): unknown =>
  // One that knows nothing of callbacks answers by returning, even when it returns nothing.
  handler.length < 2
    ? handler(event, undefined, undefined)
    : callHandler(handler as Handler, { event, arn, requestId: id, limit }, systemClock)

const attempt = async (handler: TriggerHandler, event: TriggerEvent, call: TriggerCall): Promise<TryOutcome> => {
  try {
    // As over a wire: what the handler keeps or changes afterwards is its own.
    const answer: unknown = await answerOf(handler, structuredClone(event), call)
    return { kind: 'answered', answer: structuredClone(answer) }
  } catch (error) {
    return { kind: 'threw', message: String(error instanceof Error ? error.message : error) }
  }
}

/** A handler in this very process, for tests that bring their own; it can block and crash the server. */
export const functionTarget = (handler: TriggerHandler): TriggerTarget => ({
  invoke: async (event, call) => {
    const expiry = Promise.withResolvers<TryOutcome>()
    const timer = setTimeout(() => expiry.resolve({ kind: 'timed out' }), call.limit)
    try {
      return await Promise.race([attempt(handler, event, call), expiry.promise])
    } finally {
      clearTimeout(timer)
    }
  },
})
