import { createHmac } from 'node:crypto'

/** SECRET_HASH: base64 of HMAC-SHA256 under the client secret over username and client id (guide, "Computing secret hash values"). */
export const secretHash = (username: string, clientId: string, clientSecret: string): string =>
  createHmac('sha256', clientSecret)
    .update(username + clientId)
    .digest('base64')
