import type { RequestListener } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Console } from '../console/create-console.ts'
import type { Services } from '../context.ts'
import type { TrustedProxies } from './client-address.ts'
import { createConsoleListener, isConsolePath } from './console-listener.ts'
import { type Metrics, metricsType } from './metrics.ts'

/** What the operators' listener is made of. */
export interface AdminAppOptions {
  readonly services: Pick<Services, 'store' | 'log'>
  readonly metrics: Metrics
  readonly console: Console
  readonly trustedProxies: TrustedProxies
  /** Bytes; the console refuses more with 413. */
  readonly maxBody: number
}

/** ms; who asks whether a server is ready does not wait much longer. */
const readyWithin = 2000

/** Rejects when the store does not answer in time. */
const askStore = async ({ meta }: Services['store']): Promise<void> => {
  const isLate = await Promise.race([meta.get('made-by').then(() => false), pause(readyWithin, true, { ref: false })])
  if (isLate) throw new Error(`The store did not answer within ${readyWithin} ms.`)
}

/** The operators' listener of `serve`: liveness, readiness as the store sees it, what was counted, for Prometheus, and the console. */
export const createAdminApp = ({
  services: { store, log },
  metrics,
  console,
  trustedProxies,
  maxBody,
}: AdminAppOptions): RequestListener => {
  const app = new Hono()
  app.get('/health', (c) => c.json({ status: 'ok' }))
  app.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'content-type': metricsType }))
  app.get('/ready', async (c) => {
    try {
      await askStore(store)
      return c.json({ status: 'ready' })
    } catch (error) {
      log.error({ err: error }, 'the store does not answer')
      return c.json({ status: 'not ready', reason: 'the store does not answer' }, 503)
    }
  })
  const rest = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const answerConsole = createConsoleListener(console, { trustedProxies, maxBody })
  return (incoming, outgoing) => {
    const [path = '/'] = (incoming.url ?? '/').split('?', 1)
    if (!isConsolePath(path)) {
      void rest(incoming, outgoing)
      return
    }
    answerConsole(incoming, outgoing, path).catch((error: unknown) => {
      log.error({ err: error }, 'a request of the console failed')
      outgoing.destroy()
    })
  }
}
