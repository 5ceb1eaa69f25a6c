import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser } from '../../../tests/support/make-user.ts'
import { signIn } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { AutoVerifiedAttributes: ['email'] })
})
afterAll(() => server.close())

const confirm = (Username: string) => ({ UserPoolId: pool.UserPoolId, Username })

describe('AdminConfirmSignUp', () => {
  it('confirms without verifying the address, and the code that was sent is void', async () => {
    await signUpUser(server, pool, 'ana', { email: 'ana@example.org' })
    expect(await server.ok('AdminConfirmSignUp', confirm('ana'))).toEqual({})
    expect(await userOf(server, pool, 'ana')).toMatchObject({ status: 'CONFIRMED', attributes: { email_verified: 'false' } })
    expect(await signIn(server, pool, 'ana')).toBe('tokens')
    const ConfirmationCode = server.codeSentTo('ana@example.org')
    expect(await server.refused('ConfirmSignUp', { ClientId: pool.ClientId, Username: 'ana', ConfirmationCode })).toEqual([
      'NotAuthorizedException',
      'User cannot be confirmed. Current status is CONFIRMED',
    ])
    const { Users } = await server.ok('ListUsers', { UserPoolId: pool.UserPoolId, Filter: 'cognito:user_status = "confirmed"' })
    expect(Users).toHaveLength(1)
  })

  it('refuses who did not sign up', async () => {
    await inviteUser(server, pool.UserPoolId, 'guest')
    expect(await server.refused('AdminConfirmSignUp', confirm('guest'))).toEqual([
      'NotAuthorizedException',
      'User cannot be confirmed. Current status is FORCE_CHANGE_PASSWORD',
    ])
    expect(await server.refused('AdminConfirmSignUp', confirm('nobody'))).toEqual(['UserNotFoundException', 'User does not exist.'])
    expect(await server.refused('AdminConfirmSignUp', { UserPoolId: 'us-east-1_none', Username: 'ana' })).toEqual([
      'ResourceNotFoundException',
      'User pool us-east-1_none does not exist.',
    ])
  })
})
