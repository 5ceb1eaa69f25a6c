import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../tests/support/make-pool.ts'
import { inviteUser, makeUser } from '../../tests/support/make-user.ts'
import { signUpUser } from '../../tests/support/sign-up-user.ts'
import type { Input, OperationName } from '../model/types.gen.ts'

let server: Harness
let pool: MadePool
let poolUid: string

const verified = (name: string) => ({ email: `${name}@example.org`, email_verified: 'true' })

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { AutoVerifiedAttributes: ['email'] }, { PreventUserExistenceErrors: 'ENABLED' })
  poolUid = (await server.store.pools.byId(pool.UserPoolId))?.uid ?? ''
  await makeUser(server, pool.UserPoolId, 'known', verified('known'))
  await makeUser(server, pool.UserPoolId, 'off', verified('off'))
  await server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username: 'off' })
  await inviteUser(server, pool.UserPoolId, 'invited', verified('invited'))
  await signUpUser(server, pool, 'waiting', { email: 'waiting@example.org' })
  // The pool's key for stand-ins is made once, at its first use.
  await server.keyring.fingerprint('fake-salts', poolUid, '')
})
afterAll(() => server.close())

/** How many writes a call left in the audit trail. */
const writesOf = async <N extends OperationName>(operation: N, input: Input<N>): Promise<number> => {
  const rows = async () => (await server.store.audit.list(poolUid, { limit: 1000 })).rows.length
  const before = await rows()
  await server.call(operation, input, { unsigned: true })
  return (await rows()) - before
}

describe('an answer that hides whether a user exists (must-not-happen 34)', () => {
  it.each<['ForgotPassword' | 'ConfirmForgotPassword' | 'ResendConfirmationCode' | 'ConfirmSignUp']>([
    ['ForgotPassword'],
    ['ConfirmForgotPassword'],
    ['ResendConfirmationCode'],
    ['ConfirmSignUp'],
  ])('takes as many writes for everybody: %s', async (operation) => {
    const { ClientId } = pool
    for (const Username of ['known', 'off', 'invited', 'waiting', 'nobody']) {
      const input = { ClientId, Username, ConfirmationCode: 'no-code', Password: 'Another-Horse-7' }
      expect([Username, await writesOf(operation, input)]).toEqual([Username, 2])
    }
  })
})
