import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

import { testImages } from '../../../tests/support/test-images.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness
let UserPoolId: string
let ids: { UserPoolId: string; ManagedLoginBrandingId: string }

const logo = (ColorMode: string) => ({ Category: 'FORM_LOGO', ColorMode, Extension: 'PNG', Bytes: testImages.png })
const start = {
  Settings: { components: { form: { borderRadius: 8, logo: { enabled: true } } } },
  Assets: [logo('DARK'), logo('LIGHT')],
}

beforeAll(async () => {
  server = await createHarness()
})
beforeEach(async () => {
  const made = await makePool(server)
  UserPoolId = made.UserPoolId
  const { ManagedLoginBranding } = await server.ok('CreateManagedLoginBranding', { UserPoolId, ClientId: made.ClientId, ...start })
  ids = { UserPoolId, ManagedLoginBrandingId: ManagedLoginBranding.ManagedLoginBrandingId }
})
afterAll(() => server.close())

const update = async (more: object) => (await server.ok('UpdateManagedLoginBranding', { ...ids, ...more })).ManagedLoginBranding
const described = async () => (await server.ok('DescribeManagedLoginBranding', ids)).ManagedLoginBranding

describe('UpdateManagedLoginBranding', () => {
  it('keeps what the request leaves out', async () => {
    await server.clock.advance(1000)
    const changed = await update({
      Settings: { components: { form: { borderRadius: 4 } }, categories: { global: { colorSchemeMode: 'DARK' } } },
      Assets: [{ ...logo('DARK'), Extension: 'SVG', Bytes: testImages.svg }],
    })
    expect(changed).toMatchObject({
      Settings: {
        components: { form: { borderRadius: 4, logo: { enabled: true } } },
        categories: { global: { colorSchemeMode: 'DARK' } },
      },
      Assets: [{ ...logo('DARK'), Extension: 'SVG', Bytes: testImages.svg }, logo('LIGHT')],
    })
    expect(changed.LastModifiedDate).toBe(changed.CreationDate + 1)
    expect(await described()).toEqual(changed)
    expect(await update({ Settings: {} })).toEqual(changed)
  })

  it('goes back to the defaults, and away from them', async () => {
    const plain = await update({ UseCognitoProvidedValues: true, Assets: [logo('LIGHT')] })
    expect(plain).toMatchObject({ UseCognitoProvidedValues: true, Assets: [logo('LIGHT')] })
    expect(plain).not.toHaveProperty('Settings')
    expect(await described()).toEqual(plain)
    expect(await update({ Settings: {}, Assets: [logo('DARK')] })).toMatchObject({
      UseCognitoProvidedValues: false,
      Settings: {},
      Assets: [logo('DARK'), logo('LIGHT')],
    })
  })

  it('refuses what is not sound, and ids that are not there', async () => {
    const refused = (more: object) => server.refused('UpdateManagedLoginBranding', { ...ids, ...more })
    const oneSource = ['InvalidParameterException', 'useCognitoProvidedValues or settings should be specified (but not both)']
    expect(await refused({ UseCognitoProvidedValues: true, Settings: {} })).toEqual(oneSource)
    expect(await refused({ UseCognitoProvidedValues: false, Assets: [] })).toEqual(oneSource)
    expect(await refused({})).toEqual(oneSource)
    expect(await refused({ Settings: { components: { form: { lightMode: { borderColor: 'red' } } } } })).toEqual([
      'InvalidParameterException',
      'Settings.components.form.lightMode.borderColor must be eight hex digits.',
    ])
    expect(await refused({ UserPoolId: undefined })).toEqual(['InvalidParameterException', 'Missing required parameter UserPoolId'])
    expect(await refused({ ManagedLoginBrandingId: undefined })).toEqual([
      'InvalidParameterException',
      'Missing required parameter ManagedLoginBrandingId',
    ])
    expect(await refused({ ManagedLoginBrandingId: '00000000-0000-4000-8000-000000000000' })).toEqual([
      'ResourceNotFoundException',
      'ManagedLoginBranding does not exist.',
    ])
  })

  it('has no more than 40 images after many updates', async () => {
    const icons = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => ({
        Category: 'IDP_BUTTON_ICON',
        ColorMode: 'LIGHT',
        Extension: 'SVG',
        Bytes: testImages.svg,
        ResourceId: `provider ${from + at}`,
      }))
    expect((await update({ Settings: {}, Assets: icons(0, 38) })).Assets).toHaveLength(40)
    expect(await server.refused('UpdateManagedLoginBranding', { ...ids, Settings: {}, Assets: icons(38, 1) })).toEqual([
      'InvalidParameterException',
      'A style can not have more than 40 assets.',
    ])
  })

  it('refuses to grow without end', async () => {
    const many = (name: string) => ({
      components: Object.fromEntries(Array.from({ length: 1200 }, (_, at) => [`${name}${at}`, 'x'.repeat(250)])),
    })
    await update({ Settings: many('a') })
    expect(await server.refused('UpdateManagedLoginBranding', { ...ids, Settings: many('b') })).toEqual([
      'InvalidParameterException',
      'Settings must not be larger than 500000 characters.',
    ])
  })

  it('refuses the later of two changes at once', async () => {
    const slow = withRival(server, 'brandings', () => update({ Settings: { components: { form: { borderRadius: 1 } } } }))
    const [type] = await slow.refused('UpdateManagedLoginBranding', { ...ids, Settings: {} })
    expect(type).toBe('ConcurrentModificationException')
    expect((await described()).Settings.components.form.borderRadius).toBe(1)
  })

  it('refuses pools that went to the LITE plan', async () => {
    await server.ok('UpdateUserPool', { UserPoolId, UserPoolTier: 'LITE' })
    expect((await server.refused('UpdateManagedLoginBranding', ids))[0]).toBe('OperationNotEnabledException')
    expect(await described()).toMatchObject(start)
  })
})
