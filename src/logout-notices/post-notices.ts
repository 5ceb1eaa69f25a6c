import { setTimeout as pause } from 'node:timers/promises'
import type { Gate, Log } from '../context.ts'
import { refusalOf } from '../domain/posted.ts'
import type { Poster } from '../posting/poster.ts'
import type { LogoutNotice, LogoutNotices } from './logout-notices.ts'

/** What notices are posted with. */
export interface PostNoticesOptions {
  readonly poster: Poster
  readonly log: Log
  /** Keeps a slow application from more than its share of connections. */
  readonly gate: Gate
  /** How long one try may take, in ms. */
  readonly limit?: number
  /** How long to wait before each further try, in ms; a logout token is good for two minutes. */
  readonly pauses?: readonly number[]
  /** Notices that may be under way at once; more are dropped. */
  readonly most?: number
  /** The same of one application, so that one that is slow leaves the others their places. */
  readonly mostOfOne?: number
}

const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }

/** Posts logout tokens in the background, a few times at most where an application does not take one. */
export const createPostNotices = (options: PostNoticesOptions): LogoutNotices => {
  const { poster, log, gate, limit = 5000, pauses = [1000, 5000], most = 4000, mostOfOne = 400 } = options
  const running = new Set<Promise<void>>()
  const ofClient = new Map<string, number>()
  const closing = new AbortController()

  const deliver = async ({ clientId, url: text, sign }: LogoutNotice): Promise<void> => {
    const token = await sign()
    if (token === undefined) return
    const url = new URL(text)
    const body = new URLSearchParams({ logout_token: token }).toString()
    for (let tries = 1; ; tries += 1) {
      const refusal = await gate.enter(clientId, async () => refusalOf(await poster.post({ url, headers, body, limit })))
      if (refusal === undefined) return
      log.warn({ clientId, host: url.host, tries, reason: refusal.reason }, 'An application did not take a logout token.')
      const wait = pauses[tries - 1]
      if (!refusal.again || wait === undefined || closing.signal.aborted) return
      await pause(wait, undefined, { signal: closing.signal }).catch(() => undefined)
      if (closing.signal.aborted) return
    }
  }

  return {
    send: (notice) => {
      const { clientId } = notice
      const others = ofClient.get(clientId) ?? 0
      if (running.size >= most || others >= mostOfOne) {
        log.error({ clientId }, 'A logout token was not sent, because too many are under way.')
        return
      }
      const sending = deliver(notice)
        .catch((error: unknown) => log.error({ clientId, err: error }, 'A logout token could not be sent.'))
        .finally(() => {
          running.delete(sending)
          const left = (ofClient.get(clientId) ?? 1) - 1
          if (left > 0) ofClient.set(clientId, left)
          else ofClient.delete(clientId)
        })
      running.add(sending)
      ofClient.set(clientId, others + 1)
    },
    close: async () => {
      closing.abort()
      await Promise.allSettled(running)
      poster.close()
    },
  }
}
