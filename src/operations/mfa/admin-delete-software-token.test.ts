import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import type { MadePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { makeMfaPool, makeTokenUser, setMfa } from '../../../tests/support/mfa-pool.ts'
import { setUpTotp } from '../../../tests/support/set-up-totp.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'

let server: Harness
let made: MadePool

beforeAll(async () => {
  server = await createHarness()
  made = await makeMfaPool(server, 'OPTIONAL')
})
afterAll(() => server.close())

const none = ['ResourceNotFoundException', 'The user has no software token registered.']

describe('AdminDeleteSoftwareToken', () => {
  it('removes the token and its preference, and lets the user register another', async () => {
    const { UserPoolId } = made
    await makeTokenUser(server, made, 'ana')
    expect(await server.ok('AdminDeleteSoftwareToken', { UserPoolId, Username: 'ana' })).toEqual({})
    const user = await server.ok('AdminGetUser', { UserPoolId, Username: 'ana' })
    expect([user.UserMFASettingList, user.PreferredMfaSetting]).toEqual([undefined, undefined])
    expect(await signIn(server, made, 'ana')).toBe('tokens')
    await setUpTotp(server, await accessTokenOf(server, made, 'ana'))
    expect(await signIn(server, made, 'ana')).toBe('SOFTWARE_TOKEN_MFA')
  })

  it('keeps other factors, which sign-in falls back to', async () => {
    const there = await makeMfaPool(server, 'OPTIONAL')
    const { UserPoolId } = there
    await makeTokenUser(server, there, 'ben')
    const UserAttributes = [
      { Name: 'phone_number', Value: '+12065550100' },
      { Name: 'phone_number_verified', Value: 'true' },
    ]
    await server.ok('AdminUpdateUserAttributes', { UserPoolId, Username: 'ben', UserAttributes })
    await server.ok('AdminSetUserMFAPreference', { UserPoolId, Username: 'ben', SMSMfaSettings: { Enabled: true } })
    await setMfa(server, UserPoolId, 'ON')
    await server.ok('AdminDeleteSoftwareToken', { UserPoolId, Username: 'ben' })
    expect(await signIn(server, there, 'ben')).toBe('SMS_MFA')
  })

  it('has nothing to delete where no token was verified', async () => {
    const { UserPoolId } = made
    await makeUser(server, UserPoolId, 'cleo')
    expect(await server.refused('AdminDeleteSoftwareToken', { UserPoolId, Username: 'cleo' })).toEqual(none)
    await server.ok('AssociateSoftwareToken', { AccessToken: await accessTokenOf(server, made, 'cleo') })
    expect(await server.refused('AdminDeleteSoftwareToken', { UserPoolId, Username: 'cleo' })).toEqual(none)
  })

  it('needs a user', async () => {
    expect((await server.refused('AdminDeleteSoftwareToken', { UserPoolId: made.UserPoolId, Username: 'nobody' }))[0]).toBe(
      'UserNotFoundException',
    )
  })
})
