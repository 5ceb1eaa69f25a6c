import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { atOnce, outcomes } from '../../../tests/support/parallel.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

const unknown = ['UserNotFoundException', 'User does not exist.']
const verified = { email: 'ana@example.org', email_verified: 'true' }

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { AliasAttributes: ['email'] })
})
afterAll(() => server.close())

const named = (Username: string) => ({ UserPoolId: pool.UserPoolId, Username })

describe('AdminDeleteUser', () => {
  it('removes the user, enabled or not, with names and tokens', async () => {
    await makeUser(server, pool.UserPoolId, 'ana', verified)
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    const { status, body } = await server.call('AdminDeleteUser', named('ana'))
    expect([status, body]).toEqual([200, undefined])
    expect(await server.refused('AdminGetUser', named('ana'))).toEqual(unknown)
    expect(await signIn(server, pool, verified.email)).toEqual(unknown)
    expect(await server.refused('GetUser', { AccessToken })).toEqual(unknown)
    expect(await server.ok('ListUsers', { UserPoolId: pool.UserPoolId })).toEqual({ Users: [] })
    expect(await server.refused('AdminDeleteUser', named('ana'))).toEqual(unknown)
  })

  it('leaves nothing to somebody who is made under the same name (must-not-happen 36)', async () => {
    const before = await makeUser(server, pool.UserPoolId, 'bea', { ...verified, email: 'bea@example.org' })
    const AccessToken = await accessTokenOf(server, pool, 'bea')
    await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username: 'bea' })
    const ConfirmationCode = server.codeSentTo('bea@example.org')
    await server.ok('AdminDeleteUser', named('bea'))
    const after = await makeUser(server, pool.UserPoolId, 'bea', { ...verified, email: 'bea@example.org' })
    expect(after).not.toBe(before)
    expect(await server.refused('GetUser', { AccessToken })).toEqual(unknown)
    const reset = { ClientId: pool.ClientId, Username: 'bea', ConfirmationCode, Password: 'Another-Horse-7' }
    expect((await server.refused('ConfirmForgotPassword', reset))[0]).toBe('ExpiredCodeException')
  })

  it('is done by exactly one of many at once', async () => {
    await makeUser(server, pool.UserPoolId, 'race')
    const calls = Array.from({ length: atOnce }, () => server.call('AdminDeleteUser', named('race')))
    expect(await outcomes(calls)).toEqual({ ok: 1, UserNotFoundException: atOnce - 1 })
  })
})
