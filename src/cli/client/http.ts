import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { getCACertificates } from 'node:tls'
import { isLoopback } from '../../domain/is-loopback.ts'
import { Refusal } from './refusal.ts'

/** An answer of HTTP; redirects are answers. */
export interface HttpReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request of HTTP. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends one request; throws a Refusal where nobody answers. */
export type Send = (url: string, request: HttpRequest) => Promise<HttpReply>

/** Functions of a user pool take 5 s each. */
const patience = 60_000

/** `[::1]` without its brackets. */
export const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

const certificateFaults = /^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/

const adviceFor = (url: URL, code: string): string => {
  if (certificateFaults.test(code)) {
    return isLoopback(bareHost(url))
      ? 'Trust the development server: --cacert "$(poolhouse trust --path)".'
      : 'Name the certificate of its authority with --cacert FILE.'
  }
  if (isLoopback(bareHost(url))) return 'Start a server with `poolhouse dev`, or name another one with --endpoint.'
  return 'Check --endpoint (and --domain), and that the server runs.'
}

const unreachable = (url: URL, error: unknown): Refusal => {
  // Of a name with several addresses, the last one's error stands for all.
  const cause = error instanceof AggregateError ? error.errors.at(-1) : error
  const { code = '', message = '' } = (cause ?? {}) as NodeJS.ErrnoException
  const why = code === 'ABORT_ERR' || code === 'TIMEOUT' ? `There was no answer within ${patience / 1000} s.` : message || code
  return new Refusal(`No server answers at ${url.origin}.`, { why, advice: adviceFor(url, code), code })
}

/** Names below localhost lead to this machine (RFC 6761 section 6.3), which not every resolver knows. */
const connectTo = (url: URL): string => (url.hostname.endsWith('.localhost') ? 'localhost' : bareHost(url))

/** Sends over HTTP and HTTPS; `authority` is a certificate (PEM) to trust besides those that Node.js trusts. */
export const createSend = (authority: string | undefined): Send => {
  const ca = authority === undefined ? undefined : [...getCACertificates('default'), authority]
  return async (address, { method, headers = {}, body }) => {
    const url = new URL(address)
    const options = {
      host: connectTo(url),
      ...(url.port !== '' && { port: url.port }),
      path: url.pathname + url.search,
      method,
      headers: {
        host: url.host,
        'user-agent': 'poolhouse',
        ...headers,
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
      },
      timeout: patience,
    }
    const isSecure = url.protocol === 'https:'
    const servername = /[a-z]/i.test(url.hostname) ? { servername: url.hostname } : {}
    try {
      const reply = await new Promise<IncomingMessage>((resolve, reject) => {
        const call = isSecure ? httpsRequest({ ...options, ...servername, ...(ca && { ca }) }) : httpRequest(options)
        call.once('response', resolve).once('error', reject)
        call.once('timeout', () => call.destroy(Object.assign(new Error('timeout'), { code: 'TIMEOUT' })))
        call.end(body)
      })
      return { status: reply.statusCode ?? 0, headers: reply.headers, body: await text(reply) }
    } catch (error) {
      throw unreachable(url, error)
    }
  }
}
