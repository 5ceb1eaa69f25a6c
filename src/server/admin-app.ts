import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { ApiReply } from '../api/api-request.ts'
import type { Console } from '../console/create-console.ts'
import type { Services } from '../context.ts'
import type { TrustedProxies } from './client-address.ts'
import { createConsoleListener, isConsolePath, toConsole } from './console-listener.ts'
import { type Metrics, metricsType } from './metrics.ts'
import { originForm } from './origin-form.ts'
import { jsonReply, withSafeHeaders } from './plain-reply.ts'

/** What the operators' listener is made of. */
export interface AdminAppOptions {
  readonly services: Pick<Services, 'store' | 'log' | 'random'>
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

const plainText = { 'content-type': 'text/plain; charset=utf-8' }

const send = (outgoing: ServerResponse, reply: ApiReply): void => {
  const { status, headers, body } = withSafeHeaders(reply)
  outgoing.writeHead(status, { ...headers, 'cache-control': 'no-store', 'content-length': Buffer.byteLength(body) }).end(body)
}

const brokenReply = (requestId: string): ApiReply => ({
  status: 500,
  headers: { ...plainText, 'x-amzn-requestid': requestId },
  body: 'The server could not answer. Its log tells why.\n',
})

/** The operators' listener of `serve`: liveness, readiness as the store sees it, what was counted, for Prometheus, and the console. */
export const createAdminApp = ({
  services: { store, log, random },
  metrics,
  console,
  trustedProxies,
  maxBody,
}: AdminAppOptions): RequestListener => {
  const ready = async (): Promise<ApiReply> => {
    try {
      await askStore(store)
      return jsonReply(200, { status: 'ready' })
    } catch (error) {
      const requestId = random.uuid()
      log.error({ requestId, err: error }, 'the store does not answer')
      return jsonReply(503, { status: 'not ready', reason: 'the store does not answer' }, { 'x-amzn-requestid': requestId })
    }
  }
  const answers = new Map<string, () => Promise<ApiReply>>([
    ['/health', async () => jsonReply(200, { status: 'ok' })],
    ['/metrics', async () => ({ status: 200, headers: { 'content-type': metricsType }, body: await metrics.text() })],
    ['/ready', ready],
  ])
  const answerRest = async ({ method }: IncomingMessage, outgoing: ServerResponse, path: string): Promise<void> => {
    const isRead = method === 'GET' || method === 'HEAD'
    if (isRead && path === '/') {
      outgoing.writeHead(302, toConsole).end()
      return
    }
    const answer = isRead ? answers.get(path) : undefined
    send(outgoing, (await answer?.()) ?? { status: 404, headers: plainText, body: 'Not found\n' })
  }
  const answerConsole = createConsoleListener(console, { trustedProxies, maxBody })
  return (incoming, outgoing) => {
    const [path = '/'] = originForm(incoming.url).split('?', 1)
    const answer = isConsolePath(path) ? answerConsole : answerRest
    answer(incoming, outgoing, path).catch((error: unknown) => {
      const requestId = random.uuid()
      log.error({ requestId, err: error }, "a request of the operators' listener failed")
      if (outgoing.headersSent) outgoing.destroy()
      else send(outgoing, brokenReply(requestId))
    })
  }
}
