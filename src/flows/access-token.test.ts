import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { makePool } from '../../tests/support/make-pool.ts'
import { makeUser, password } from '../../tests/support/make-user.ts'
import { accessTokenOf } from '../../tests/support/sign-in.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('what a caller writes with an access token', () => {
  it('stands in the audit trail under the name of the user, signed or not', async () => {
    const pool = await makePool(server, { AutoVerifiedAttributes: ['email'] })
    const sub = await makeUser(server, pool.UserPoolId, 'ana', { email: 'ana@example.org' })
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    const email = { AccessToken, AttributeName: 'email' }
    const unsigned = { unsigned: true }
    await server.ok('ChangePassword', { AccessToken, PreviousPassword: password, ProposedPassword: 'Another-Horse-7' }, unsigned)
    await server.ok('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'name', Value: 'Ana' }] }, unsigned)
    await server.ok('DeleteUserAttributes', { AccessToken, UserAttributeNames: ['name'] })
    await server.ok('GetUserAttributeVerificationCode', email, unsigned)
    await server.ok('VerifyUserAttribute', { ...email, Code: server.codeSentTo('ana@example.org') }, unsigned)
    await server.ok('GlobalSignOut', { AccessToken }, unsigned)
    await server.ok('DeleteUser', { AccessToken: await accessTokenOf(server, pool, 'ana', 'Another-Horse-7') }, unsigned)

    const poolUid = (await server.store.pools.byId(pool.UserPoolId))?.uid ?? ''
    const { rows } = await server.store.audit.list(poolUid, { limit: 100 })
    const written = rows.filter(({ action }) => /^(Change|Update|Delete|Get|Verify|Global)/.test(action))
    expect(new Set(written.map(({ action, actor }) => `${action} ${actor}`))).toEqual(
      new Set(
        [
          'ChangePassword',
          'UpdateUserAttributes',
          'DeleteUserAttributes',
          'GetUserAttributeVerificationCode',
          'VerifyUserAttribute',
          'GlobalSignOut',
          'DeleteUser',
        ].map((action) => `${action} user:${sub}`),
      ),
    )
  })
})
