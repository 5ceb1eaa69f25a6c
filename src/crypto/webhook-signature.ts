import { createHmac } from 'node:crypto'

/**
 * The value of `Poolhouse-Signature`: `v1=` and the lower-case hexadecimal HMAC-SHA256 under the secret over `<timestamp>.<id>.<body>`,
 * where timestamp and id are the texts of `Poolhouse-Timestamp` (Unix seconds) and `Poolhouse-Request-Id`, neither of which has a dot.
 */
export const webhookSignature = (secret: string, timestamp: string, id: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${id}.${body}`, 'utf8').digest('hex')}`

/** The headers of a signed POST of JSON that is made at `at` (epoch ms); every try of one message has the same id. */
export const webhookHeaders = (secret: string, at: number, id: string, body: string): Record<string, string> => {
  const timestamp = String(Math.floor(at / 1000))
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'poolhouse',
    'poolhouse-timestamp': timestamp,
    'poolhouse-request-id': id,
    'poolhouse-signature': webhookSignature(secret, timestamp, id, body),
  }
}
