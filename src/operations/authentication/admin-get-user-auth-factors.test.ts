import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import type { MadePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { addPasskey, makePasskeyPool } from '../../../tests/support/passkeys.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePasskeyPool(server)
})
afterAll(() => server.close())

describe('AdminGetUserAuthFactors', () => {
  it('lists what a user can begin a sign-in with', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    await addPasskey(server, pool, 'ana')
    expect(await server.ok('AdminGetUserAuthFactors', { UserPoolId: pool.UserPoolId, Username: 'ana' })).toEqual({
      Username: 'ana',
      ConfiguredUserAuthFactors: ['PASSWORD', 'WEB_AUTHN'],
    })
  })

  it('leaves a password out that the user does not have', async () => {
    const UserAttributes = [{ Name: 'email', Value: 'ben@example.org' }]
    const { UserPool } = await server.ok('CreateUserPool', {
      PoolName: 'passwordless',
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    })
    await server.ok('AdminCreateUser', { UserPoolId: UserPool.Id, Username: 'ben', UserAttributes, MessageAction: 'SUPPRESS' })
    expect(await server.ok('AdminGetUserAuthFactors', { UserPoolId: UserPool.Id, Username: 'ben' })).toEqual({
      Username: 'ben',
      ConfiguredUserAuthFactors: ['EMAIL_OTP'],
    })
  })

  it('refuses a user who does not exist', async () => {
    expect(await server.refused('AdminGetUserAuthFactors', { UserPoolId: pool.UserPoolId, Username: 'nobody' })).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
  })
})
