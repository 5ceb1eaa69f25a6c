import { spawn } from 'node:child_process'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { type HttpFunction, type Received, startHttpFunction } from '../support/http-function.ts'
import { functionArn, openTriggers, signUpEvent, type TestTriggers, triggerSecret } from '../support/open-triggers.ts'

const arn = functionArn('hook')
let endpoint: HttpFunction | undefined
let triggers: TestTriggers | undefined

afterEach(async () => {
  await triggers?.close()
  await endpoint?.close()
})

const calling = async (answer: Parameters<typeof startHttpFunction>[0], limit = 2000, path = '/hook') => {
  endpoint = await startHttpFunction(answer)
  triggers = await openTriggers({ hook: endpoint.url + path }, { limit })
  return { triggers, endpoint, outcome: await triggers.invoke(arn, signUpEvent) }
}

const json = (reply: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}) => {
  reply.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof value === 'string' ? value : JSON.stringify(value))
}

/** As docs/triggers.md tells receivers to do it. */
const isGenuine = ({ headers, body }: Received, at = Date.now()): boolean => {
  const { 'poolhouse-timestamp': timestamp = '', 'poolhouse-request-id': id = '', 'poolhouse-signature': signature = '' } = headers
  const expected = `v1=${createHmac('sha256', triggerSecret).update(`${timestamp}.${id}.${body}`).digest('hex')}`
  return (
    signature.length === expected.length &&
    timingSafeEqual(Buffer.from(signature), Buffer.from(expected)) &&
    Math.abs(at / 1000 - Number(timestamp)) < 300
  )
}

describe('a webhook', () => {
  it('gets the event, signed, and answers it', async () => {
    const answer = { ...signUpEvent, response: { ...signUpEvent.response, autoConfirmUser: true } }
    const { outcome, endpoint } = await calling((request, reply) => json(reply, isGenuine(request) ? 200 : 401, answer), 2000, '/a/b?c=d')
    expect(outcome).toEqual({ kind: 'answered', answer })
    const [request] = endpoint.received as [Received]
    expect(request).toMatchObject({ method: 'POST', path: '/a/b?c=d' })
    expect(JSON.parse(request.body)).toEqual(signUpEvent)
    expect(isGenuine(request)).toBe(true)
    expect(isGenuine({ ...request, body: request.body.replace('ana', 'eve') })).toBe(false)
    expect(isGenuine({ ...request, headers: { ...request.headers, 'poolhouse-timestamp': '1' } })).toBe(false)
    expect(isGenuine({ ...request, headers: { ...request.headers, 'poolhouse-request-id': 'other' } })).toBe(false)
    expect(isGenuine(request, Date.now() + 600_000)).toBe(false)
  })

  it.each<[string, number, unknown, Record<string, string>]>([
    ['an error as Lambda writes it', 200, { errorType: 'Error', errorMessage: 'go away', trace: [] }, {}],
    ['the header of a failed function', 200, { errorMessage: 'go away', errorType: 'E' }, { 'x-amz-function-error': 'Unhandled' }],
    ['an error with status 500', 500, { errorType: 'Error', errorMessage: 'go away' }, {}],
    ['an error with status 403', 403, { errorType: 'Error', errorMessage: 'go away' }, {}],
  ])('threw when it answers %s, and is called once', async (_, status, body, headers) => {
    const { outcome, endpoint } = await calling((_request, reply) => json(reply, status, body, headers))
    expect(outcome).toEqual({ kind: 'threw', message: 'go away' })
    expect(endpoint.received.length).toBe(1)
  })

  it('threw when the header says so, whatever else it says', async () => {
    const { outcome } = await calling((_request, reply) => json(reply, 200, signUpEvent, { 'x-amz-function-error': 'Handled' }))
    expect(outcome).toEqual({ kind: 'threw', message: 'Unknown error' })
  })

  it.each<[string, (reply: ServerResponse) => void, string]>([
    ['500', (reply) => json(reply, 500, 'sorry'), 'answered 500'],
    ['503 with a valid event', (reply) => json(reply, 503, signUpEvent), 'answered 503'],
    ['404', (reply) => json(reply, 404, {}), 'answered 404'],
    ['half an error', (reply) => json(reply, 500, { errorMessage: 'x' }), 'answered 500'],
    ['no JSON', (reply) => json(reply, 200, '<html>'), 'no JSON'],
    ['bytes that are no UTF-8', (reply) => void reply.end(Buffer.from([0x22, 0xff, 0xfe, 0x22])), 'no JSON'],
    ['a connection that breaks', (reply) => void reply.destroy(), 'ECONNRESET'],
    [
      'a body that breaks off',
      (reply) => void reply.writeHead(200, { 'content-length': '100' }).write('{', () => reply.destroy()),
      'ECONNRESET',
    ],
    ['10 MB', (reply) => json(reply, 200, { x: 'y'.repeat(10_000_000) }), 'longer than 6291456 bytes'],
  ])('is not invocable when it answers %s, and is called once', async (_, answer, reason) => {
    const { outcome, endpoint } = await calling((_request, reply) => answer(reply))
    expect(outcome).toEqual({ kind: 'not invocable', sentence: expect.stringContaining(reason) })
    expect(endpoint.received.length).toBe(1)
  })

  it('is not invocable when its answer never ends, of which no more than the limit is read', async () => {
    let sent = 0
    const { outcome } = await calling((_request, reply) => {
      const more = () => {
        while (!reply.destroyed && reply.write('x'.repeat(65_536))) sent += 65_536
      }
      reply.writeHead(200).on('drain', more)
      more()
    }, 10_000)
    expect(outcome).toEqual({ kind: 'not invocable', sentence: expect.stringContaining('longer than 6291456 bytes') })
    expect(sent).toBeLessThan(30_000_000)
  })

  it('does not follow redirects', async () => {
    const { outcome, endpoint } = await calling((_request, reply, count) =>
      count === 1 ? json(reply, 307, '', { location: '/elsewhere' }) : json(reply, 200, signUpEvent),
    )
    expect(outcome).toEqual({ kind: 'not invocable', sentence: expect.stringContaining('answered 307') })
    expect(endpoint.received.length).toBe(1)
  })

  it('is called three times while it does not answer in time, with the same id', async () => {
    const { outcome, endpoint } = await calling(() => {}, 150)
    expect(outcome).toEqual({ kind: 'not invocable', sentence: 'the function did not answer within 150 ms, 3 times', timedOut: true })
    expect(endpoint.received.length).toBe(3)
    expect(new Set(endpoint.received.map(({ headers }) => headers['poolhouse-request-id'])).size).toBe(1)
  })

  it('may answer at the third call', async () => {
    const { outcome } = await calling((_request, reply, count) => void (count === 3 && json(reply, 200, signUpEvent)), 150)
    expect(outcome).toEqual({ kind: 'answered', answer: signUpEvent })
  })

  it('has to finish its answer in time, too', async () => {
    const drip = (reply: ServerResponse) => {
      const timer = setInterval(() => reply.write(' '), 20)
      reply.on('close', () => clearInterval(timer))
    }
    const { outcome, endpoint } = await calling((_request, reply) => drip(reply), 150)
    expect(outcome).toMatchObject({ kind: 'not invocable', sentence: expect.stringContaining('3 times') })
    expect(endpoint.received.length).toBe(3)
  })

  it('keeps its connection, and is called on a new one when the old one was closed meanwhile', async () => {
    const { triggers, endpoint } = await calling((_request, reply, count) =>
      count === 3 ? void reply.destroy() : json(reply, 200, signUpEvent),
    )
    expect(await triggers.invoke(arn, signUpEvent)).toMatchObject({ kind: 'answered' })
    expect(endpoint.connections()).toBe(1)
    expect(await triggers.invoke(arn, signUpEvent)).toMatchObject({ kind: 'answered' })
    expect([endpoint.connections(), endpoint.received.length]).toEqual([2, 4])
  })

  it('is not invocable when nobody listens', async () => {
    endpoint = await startHttpFunction(() => {})
    triggers = await openTriggers({ hook: endpoint.url })
    await endpoint.close()
    endpoint = undefined
    expect(await triggers.invoke(arn, signUpEvent)).toEqual({ kind: 'not invocable', sentence: expect.stringContaining('ECONNREFUSED') })
  })

  it('never shows its URL, which may hold a token, in what is logged', async () => {
    const { outcome } = await calling((_request, reply) => json(reply, 500, ''), 2000, '/hook?token=geheim')
    expect(JSON.stringify(outcome)).not.toContain('geheim')
  })

  it('may be the one of docs/triggers.md', async () => {
    const page = readFileSync(new URL('../../docs/triggers.md', import.meta.url), 'utf8')
    const [, code = ''] = /```js\n([^`]*(?:`[^`]+`[^`]*)*createServer[\s\S]*?)```/.exec(page) ?? []
    const listening = code.replace('.listen(8080)', ".listen(0, '127.0.0.1', function () { console.log(this.address().port) })")
    const child = spawn(process.execPath, ['--input-type=module', '--eval', listening], {
      env: { POOLHOUSE_TRIGGER_SECRET: triggerSecret },
    })
    try {
      const [port] = await once(createInterface({ input: child.stdout }), 'line')
      const url = `http://127.0.0.1:${port}`
      triggers = await openTriggers({ hook: url })
      expect(await triggers.invoke(arn, signUpEvent)).toMatchObject({ kind: 'answered', answer: { response: { autoConfirmUser: true } } })
      expect(await triggers.invoke(arn, { ...signUpEvent, userName: 'root' })).toEqual({ kind: 'threw', message: 'Not this name' })
      expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401)
    } finally {
      child.kill()
    }
  })
})
