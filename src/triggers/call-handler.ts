import type { Clock } from '../clock.ts'
import type { ModuleCall } from './module-frames.ts'

type HandlerCall = Pick<ModuleCall, 'event' | 'arn' | 'requestId' | 'limit'>

type Callback = (error?: unknown, answer?: unknown) => void

/** A Lambda handler of either style. */
export type Handler = (event: unknown, context: unknown, callback: Callback) => unknown

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function'

const handlerContext = ({ arn, requestId, limit }: HandlerCall, clock: Clock, done: Callback) => {
  const deadline = clock.now() + limit
  const functionName = arn.split(':')[6] ?? arn
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: '256',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: requestId,
    getRemainingTimeInMillis: () => Math.max(0, deadline - clock.now()),
    done,
    succeed: (answer?: unknown) => done(null, answer),
    fail: (error?: unknown) => done(error ?? new Error('Unknown error')),
  }
}

/**
 * Calls a handler as Lambda's Node.js runtime does: what it returns or resolves to is the answer, or else what it gives to its callback
 * or to `context.succeed`. Rejects with what it throws, rejects with or fails with.
 */
export const callHandler = (handler: Handler, call: HandlerCall, clock: Clock): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const done: Callback = (error, answer) => (error === null || error === undefined ? resolve(answer) : reject(error))
    const returned = handler(call.event, handlerContext(call, clock, done), done)
    if (isPromise(returned)) returned.then(resolve, reject)
    // guess: a handler that returns its answer without a promise has answered, though some of Lambda's runtimes would drop it.
    else if (returned !== undefined && handler.length < 3) resolve(returned)
  })
