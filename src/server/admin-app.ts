import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Services } from '../context.ts'
import { type Metrics, metricsType } from './metrics.ts'

const noConsole =
  'The console is not open here: `poolhouse serve` has no operators who could sign in to it yet. `poolhouse dev` opens its own without a password.\n'

/** The operators' listener of `serve`: liveness, readiness as the store sees it, and what was counted, for Prometheus. */
export const createAdminApp = ({ store, log }: Pick<Services, 'store' | 'log'>, metrics: Metrics): RequestListener => {
  const app = new Hono()
  app.get('/health', (c) => c.json({ status: 'ok' }))
  app.get('/metrics', (c) => c.body(metrics.text(), 200, { 'content-type': metricsType }))
  app.get('/ready', async (c) => {
    try {
      await store.meta.get('made-by')
      return c.json({ status: 'ready' })
    } catch (error) {
      log.error({ err: error }, 'the store does not answer')
      return c.json({ status: 'not ready', reason: 'the store does not answer' }, 503)
    }
  })
  for (const path of ['/console', '/console/*']) app.get(path, (c) => c.text(noConsole, 404))
  return getRequestListener(app.fetch, { overrideGlobalObjects: false })
}
