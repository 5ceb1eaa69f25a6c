import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { makeMfaPool } from '../../../tests/support/mfa-pool.ts'
import { signIn } from '../../../tests/support/sign-in.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const MFAOptions = [{ AttributeName: 'phone_number', DeliveryMedium: 'SMS' as const }]

describe('AdminSetUserSettings', () => {
  it('switches SMS on with an entry and off without', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL')
    const { UserPoolId } = made
    await makeUser(server, UserPoolId, 'ana', { phone_number: '+12065550100', phone_number_verified: 'true' })
    expect(await server.ok('AdminSetUserSettings', { UserPoolId, Username: 'ana', MFAOptions })).toEqual({})
    expect(await signIn(server, made, 'ana')).toBe('SMS_MFA')
    await server.ok('AdminSetUserSettings', { UserPoolId, Username: 'ana', MFAOptions: [] })
    expect(await signIn(server, made, 'ana')).toBe('tokens')
  })

  it('needs a phone number, and a user', async () => {
    const { UserPoolId } = await makeMfaPool(server, 'OPTIONAL')
    await makeUser(server, UserPoolId, 'ben')
    expect(await server.refused('AdminSetUserSettings', { UserPoolId, Username: 'ben', MFAOptions })).toEqual([
      'InvalidParameterException',
      'User does not have delivery config set to turn on SMS_MFA',
    ])
    expect((await server.refused('AdminSetUserSettings', { UserPoolId, Username: 'nobody', MFAOptions }))[0]).toBe('UserNotFoundException')
  })
})
