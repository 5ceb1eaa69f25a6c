import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
})
afterAll(() => server.close())

describe('DeleteUser', () => {
  it('deletes the caller and nobody else', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    await makeUser(server, pool.UserPoolId, 'bea')
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    const { status, body } = await server.call('DeleteUser', { AccessToken }, { unsigned: true })
    expect([status, body]).toEqual([200, undefined])
    expect(await signIn(server, pool, 'ana')).toEqual(['UserNotFoundException', 'User does not exist.'])
    expect(await server.refused('DeleteUser', { AccessToken })).toEqual(['UserNotFoundException', 'User does not exist.'])
    expect(await signIn(server, pool, 'bea')).toBe('tokens')
  })

  it('wants a live access token', async () => {
    const AccessToken = await accessTokenOf(server, pool, 'bea')
    await server.ok('GlobalSignOut', { AccessToken })
    expect(await server.refused('DeleteUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
    expect(await signIn(server, pool, 'bea')).toBe('tokens')
  })
})
