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

describe('AdminDisableUser', () => {
  it('keeps the user out and ends every session', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    expect(await server.ok('AdminDisableUser', named('ana'))).toEqual({})
    expect(await userOf(server, pool, 'ana')).toMatchObject({ enabled: false, status: 'CONFIRMED' })
    expect(await signIn(server, pool, 'ana')).toEqual(['NotAuthorizedException', 'User is disabled.'])
    expect((await server.refused('GetUser', { AccessToken }))[0]).toBe('NotAuthorizedException')
    const { Users } = await server.ok('ListUsers', { UserPoolId: pool.UserPoolId, Filter: 'status = "Disabled"' })
    expect(Users.map(({ Username }: { Username: string }) => Username)).toEqual(['ana'])
  })

  it('is done once and again, and refuses unknown users', async () => {
    const before = await server.ok('AdminGetUser', named('ana'))
    server.clock.advance(1000)
    expect(await server.ok('AdminDisableUser', named('ana'))).toEqual({})
    expect(await server.ok('AdminGetUser', named('ana'))).toEqual(before)
    expect(await server.refused('AdminDisableUser', named('nobody'))).toEqual(['UserNotFoundException', 'User does not exist.'])
  })
})
