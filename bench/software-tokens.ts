import { totpCode } from '../tests/support/totp-code.ts'
import type { Connection } from './connections.ts'
import type { Figures } from './errand.ts'
import { exchange } from './exchange.ts'
import { totpPool } from './pool.ts'
import { adminRequest, apiRequest, request } from './requests.ts'
import { totpAnswer, totpRequest } from './scenarios.ts'
import { overOne, requireStatus } from './under-load.ts'

/** Gives every user of the pool for it a software token, and switches it on; answers their secrets. */
export const giveTokens = async (connection: Connection): Promise<string[]> => {
  const send = async (bytes: Uint8Array) => {
    const reply = await connection.send(bytes)
    requireStatus(200)(0, reply)
    return reply.body === '' ? {} : JSON.parse(reply.body)
  }
  const UserPoolId = totpPool.id
  await send(
    adminRequest('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } }),
  )
  const { now } = await send(request('POST /_poolhouse/clock', { 'content-type': 'application/json' }, '{}'))
  const given: string[] = []
  for (let index = 0; index < totpPool.users; index++) {
    const { AccessToken } = (await send(totpRequest(index))).AuthenticationResult
    const { SecretCode } = await send(apiRequest('AssociateSoftwareToken', { AccessToken }))
    await send(apiRequest('VerifySoftwareToken', { AccessToken, UserCode: totpCode(SecretCode, now) }))
    await send(apiRequest('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } }))
    given.push(SecretCode)
  }
  return given
}

/** Moves the server's clock on, so that every software token shows a new code; answers the server's time. */
const nextCodes = (connection: Connection): Promise<number> =>
  connection
    .send(request('POST /_poolhouse/clock', { 'content-type': 'application/json' }, JSON.stringify({ advance: 30_000 })))
    .then((reply) => JSON.parse(reply.body).now)

/** Sign-ins with a password and a code, at most one for each user. */
export const signInWithCodes = async (count: number, exchanges: number, secrets: readonly string[]): Promise<Figures> => {
  const now = await overOne(nextCodes)
  const atMost = Math.min(exchanges, totpPool.users)
  return exchange(count, atMost, totpRequest, (reply, index) => totpAnswer(reply, index, totpCode(secrets[index] ?? '', now)))
}
