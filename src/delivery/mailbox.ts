import type { Clock } from '../clock.ts'
import type { KeptMessage, Mailbox } from './delivery.ts'

/** A delivery that keeps the newest `keep` messages in memory and sends none. */
export const createMailbox = ({ clock, keep = 1000 }: { readonly clock: Clock; readonly keep?: number }): Mailbox => {
  let kept: KeptMessage[] = []
  return {
    deliver: async (message) => {
      kept.push(Object.freeze({ ...message, sentAt: clock.now() }))
      if (kept.length > keep) kept.shift()
    },
    messages: (to) => kept.filter((message) => to === undefined || message.destination.toLowerCase() === to.toLowerCase()).reverse(),
    clear: () => {
      kept = []
    },
    close: async () => {},
  }
}
