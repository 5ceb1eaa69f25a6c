import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness, testRegion } from '../../tests/support/harness.ts'
import { makePool } from '../../tests/support/make-pool.ts'
import { makeUser } from '../../tests/support/make-user.ts'
import { contextOf } from '../api/context-of.ts'
import type { Context } from '../context.ts'
import { rereadCaller } from './find-user.ts'

let server: Harness
let ctx: Context

beforeAll(async () => {
  server = await createHarness()
  ctx = contextOf(server, {
    requestId: 'r-1',
    operation: 'UpdateUserAttributes',
    region: testRegion,
    actor: 'anonymous',
    ip: undefined,
    mayChooseIds: false,
  })
})
afterAll(() => server.close())

describe('rereadCaller', () => {
  it('answers the newest state, unless the caller was signed out or deleted since', async () => {
    const { UserPoolId } = await makePool(server)
    const poolUid = (await server.store.pools.byId(UserPoolId))?.uid ?? ''
    const before = await server.store.users.byId(poolUid, await makeUser(server, UserPoolId, 'ana'))
    if (before === undefined) throw new Error('the user was not made')
    const user = { UserPoolId, Username: 'ana' }
    await server.ok('AdminUpdateUserAttributes', { ...user, UserAttributes: [{ Name: 'name', Value: 'Ana' }] })
    expect((await rereadCaller(ctx, before)).attributes).toEqual({ name: 'Ana' })
    await server.ok('AdminUserGlobalSignOut', user)
    await expect(rereadCaller(ctx, before)).rejects.toThrow('Access Token has been revoked')
    await server.ok('AdminDeleteUser', user)
    await expect(rereadCaller(ctx, before)).rejects.toThrow('User does not exist.')
  })
})
