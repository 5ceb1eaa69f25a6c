import { Hono, type Context as HonoContext } from 'hono'
import type { AdjustableClock } from '../clock.ts'
import type { Mailbox } from '../delivery/delivery.ts'
import type { CodeRedeemer } from './code-redeemer.ts'
import { demoCallbackPage, demoCallbackPath } from './demo-callback.ts'
import { type Metrics, metricsType } from './metrics.ts'
import { parseSeed } from './parse-seed.ts'
import type { SeedDocument, SeededPool } from './seed-document.ts'

/** What the test hooks of a development server reach. */
export interface HookServices {
  readonly mailbox: Mailbox
  readonly clock: AdjustableClock
  readonly metrics: Metrics
  /** The last calls of functions, newest first. */
  readonly triggers: { invocations(): readonly object[] }
  /** The server's address; known once it listens. */
  publicUrl(): string
  /** Empties store, mailbox and clock. */
  reset(): Promise<void>
  seed(document: SeedDocument): Promise<SeededPool[]>
  /** Who may redeem an authorization code, which stays good; undefined for what is none. */
  redeemer(code: string): Promise<CodeRedeemer | undefined>
}

/** What is wrong with a request to a hook: pages of other origins must not reach a server that checks no signature. */
const foreignFault = (c: HonoContext): string | undefined => {
  const origin = c.req.header('origin')
  if (c.req.header('sec-fetch-site') === 'cross-site') return 'Test hooks do not answer requests from other sites.'
  if (origin !== undefined && origin !== new URL(c.req.url).origin) return 'Test hooks do not answer requests from other origins.'
  if (c.req.method === 'POST' && !c.req.header('content-type')?.startsWith('application/json')) {
    return 'Test hooks want the content type application/json.'
  }
  return undefined
}

const body = async (c: HonoContext): Promise<Record<string, unknown>> => {
  const text = await c.req.text()
  const value: unknown = text === '' ? {} : JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('The body must be a JSON object.')
  return value as Record<string, unknown>
}

const moment = (value: unknown): number => {
  const at = typeof value === 'number' ? value : Date.parse(String(value))
  if (!Number.isFinite(at)) throw new Error('set wants epoch milliseconds or an ISO 8601 date and time.')
  return at
}

/** The routes under /_poolhouse/ (`dev` only): the mailbox, the metrics, and hooks with which tests reset, move the clock and seed. */
export const createHooks = ({ mailbox, clock, metrics, triggers, publicUrl, reset, seed, redeemer }: HookServices): Hono => {
  const app = new Hono()
  app.use(async (c, next) => {
    const fault = foreignFault(c)
    return fault === undefined ? next() : c.json({ message: fault }, 403)
  })
  app.onError((error, c) => c.json({ message: error.message }, 400))
  app.get('/messages', (c) =>
    c.json(
      mailbox
        .messages(c.req.query('to'))
        .map(({ medium, destination, subject, body: text, code, sentAt }) => ({ medium, destination, subject, body: text, code, sentAt })),
    ),
  )
  app.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'content-type': metricsType }))
  app.get('/triggers', (c) => c.json(triggers.invocations()))
  app.get('/callback', async (c) => {
    c.header('content-security-policy', "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; frame-ancestors 'none'")
    c.header('cache-control', 'no-store')
    const { code, error } = c.req.query()
    const url = publicUrl()
    const by = code === undefined ? undefined : await redeemer(code)
    return c.html(demoCallbackPage({ code, error, by, redirectUri: url + demoCallbackPath, tokenUrl: `${url}/oauth2/token` }))
  })
  app.post('/reset', async (c) => {
    await reset()
    return c.json({})
  })
  app.post('/clock', async (c) => {
    const { set, advance } = await body(c)
    if (set !== undefined) clock.set(moment(set))
    if (advance !== undefined) {
      if (typeof advance !== 'number' || !Number.isFinite(advance)) throw new Error('advance wants milliseconds.')
      clock.advance(advance)
    }
    return c.json({ now: clock.now() })
  })
  app.post('/seed', async (c) => c.json({ pools: await seed(parseSeed(await body(c))) }))
  return app
}
