import { createHmac } from 'node:crypto'

/**
 * The value of `Poolhouse-Signature`: `v1=` and the lower-case hexadecimal HMAC-SHA256 under the secret over `<timestamp>.<id>.<body>`,
 * where timestamp and id are the texts of `Poolhouse-Timestamp` (Unix seconds) and `Poolhouse-Request-Id`, neither of which has a dot.
 */
export const webhookSignature = (secret: string, timestamp: string, id: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${id}.${body}`, 'utf8').digest('hex')}`
