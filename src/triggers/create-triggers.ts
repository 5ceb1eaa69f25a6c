import type { Clock } from '../clock.ts'
import type { Log } from '../context.ts'
import type { Random } from '../random.ts'
import { createInvocations } from './invocations.ts'
import { createSendQueue } from './send-queue.ts'
import type { TriggerCall, TriggerTarget, TryOutcome } from './trigger-target.ts'
import type { Invocation, TriggerEvent, TriggerOutcome, Triggers } from './triggers.ts'

/** What calls of functions need. */
export interface TriggerSettings {
  /** By ARN. */
  readonly targets: ReadonlyMap<string, TriggerTarget>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** How many invocations are kept for reading; none unless said. */
  readonly keep?: number | undefined
  /** How long one try may take, in ms. */
  readonly limit?: number | undefined
  /** The same for functions that nobody waits for. */
  readonly sendLimit?: number | undefined
  /** How long closing waits for functions that nobody waits for, in ms. */
  readonly patience?: number | undefined
}

/** Functions by their ARN, with what only the surroundings use. */
export interface OpenedTriggers extends Triggers {
  /** Gets every target ready. */
  start(): void
  /** The last invocations, newest first. */
  invocations(): Invocation[]
  /** Whether a function stands behind the ARN. */
  isMapped(arn: string): boolean
  /** Forgets the invocations. */
  clear(): void
  /** Gives what was sent a little time, then lets every target go. */
  close(): Promise<void>
}

// Five seconds, as on AWS (developer guide, "Things to know about Lambda triggers").
const usualLimit = 5000
// The guide says that Cognito may try again; an older edition of it that it gives up after three attempts.
const tries = 3
// On AWS nobody waits for a sender, whose own limit is what its owner made it.
const usualSendLimit = 30_000
const sends = { parallel: 16, waiting: 1000 }

const unmapped: TriggerTarget = {
  invoke: async (_event, { arn }) => ({ kind: 'not invocable', sentence: `no function is mapped to ${arn}` }),
}

// A target that rejects has met what it was not made for, such as a process that may not open any more files.
const failed = (error: unknown): TriggerOutcome => ({ kind: 'not invocable', sentence: `the call failed: ${String(error)}` })

/** Calls of functions behind the targets, by ARN. */
export const createTriggers = (settings: TriggerSettings): OpenedTriggers => {
  const { targets, clock, random, log, keep = 0, limit = usualLimit, sendLimit = usualSendLimit, patience = usualLimit } = settings
  const kept = createInvocations(keep)
  const queue = createSendQueue(sends)

  /** Tries until there is an outcome or `most` tries have timed out, and keeps the invocation. */
  const call = async (
    target: TriggerTarget,
    event: TriggerEvent,
    { arn, id, limit }: TriggerCall,
    most: number,
  ): Promise<TriggerOutcome> => {
    const at = clock.now()
    let outcome: TryOutcome = { kind: 'timed out' }
    let count = 0
    while (outcome.kind === 'timed out' && count < most) {
      count += 1
      outcome = await target.invoke(event, { arn, id, limit }).catch(failed)
    }
    const times = count === 1 ? '' : `, ${count} times`
    const late = { kind: 'not invocable', sentence: `the function did not answer within ${limit} ms${times}`, timedOut: true } as const
    const final: TriggerOutcome = outcome.kind === 'timed out' ? late : outcome
    kept.add({ at, arn, event, outcome: final, tries: count, took: clock.now() - at })
    return final
  }

  const report = (arn: string, event: TriggerEvent, outcome: TriggerOutcome): void => {
    if (outcome.kind === 'answered') return
    const reason = outcome.kind === 'threw' ? `the function threw: ${outcome.message.slice(0, 500)}` : outcome.sentence
    log.error({ arn, source: event.triggerSource, reason }, 'a message that a function should have sent was not sent')
  }

  return {
    invoke: (arn, event) => call(targets.get(arn) ?? unmapped, event, { arn, id: random.uuid(), limit }, tries),
    send: async (arn, event) => {
      const target = targets.get(arn)
      // Once only: a try that was too slow may have sent its message all the same.
      const send = () => call(target ?? unmapped, event, { arn, id: random.uuid(), limit: sendLimit }, 1)
      if (target === undefined) {
        const outcome = await send()
        return outcome.kind === 'not invocable' ? outcome : undefined
      }
      return queue.add(async () => report(arn, event, await send()))
        ? undefined
        : { kind: 'not invocable', sentence: 'too many messages wait for functions that send them' }
    },
    start: () => {
      for (const target of targets.values()) target.start?.()
    },
    invocations: kept.list,
    isMapped: (arn) => targets.has(arn),
    clear: kept.clear,
    close: async () => {
      const impatience = Promise.withResolvers<void>()
      const timer = setTimeout(impatience.resolve, patience)
      await Promise.race([queue.drained(), impatience.promise])
      clearTimeout(timer)
      await Promise.all([...targets.values()].map((target) => target.close?.()))
    },
  }
}
