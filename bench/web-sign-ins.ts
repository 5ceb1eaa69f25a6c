import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import { percentiles } from './statistics.ts'

/** A POST to any server, over HTTP or HTTPS. */
export interface WebRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How fast they were answered: per second, and in milliseconds. */
export interface WebFigures {
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

/** Sends requests for so long over so many connections that stay open. Throws when one is not answered with 200. */
export const webSignIns = async (make: () => WebRequest, connections: number, seconds: number): Promise<WebFigures> => {
  const plain = new PlainAgent({ keepAlive: true, maxSockets: connections })
  const tls = new TlsAgent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const from = performance.now()
  const work = async (): Promise<void> => {
    while (performance.now() - from < seconds * 1000) {
      const at = performance.now()
      const { status, text } = await send(make(), plain, tls)
      if (status !== 200) throw new Error(`The answer to a sign-in was ${status}: ${text.slice(0, 300)}`)
      times.push(performance.now() - at)
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, work))
  } finally {
    plain.destroy()
    tls.destroy()
  }
  return { rate: (times.length * 1000) / (performance.now() - from), ...percentiles(times) }
}

const send = ({ url, headers, body }: WebRequest, plain: PlainAgent, tls: TlsAgent): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }
    const call = url.startsWith('https:') ? tlsRequest(url, { ...options, agent: tls }) : plainRequest(url, { ...options, agent: plain })
    call.once('error', reject).once('response', (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text })).once('error', reject)
    })
    call.end(body)
  })
