import type { AdjustableClock } from '../clock.ts'
import type { Services } from '../context.ts'
import type { Mailbox } from '../delivery/delivery.ts'

/** Empties store and mailbox and puts the clock right, where there are such. */
export const createReset =
  ({ store, random, clock }: Services, mailbox: Mailbox | undefined, adjustable: AdjustableClock | undefined) =>
  async (): Promise<void> => {
    await store.maintenance.wipe({ actor: 'operator', requestId: random.uuid(), action: 'Reset', at: clock.now() })
    mailbox?.clear()
    adjustable?.reset()
  }
