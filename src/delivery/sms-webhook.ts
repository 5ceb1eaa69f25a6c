import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Log } from '../context.ts'
import { webhookHeaders } from '../crypto/webhook-signature.ts'
import { type Refusal, refusalOf } from '../domain/posted.ts'
import type { Poster } from '../posting/poster.ts'
import type { Random } from '../random.ts'
import type { Delivery, Message } from './delivery.ts'

/** What a delivery of SMS by webhook needs to know. */
export interface SmsWebhookSettings {
  readonly url: string
  readonly secret: string
  readonly poster: Poster
  /** What signatures are dated by and time is measured with: the world's, not one that tests move. */
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** How long one try may take, in ms. */
  readonly tryLimit?: number
  /** How long all tries may take together, in ms: a caller waits for three seconds. */
  readonly limit?: number
  /** How long to wait before each further try, in ms. */
  readonly pauses?: readonly number[]
}

interface Order {
  readonly id: string
  readonly body: string
}

const contentOf = (id: string, sentAt: number, message: Message): string =>
  JSON.stringify({
    id,
    to: message.destination,
    body: message.body,
    code: message.code,
    userPoolId: message.userPoolId,
    clientId: message.clientId,
    kind: message.kind,
    sentAt,
  })

/**
 * Hands every SMS to an HTTP endpoint as signed JSON (docs/sms.md). Any 2xx means that it was taken; an error that may pass is tried again
 * under the same id, by which the receiver knows that it sent the message already. Throws on an address that is none.
 */
export const createSmsWebhook = (settings: SmsWebhookSettings): Delivery => {
  const { secret, poster, clock, random, log, tryLimit = 1300, limit = 2800, pauses = [100, 400] } = settings
  const url = new URL(settings.url)
  const running = new Set<Promise<void>>()

  const attempt = async ({ id, body }: Order, left: number): Promise<Refusal | undefined> => {
    if (left <= 0) return { reason: 'no time left', again: false }
    // Each try says when it was made: a receiver refuses what is old.
    const headers = webhookHeaders(secret, clock.now(), id, body)
    return refusalOf(await poster.post({ url, headers, body, limit: Math.min(tryLimit, left) }))
  }

  const send = async (order: Order): Promise<void> => {
    const deadline = clock.now() + limit
    for (let tries = 1; ; tries += 1) {
      const refusal = await attempt(order, deadline - clock.now())
      if (refusal === undefined) return
      log.warn({ medium: 'SMS', id: order.id, tries, reason: refusal.reason }, 'The SMS webhook did not take a message.')
      const wait = pauses[tries - 1]
      if (!refusal.again || wait === undefined) throw new Error(`The SMS was not delivered (${refusal.reason}).`)
      await pause(wait)
    }
  }

  return {
    deliver: async (message) => {
      if (message.medium !== 'SMS') throw new Error('The SMS webhook takes SMS only.')
      const id = random.uuid()
      const sending = send({ id, body: contentOf(id, clock.now(), message) })
      running.add(sending)
      try {
        await sending
      } finally {
        running.delete(sending)
      }
    },
    close: async () => {
      await Promise.allSettled(running)
      poster.close()
    },
  }
}
