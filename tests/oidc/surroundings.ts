import type { Policy } from '../../src/context.ts'
import { makeClient } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { startOAuth } from '../support/oauth-server.ts'
import { makePagePool, pageClient } from '../support/page-pool.ts'
import type { Surroundings } from './relying-party.ts'

/** Everything that OpenID Connect has a standard claim for. */
export const profile = {
  name: 'Ana Example',
  given_name: 'Ana',
  family_name: 'Example',
  middle_name: 'Maria',
  nickname: 'Annie',
  preferred_username: 'ana.example',
  profile: 'https://example.com/ana',
  picture: 'https://example.com/ana.png',
  website: 'https://example.com',
  gender: 'female',
  birthdate: '1990-01-31',
  zoneinfo: 'Europe/Berlin',
  locale: 'de-DE',
  updated_at: '1768478400',
} as const

const attributes = {
  ...profile,
  email: 'ana@example.com',
  email_verified: 'true',
  phone_number: '+15550100',
  phone_number_verified: 'true',
  address: '1 Main Street',
}

/** A server with a pool, two applications with secrets, and the users ana, of whom everything is known, and bob. */
export const openSurroundings = async (policy: Partial<Policy>): Promise<Surroundings> => {
  const server = await startOAuth({ publicUrl: 'https://id.example.com', backchannelLogout: new Map(), ...policy })
  const client = await makePagePool(server.harness, {}, { GenerateSecret: true })
  const other = await makeClient(server.harness, client.UserPoolId, { ...pageClient, GenerateSecret: true })
  await makeUser(server.harness, client.UserPoolId, 'ana', attributes)
  await makeUser(server.harness, client.UserPoolId, 'bob', { email: 'bob@example.com' })
  return { server, client, other }
}
