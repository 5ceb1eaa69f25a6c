import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { addPasskey, makePasskeyPool } from '../../../tests/support/passkeys.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('GetUserAuthFactors', () => {
  it('lists what the caller can begin a sign-in with', async () => {
    const pool = await makePasskeyPool(server)
    await makeUser(server, pool.UserPoolId, 'ana', { email: 'ana@example.org' })
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    const factors = () => server.ok('GetUserAuthFactors', { AccessToken }, { unsigned: true })
    expect(await factors()).toEqual({ Username: 'ana', ConfiguredUserAuthFactors: ['PASSWORD'] })
    await addPasskey(server, pool, 'ana')
    expect(await factors()).toEqual({ Username: 'ana', ConfiguredUserAuthFactors: ['PASSWORD', 'WEB_AUTHN'] })
  })

  it('lists one-time codes for the addresses that the caller has', async () => {
    const AllowedFirstAuthFactors = ['PASSWORD' as const, 'EMAIL_OTP' as const, 'SMS_OTP' as const]
    const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }
    const pool = await makePool(server, { SmsConfiguration, Policies: { SignInPolicy: { AllowedFirstAuthFactors } } })
    await makeUser(server, pool.UserPoolId, 'ana', { email: 'ana@example.org' })
    expect(await server.ok('GetUserAuthFactors', { AccessToken: await accessTokenOf(server, pool, 'ana') })).toEqual({
      Username: 'ana',
      ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP'],
    })
  })

  it('refuses tokens that are not live access tokens', async () => {
    expect(await server.refused('GetUserAuthFactors', { AccessToken: 'garbage' })).toEqual([
      'NotAuthorizedException',
      'Invalid Access Token',
    ])
  })
})
