import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { everyFactor, makeMfaPool, makeTokenUser, setMfa } from '../../../tests/support/mfa-pool.ts'
import { accessTokenOf, begin } from '../../../tests/support/sign-in.ts'

let server: Harness
let optional: MadePool

beforeAll(async () => {
  server = await createHarness()
  optional = await makeMfaPool(server, 'OPTIONAL')
})
afterAll(() => server.close())

const caller = async (made: MadePool, username: string) => {
  await makeUser(server, made.UserPoolId, username)
  return accessTokenOf(server, made, username)
}

describe('AssociateSoftwareToken', () => {
  it('hands out a secret of 256 bits, another one each time, without a signature', async () => {
    const AccessToken = await caller(optional, 'ana')
    const secrets = [1, 2].map(() => server.ok('AssociateSoftwareToken', { AccessToken }, { unsigned: true }))
    const [first, second] = await Promise.all(secrets)
    expect(first).toEqual({ SecretCode: expect.stringMatching(/^[A-Z2-7]{52}$/) })
    expect(second.SecretCode).not.toBe(first.SecretCode)
  })

  it('answers a session for a session', async () => {
    const made = await makeMfaPool(server, 'ON')
    await makeUser(server, made.UserPoolId, 'ben')
    const { Session } = (await begin(server, made, 'ben')).body
    const answered = await server.ok('AssociateSoftwareToken', { Session }, { unsigned: true })
    expect(answered).toEqual({ SecretCode: expect.stringMatching(/^[A-Z2-7]{52}$/), Session: expect.any(String) })
    expect(answered.Session).not.toBe(Session)
    expect(answered.Session.length).toBeLessThanOrEqual(2048)
  })

  it('changes nothing of the second factors that there are', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL')
    const AccessToken = await caller(made, 'cleo')
    await server.ok('AssociateSoftwareToken', { AccessToken })
    expect(await server.ok('GetUser', { AccessToken })).not.toHaveProperty('UserMFASettingList')
    expect((await begin(server, made, 'cleo')).body).toHaveProperty('AuthenticationResult')
  })

  it('is refused where the pool has no software tokens', async () => {
    const off = ['SoftwareTokenMFANotFoundException', 'Software Token MFA has not been enabled by the userPool']
    const without = await makePool(server)
    expect(await server.refused('AssociateSoftwareToken', { AccessToken: await caller(without, 'dan') })).toEqual(off)
    const { SmsMfaConfiguration } = everyFactor
    const other = await makeMfaPool(server, 'OPTIONAL', { factors: { SmsMfaConfiguration } })
    expect(await server.refused('AssociateSoftwareToken', { AccessToken: await caller(other, 'eve') })).toEqual(off)
    // Also for somebody who has one that goes on working.
    const had = await makeMfaPool(server, 'OPTIONAL')
    await makeUser(server, had.UserPoolId, 'first')
    const AccessToken = await accessTokenOf(server, had, 'first')
    await makeTokenUser(server, had, 'fay')
    await setMfa(server, had.UserPoolId, 'OFF')
    expect(await server.refused('AssociateSoftwareToken', { AccessToken })).toEqual(off)
  })

  it('wants an access token or a session, and not both', async () => {
    const AccessToken = await caller(optional, 'gil')
    for (const input of [{}, { AccessToken, Session: 'AYAB'.padEnd(40, 'x') }]) {
      expect((await server.refused('AssociateSoftwareToken', input))[0]).toBe('InvalidParameterException')
    }
    expect(await server.refused('AssociateSoftwareToken', { AccessToken: 'a.b.c' })).toEqual([
      'NotAuthorizedException',
      'Invalid Access Token',
    ])
    expect(await server.refused('AssociateSoftwareToken', { Session: 'AYAB'.padEnd(40, 'x') })).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user.',
    ])
  })

  it('refuses whoever is not there any more with an error that it lists', async () => {
    const AccessToken = await caller(optional, 'hal')
    await server.ok('AdminDeleteUser', { UserPoolId: optional.UserPoolId, Username: 'hal' })
    expect(await server.refused('AssociateSoftwareToken', { AccessToken })).toEqual(['NotAuthorizedException', 'User does not exist.'])
  })
})
