import { isClaimHeader } from './claim-headers.ts'

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

type Header = readonly [name: string, value: string]

const pairsOf = (raw: readonly string[]): Header[] =>
  Array.from({ length: Math.floor(raw.length / 2) }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? ''])

/** What frames a message is ours to say: a Connection header must not take it away (RFC 9110 section 7.6.1). */
const framing = new Set(['content-length', 'host'])

/** Headers that go on to the next hop, in their order and with repetitions (RFC 9110 section 7.6.1). */
const endToEnd = (raw: readonly string[]): Header[] => {
  const pairs = pairsOf(raw)
  const named = new Set(
    pairs
      .filter(([name]) => name.toLowerCase() === 'connection')
      .flatMap(([, value]) => value.split(',').map((one) => one.trim().toLowerCase())),
  )
  return pairs.filter(([name]) => {
    const lower = name.toLowerCase()
    return !hopByHop.has(lower) && (framing.has(lower) || !named.has(lower))
  })
}

/** What the gateway says about itself or answers for; `x-forwarded-for` goes on with the client's address added. */
const replaced = new Set(['host', 'expect', 'forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto'])

/** What the gateway tells the upstream of the request that it got. */
export interface ClientFacts {
  readonly address: string
  readonly host: string | undefined
  readonly port: number
}

/** The headers of a request for the upstream, as node:http takes them: flat. */
export const requestHeaders = (
  raw: readonly string[],
  to: { readonly host: string; readonly client: ClientFacts; readonly claims: Readonly<Record<string, string>> },
): string[] => {
  const earlier = pairsOf(raw).filter(([name]) => name.toLowerCase() === 'x-forwarded-for')
  const kept = endToEnd(raw).filter(([name]) => !replaced.has(name.toLowerCase()) && !isClaimHeader(name))
  const { address, host, port } = to.client
  // A body of unknown length goes on as it came: without a frame it would be read as the next request.
  const isChunked = pairsOf(raw).some(([name]) => name.toLowerCase() === 'transfer-encoding')
  return [
    ['host', to.host],
    ...kept.filter(([name]) => !isChunked || name.toLowerCase() !== 'content-length'),
    ...(isChunked ? [['transfer-encoding', 'chunked']] : []),
    ['x-forwarded-for', [...earlier.map(([, value]) => value), address].join(', ')],
    ['x-forwarded-proto', 'http'],
    ['x-forwarded-port', String(port)],
    ...(host === undefined ? [] : [['x-forwarded-host', host]]),
    ...Object.entries(to.claims),
  ].flat()
}

/** The headers of an upstream's answer for the client. */
export const responseHeaders = (raw: readonly string[]): string[] => endToEnd(raw).flat()
