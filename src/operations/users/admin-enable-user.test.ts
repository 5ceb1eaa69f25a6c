import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
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

const named = (Username: string) => ({ UserPoolId: pool.UserPoolId, Username })

describe('AdminEnableUser', () => {
  it('lets the user sign in again with the same password, and revives no session', async () => {
    await makeUser(server, pool.UserPoolId, 'ana', { name: 'Ana' })
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    await server.ok('AdminDisableUser', named('ana'))
    expect(await server.ok('AdminEnableUser', named('ana'))).toEqual({})
    expect(await userOf(server, pool, 'ana')).toMatchObject({ enabled: true, attributes: { name: 'Ana' } })
    expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
    expect(await signIn(server, pool, 'ana')).toBe('tokens')
  })

  it('leaves the sessions of an enabled user alone, and refuses unknown users', async () => {
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    await server.ok('AdminEnableUser', named('ana'))
    await server.ok('GetUser', { AccessToken })
    expect(await server.refused('AdminEnableUser', named('nobody'))).toEqual(['UserNotFoundException', 'User does not exist.'])
  })
})
