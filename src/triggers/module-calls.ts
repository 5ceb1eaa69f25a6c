import { endOutcome, type ModuleEnd } from './module-end.ts'
import type { ModuleCall } from './module-frames.ts'
import type { TryOutcome } from './trigger-target.ts'

/** The calls of one process that have no answer yet. */
export interface ModuleCalls {
  /** Notes a call; it times out by itself. Calls are numbered from 1. */
  add(call: Pick<ModuleCall, 'limit' | 'requestId'>): { readonly id: number; readonly outcome: Promise<TryOutcome> }
  /** A sign of life. */
  heard(): void
  /** The handler of a call is about to run. */
  begun(id: number): void
  settle(id: number, outcome: TryOutcome): void
  /** Settles every call by how the process ended. */
  fail(end: ModuleEnd): void
  /** Takes no more calls, and ends the process when the last one is settled. */
  retire(): void
  /** Whether calls may be added: not once one has timed out, since what did not answer in time may never answer again. */
  readonly open: boolean
}

/** What calls need of their process. */
export interface CallSettings {
  /** Asks the process for a sign of life. */
  ask(): void
  /** Ends the process at once. */
  end(): void
}

const timedOut: TryOutcome = { kind: 'timed out' }
const blocks: TryOutcome = { kind: 'not invocable', sentence: 'the handler blocks the process of its module' }
const longestGrace = 500

/** An empty list of calls. */
export const createModuleCalls = ({ ask, end }: CallSettings): ModuleCalls => {
  const waiting = new Map<number, { readonly requestId: string; settle(outcome: TryOutcome): void }>()
  let lastId = 0
  let lastBegun = 0
  let signs = 0
  let open = true

  const settle = (id: number, outcome: TryOutcome): void => {
    waiting.get(id)?.settle(outcome)
    waiting.delete(id)
    if (!open && waiting.size === 0) end()
  }
  const retire = (): void => {
    open = false
    if (waiting.size === 0) end()
  }
  /** Nobody listens any more: the call that blocks would do so again, the others are worth another try. */
  const abandon = (): void => {
    end()
    for (const id of waiting.keys()) settle(id, id === lastBegun ? blocks : timedOut)
  }
  const expire = (id: number, before: number): void => {
    open = false
    if (signs > before) settle(id, timedOut)
    else abandon()
  }

  return {
    add: ({ limit, requestId }) => {
      lastId += 1
      const id = lastId
      const { promise, resolve } = Promise.withResolvers<TryOutcome>()
      const grace = Math.min(longestGrace, limit / 4)
      // The second timer begins with the question, so that a server that was busy itself hears the answer first.
      let timer = setTimeout(() => {
        const before = signs
        ask()
        timer = setTimeout(() => expire(id, before), grace)
      }, limit - grace)
      waiting.set(id, {
        requestId,
        settle: (outcome) => {
          clearTimeout(timer)
          resolve(outcome)
        },
      })
      return { id, outcome: promise }
    },
    heard: () => {
      signs += 1
    },
    begun: (id) => {
      lastBegun = id
    },
    settle,
    fail: (end) => {
      open = false
      for (const [id, { requestId }] of waiting) settle(id, endOutcome(end, requestId))
    },
    retire,
    get open() {
      return open
    },
  }
}
