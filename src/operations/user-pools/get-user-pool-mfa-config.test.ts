import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const mfaOf = (UserPoolId: string) => server.ok('GetUserPoolMfaConfig', { UserPoolId })

describe('GetUserPoolMfaConfig', () => {
  it('answers a new pool’s with OFF alone', async () => {
    const { UserPoolId } = await makePool(server)
    expect(await mfaOf(UserPoolId)).toEqual({ MfaConfiguration: 'OFF' })
  })

  it('answers SMS as CreateUserPool set it up', async () => {
    const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', SnsRegion: 'us-east-1' }
    const { UserPoolId } = await makePool(server, {
      MfaConfiguration: 'ON',
      SmsConfiguration,
      SmsAuthenticationMessage: 'Your code is {####}',
    })
    expect(await mfaOf(UserPoolId)).toEqual({
      MfaConfiguration: 'ON',
      SmsMfaConfiguration: { SmsAuthenticationMessage: 'Your code is {####}', SmsConfiguration },
    })
  })
})
