import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listed, userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser } from '../../../tests/support/make-user.ts'
import { setUpTotp } from '../../../tests/support/set-up-totp.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const aliases = { AliasAttributes: ['email' as const, 'phone_number' as const, 'preferred_username' as const] }

describe('AdminGetUser', () => {
  it('shows everything, dates in seconds', async () => {
    const { UserPoolId } = await makePool(server)
    const created = server.clock.now()
    const sub = await inviteUser(server, UserPoolId, 'ana', { name: 'Ana' })
    server.clock.advance(1500)
    await server.ok('AdminDisableUser', { UserPoolId, Username: 'ana' })
    expect(await server.ok('AdminGetUser', { UserPoolId, Username: 'ana' })).toEqual({
      Username: 'ana',
      UserAttributes: [{ Name: 'sub', Value: sub }, ...listed({ name: 'Ana' })],
      UserCreateDate: created / 1000,
      UserLastModifiedDate: (created + 1500) / 1000,
      Enabled: false,
      UserStatus: 'FORCE_CHANGE_PASSWORD',
    })
  })

  it('shows second factors, here as to the user', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    await server.ok('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } })
    await makeUser(server, UserPoolId, 'mfa')
    const AccessToken = await accessTokenOf(server, { ClientId }, 'mfa')
    expect(await server.ok('GetUser', { AccessToken })).not.toHaveProperty('UserMFASettingList')
    await setUpTotp(server, AccessToken)
    const shown = { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'], PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' }
    expect(await server.ok('AdminGetUser', { UserPoolId, Username: 'mfa' })).toMatchObject(shown)
    expect(await server.ok('GetUser', { AccessToken })).toMatchObject(shown)
  })

  it('finds users by their aliases, as far as these are verified', async () => {
    const { UserPoolId } = await makePool(server, aliases)
    const attributes = { email: 'ana@example.org', email_verified: 'true', phone_number: '+14325550100', preferred_username: 'queen' }
    await inviteUser(server, UserPoolId, 'ana', attributes)
    for (const name of ['ana', 'ana@example.org', 'queen']) {
      expect((await server.ok('AdminGetUser', { UserPoolId, Username: name })).Username).toBe('ana')
    }
    for (const name of ['+14325550100', 'ANA', 'Ana@example.org', 'nobody']) {
      expect(await server.refused('AdminGetUser', { UserPoolId, Username: name })).toEqual([
        'UserNotFoundException',
        'User does not exist.',
      ])
    }
  })

  it('finds them by any spelling where case does not count, and shows lower case (must-not-happen 24)', async () => {
    const { UserPoolId } = await makePool(server, { ...aliases, UsernameConfiguration: { CaseSensitive: false } })
    const given = { email: 'Jose@Example.org', email_verified: 'true', preferred_username: 'Pepe', name: 'José' }
    await inviteUser(server, UserPoolId, 'José', given)
    for (const name of ['josé', 'JOSE\u0301', 'jose@example.org', 'PEPE']) {
      expect(await userOf(server, { UserPoolId }, name)).toMatchObject({
        username: 'josé',
        attributes: { ...given, email: 'jose@example.org', preferred_username: 'pepe' },
      })
    }
  })

  it('knows the users of its own pool alone', async () => {
    const [one, other] = [await makePool(server), await makePool(server)]
    await inviteUser(server, one.UserPoolId, 'ana')
    expect((await server.refused('AdminGetUser', { UserPoolId: other.UserPoolId, Username: 'ana' }))[0]).toBe('UserNotFoundException')
    expect(await server.refused('AdminGetUser', { UserPoolId: 'us-east-1_none', Username: 'ana' })).toEqual([
      'ResourceNotFoundException',
      'User pool us-east-1_none does not exist.',
    ])
  })
})
