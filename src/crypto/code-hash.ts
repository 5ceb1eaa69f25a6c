import { createHmac } from 'node:crypto'
import { lengthPrefixed } from './length-prefixed.ts'

/** Base64 HMAC-SHA256 under which a confirmation code is stored: bound to its purpose and user, useless without the key. */
export const codeHash = (key: Buffer, purpose: string, userId: string, code: string): string =>
  createHmac('sha256', key)
    .update(lengthPrefixed(purpose, userId, code))
    .digest('base64')
