import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../tests/support/make-pool.ts'
import { pageContext } from '../../tests/support/page-context.ts'
import { testImages } from '../../tests/support/test-images.ts'
import type { Look } from '../domain/look.ts'
import { plainLook } from '../domain/look.ts'
import { openClient } from './open-client.ts'
import { openLook } from './open-look.ts'

let server: Harness
let made: MadePool

beforeAll(async () => {
  server = await createHarness()
  made = await makePool(server)
  await server.ok('CreateUserPoolDomain', { UserPoolId: made.UserPoolId, Domain: 'looks' })
})
afterAll(() => server.close())

const lookOf = async (version: 1 | 2, ClientId = made.ClientId): Promise<Look> => {
  const ctx = pageContext(server)
  return openLook(ctx, await openClient(ctx, ClientId), version)
}

describe('the look of managed login', () => {
  it("follows the client's style, and no other client's", async () => {
    expect(await lookOf(2)).toEqual(plainLook(2))
    const { ManagedLoginBranding } = await server.ok('CreateManagedLoginBranding', {
      ...{ UserPoolId: made.UserPoolId, ClientId: made.ClientId },
      Settings: { components: { form: { logo: { enabled: true } } } },
      Assets: [{ Category: 'FORM_LOGO', ColorMode: 'LIGHT', Extension: 'PNG', Bytes: testImages.png }],
    })
    const first = await lookOf(2)
    expect(first).toMatchObject({ version: 2, mode: 'light', logo: { picture: { light: expect.stringContaining('/form-logo.light?v=') } } })
    expect(await lookOf(2)).toEqual(first)
    expect(await lookOf(2, (await makeClient(server, made.UserPoolId)).ClientId)).toEqual(plainLook(2))
    expect(await lookOf(1)).toEqual(plainLook(1))

    const ids = { UserPoolId: made.UserPoolId, ManagedLoginBrandingId: ManagedLoginBranding.ManagedLoginBrandingId }
    await server.ok('UpdateManagedLoginBranding', { ...ids, Settings: { categories: { global: { colorSchemeMode: 'DARK' } } } })
    const second = await lookOf(2)
    expect(second).toMatchObject({ mode: 'dark', logo: undefined })
    expect(second.sheetUrl).not.toBe(first.sheetUrl)
    await server.ok('UpdateManagedLoginBranding', { ...ids, UseCognitoProvidedValues: true })
    expect(await lookOf(2)).toEqual(plainLook(2))
    await server.ok('DeleteManagedLoginBranding', ids)
    expect(await lookOf(2)).toEqual(plainLook(2))
  })
})

describe('the look of the classic pages', () => {
  it("is the client's own before the pool's", async () => {
    const { UserPoolId, ClientId } = made
    expect(await lookOf(1)).toEqual(plainLook(1))
    await server.ok('SetUICustomization', { UserPoolId, CSS: '.label-customizable { color: red; }' })
    const inherited = await lookOf(1)
    expect(inherited).toMatchObject({
      version: 1,
      mode: 'light',
      sheetUrl: expect.stringMatching(/^\/assets\/branding\/\w+\.css\?v=1\.pool\./),
    })
    await server.ok('SetUICustomization', { UserPoolId, ClientId, ImageFile: testImages.png })
    const own = await lookOf(1)
    expect(own.sheetUrl).toBeUndefined()
    expect(own.logo?.picture.light).toMatch(/\/logo\?v=1\.client\./)
    await server.ok('SetUICustomization', { UserPoolId, ClientId })
    expect(await lookOf(1)).toEqual(inherited)
    expect(await lookOf(2)).toEqual(plainLook(2))
  })
})
