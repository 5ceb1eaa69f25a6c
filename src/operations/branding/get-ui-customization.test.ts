import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness
let UserPoolId: string
let ClientId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId, ClientId } = await makePool(server))
  await server.ok('CreateUserPoolDomain', { UserPoolId, Domain: 'get-look' })
})
afterAll(() => server.close())

const get = async (more: object) => (await server.ok('GetUICustomization', { UserPoolId, ...more })).UICustomization
const css = (color: string) => `.label-customizable { color: ${color}; }`

describe('GetUICustomization', () => {
  it('is empty where nothing was set', async () => {
    expect(await get({})).toEqual({})
    expect(await get({ ClientId })).toEqual({})
  })

  it("shows the pool's look until a client has its own", async () => {
    await server.ok('SetUICustomization', { UserPoolId, CSS: css('red') })
    const all = await get({})
    expect(all).toMatchObject({ UserPoolId, ClientId: 'ALL', CSS: css('red') })
    expect(await get({ ClientId: 'ALL' })).toEqual(all)
    expect(await get({ ClientId })).toEqual(all)
    await server.ok('SetUICustomization', { UserPoolId, ClientId, CSS: css('blue') })
    expect(await get({ ClientId })).toMatchObject({ ClientId, CSS: css('blue') })
    expect(await get({})).toEqual(all)
  })

  it('knows no other clients', async () => {
    const unknown = await server.refused('GetUICustomization', { UserPoolId, ClientId: 'none' })
    expect(unknown).toEqual(['ResourceNotFoundException', 'User pool client none does not exist.'])
  })
})
