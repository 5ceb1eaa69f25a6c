import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import type { MadePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { makeMfaPool } from '../../../tests/support/mfa-pool.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'

let server: Harness
let made: MadePool
let AccessToken: string

const sms = { AttributeName: 'phone_number', DeliveryMedium: 'SMS' }

beforeAll(async () => {
  server = await createHarness()
  made = await makeMfaPool(server, 'OPTIONAL')
  await makeUser(server, made.UserPoolId, 'ana', { phone_number: '+12065550100', phone_number_verified: 'true' })
  AccessToken = await accessTokenOf(server, made, 'ana')
})
afterAll(() => server.close())

describe('SetUserSettings', () => {
  it('switches SMS on with an entry and off without', async () => {
    expect(await server.ok('SetUserSettings', { AccessToken, MFAOptions: [sms] }, { unsigned: true })).toEqual({})
    expect(await signIn(server, made, 'ana')).toBe('SMS_MFA')
    await server.ok('SetUserSettings', { AccessToken, MFAOptions: [] })
    expect(await signIn(server, made, 'ana')).toBe('tokens')
  })

  it.each([
    { AttributeName: 'email', DeliveryMedium: 'EMAIL' },
    { AttributeName: 'phone_number', DeliveryMedium: 'EMAIL' },
    { DeliveryMedium: 'SMS' },
    {},
  ])('knows nothing but SMS: %j', async (option) => {
    expect((await server.refused('SetUserSettings', { AccessToken, MFAOptions: [sms, option] }))[0]).toBe('InvalidParameterException')
  })
})
