import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import type { Log } from '../context.ts'
import { createPoster } from '../posting/create-poster.ts'
import { systemRandom } from '../random.ts'
import { silentLog } from '../server/log.ts'
import type { Delivery, Message } from './delivery.ts'
import { createSmsWebhook, type SmsWebhookSettings } from './sms-webhook.ts'

const secret = 'a secret of the operator'

interface Seen {
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A status, a status with headers, or nothing at all. */
type Reply = number | { readonly status: number; readonly headers: Record<string, string> } | 'silence'

let receiver: Server
let seen: Seen[]
let replies: Reply[]
let url: string
let delivery: Delivery | undefined

beforeEach(async () => {
  seen = []
  replies = []
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      seen.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
      const reply = replies.shift() ?? 204
      if (reply === 'silence') return
      if (typeof reply === 'number') response.writeHead(reply).end()
      else response.writeHead(reply.status, reply.headers).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/sms?tenant=1`
})
afterEach(async () => {
  await delivery?.close()
  receiver.closeAllConnections()
  await new Promise<void>((resolve) => receiver.close(() => resolve()))
})

const open = (settings: Partial<SmsWebhookSettings> = {}): Delivery => {
  delivery = createSmsWebhook({
    url,
    secret,
    poster: createPoster(),
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    pauses: [1, 1],
    ...settings,
  })
  return delivery
}

const sms: Message = {
  medium: 'SMS',
  destination: '+15555550100',
  subject: '',
  body: 'Your code is 123456',
  code: '123456',
  kind: 'Authentication',
  userPoolId: 'us-east-1_Pool',
  clientId: 'client',
}

describe('an SMS by webhook', () => {
  it('arrives as JSON, signed over time, id and body', async () => {
    await open().deliver(sms)
    const [request] = seen
    const content = JSON.parse(request?.body ?? '')
    expect(request?.path).toBe('/sms?tenant=1')
    expect(content).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      to: '+15555550100',
      body: 'Your code is 123456',
      code: '123456',
      userPoolId: 'us-east-1_Pool',
      clientId: 'client',
      kind: 'Authentication',
      sentAt: expect.any(Number),
    })
    const { 'poolhouse-timestamp': timestamp, 'poolhouse-request-id': id, 'poolhouse-signature': signature } = request?.headers ?? {}
    expect(id).toBe(content.id)
    expect(Math.abs(Number(timestamp) * 1000 - content.sentAt)).toBeLessThan(2000)
    expect(signature).toBe(`v1=${createHmac('sha256', secret).update(`${timestamp}.${id}.${request?.body}`).digest('hex')}`)
    expect(request?.headers['content-type']).toBe('application/json')
  })

  it('leaves out what there is not', async () => {
    await open().deliver({ medium: 'SMS', destination: '+15555550100', subject: '', body: 'Hello' })
    expect(Object.keys(JSON.parse(seen[0]?.body ?? ''))).toEqual(['id', 'to', 'body', 'sentAt'])
  })

  it.each([500, 503, 429, 'silence'] as const)('is tried again after %s, under the same id', async (first) => {
    replies = [first]
    await open({ tryLimit: 200 }).deliver(sms)
    expect(seen).toHaveLength(2)
    expect(seen[0]?.body).toBe(seen[1]?.body)
    expect(seen[0]?.headers['poolhouse-request-id']).toBe(seen[1]?.headers['poolhouse-request-id'])
  })

  it('is given up after three tries', async () => {
    replies = [500, 502, 503, 200]
    await expect(open().deliver(sms)).rejects.toThrow('The SMS was not delivered (status 503).')
    expect(seen).toHaveLength(3)
  })

  it('is not tried again where the receiver refuses it', async () => {
    replies = [400]
    await expect(open().deliver(sms)).rejects.toThrow('The SMS was not delivered (status 400).')
    expect(seen).toHaveLength(1)
  })

  it('never follows a redirect (must-not-happen 19)', async () => {
    replies = [{ status: 307, headers: { location: `${url}&elsewhere` } }]
    await expect(open().deliver(sms)).rejects.toThrow('The SMS was not delivered (status 307).')
    expect(seen).toHaveLength(1)
  })

  it('takes no longer than its limit', async () => {
    replies = ['silence', 'silence', 'silence']
    await expect(open({ tryLimit: 120, limit: 200 }).deliver(sms)).rejects.toThrow(
      /^The SMS was not delivered \(no (?:answer in time|time left)\)\.$/,
    )
    expect(seen).toHaveLength(2)
  })

  it('fails where nobody listens, and logs neither number nor code nor secret (must-not-happen 29)', async () => {
    const lines: unknown[] = []
    const log: Log = { ...silentLog, warn: (fields, text) => lines.push([fields, text]) }
    await new Promise<void>((resolve) => receiver.close(() => resolve()))
    await expect(open({ log }).deliver(sms)).rejects.toThrow(/ECONNREFUSED/)
    expect(lines).toHaveLength(3)
    expect(JSON.stringify(lines)).not.toMatch(/15555550100|123456|a secret/)
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  })

  it('takes no e-mail', async () => {
    await expect(open().deliver({ ...sms, medium: 'EMAIL' })).rejects.toThrow('The SMS webhook takes SMS only.')
    expect(seen).toEqual([])
  })
})
