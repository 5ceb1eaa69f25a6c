import type { Clock } from '../clock.ts'
import { webhookHeaders } from '../crypto/webhook-signature.ts'
import type { Poster } from '../posting/poster.ts'
import { readAnswer } from './read-answer.ts'
import type { TriggerTarget } from './trigger-target.ts'

/** An HTTP endpoint that stands for a function. */
export interface WebhookSettings {
  readonly url: string
  /** Under which requests are signed. */
  readonly secret: string
  readonly poster: Poster
  readonly clock: Clock
}

/** A function behind a webhook: the event is POSTed as JSON and signed, the answer is the event again (docs/triggers.md). */
export const webhookTarget = ({ url: text, secret, poster, clock }: WebhookSettings): TriggerTarget => {
  const url = new URL(text)
  return {
    invoke: async (event, { id, limit }) => {
      const body = JSON.stringify(event)
      const headers = webhookHeaders(secret, clock.now(), id, body)
      return readAnswer(url.host, await poster.post({ url, headers, body, limit }))
    },
    close: async () => poster.close(),
  }
}
