import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { makeMfaPool, makeTokenUser, setMfa } from '../../../tests/support/mfa-pool.ts'
import { signIn } from '../../../tests/support/sign-in.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('AdminSetUserMFAPreference', () => {
  it('sets what the next sign-in asks for', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL')
    await makeTokenUser(server, made, 'ana')
    const { UserPoolId } = made
    const change = (SoftwareTokenMfaSettings: object) =>
      server.ok('AdminSetUserMFAPreference', { UserPoolId, Username: 'ana', SoftwareTokenMfaSettings })
    expect(await change({ Enabled: false })).toEqual({})
    expect(await signIn(server, made, 'ana')).toBe('tokens')
    await change({ Enabled: true, PreferredMfa: true })
    expect(await signIn(server, made, 'ana')).toBe('SOFTWARE_TOKEN_MFA')
  })

  it('keeps to the same rules as the user', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL')
    const { UserPoolId } = made
    await makeUser(server, UserPoolId, 'ben')
    expect(await server.refused('AdminSetUserMFAPreference', { UserPoolId, Username: 'ben', SMSMfaSettings: { Enabled: true } })).toEqual([
      'InvalidParameterException',
      'User does not have delivery config set to turn on SMS_MFA',
    ])
    await makeTokenUser(server, made, 'cleo')
    await setMfa(server, UserPoolId, 'ON')
    const SoftwareTokenMfaSettings = { Enabled: false }
    const [type] = await server.refused('AdminSetUserMFAPreference', { UserPoolId, Username: 'cleo', SoftwareTokenMfaSettings })
    expect(type).toBe('InvalidParameterException')
  })

  it('needs a user', async () => {
    const { UserPoolId } = await makeMfaPool(server, 'OPTIONAL')
    expect(await server.refused('AdminSetUserMFAPreference', { UserPoolId, Username: 'nobody' })).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
  })
})
