import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'

import { testImages } from '../../../tests/support/test-images.ts'

let server: Harness
let UserPoolId: string
let ClientId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId, ClientId } = await makePool(server))
})
afterAll(() => server.close())

const create = (more: object) => server.refused('CreateManagedLoginBranding', { UserPoolId, ClientId, ...more })

describe('CreateManagedLoginBranding', () => {
  it('gives a client one style', async () => {
    const Settings = { components: { form: { borderRadius: 8, lightMode: { borderColor: 'c6c6cdff' } } } }
    const Assets = [
      { Category: 'FORM_LOGO', ColorMode: 'DARK', Extension: 'SVG', Bytes: testImages.svg },
      { Category: 'IDP_BUTTON_ICON', ColorMode: 'LIGHT', Extension: 'SVG', Bytes: testImages.svg, ResourceId: 'Google' },
    ]
    const made = await server.ok('CreateManagedLoginBranding', { UserPoolId, ClientId, Settings, Assets })
    const at = server.clock.now() / 1000
    expect(made).toEqual({
      ManagedLoginBranding: {
        ManagedLoginBrandingId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        UserPoolId,
        UseCognitoProvidedValues: false,
        Settings,
        Assets,
        CreationDate: at,
        LastModifiedDate: at,
      },
    })
    expect(await server.ok('DescribeManagedLoginBrandingByClient', { UserPoolId, ClientId })).toEqual(made)
    expect(await create({ UseCognitoProvidedValues: true })).toEqual([
      'ManagedLoginBrandingExistsException',
      `A ManagedLoginBranding already exists for client ${ClientId}`,
    ])
  })

  it('takes the defaults instead of settings, not beside them', async () => {
    const other = await makeClient(server, UserPoolId)
    const UseCognitoProvidedValues = true
    expect(await create({ ...other, UseCognitoProvidedValues, Settings: {} })).toEqual([
      'InvalidParameterException',
      'useCognitoProvidedValues or settings should be specified (but not both)',
    ])
    const made = await server.ok('CreateManagedLoginBranding', { UserPoolId, ClientId: other.ClientId, UseCognitoProvidedValues })
    expect(made.ManagedLoginBranding).toMatchObject({ UseCognitoProvidedValues, Assets: [] })
    expect(made.ManagedLoginBranding).not.toHaveProperty('Settings')
  })

  it('refuses an image that is none, and a script in one', async () => {
    const { ClientId: other } = await makeClient(server, UserPoolId)
    const logo = (Extension: string, Bytes: string) => ({ Category: 'FORM_LOGO', ColorMode: 'DARK', Extension, Bytes })
    expect(await create({ ClientId: other, Settings: {}, Assets: [logo('PNG', testImages.svg)] })).toEqual([
      'InvalidParameterException',
      'The Bytes of the asset FORM_LOGO are no PNG file.',
    ])
    const [, message] = await create({ ClientId: other, Settings: {}, Assets: [logo('SVG', btoa('<svg><script>alert(1)</script></svg>'))] })
    expect(message).toBe('The SVG element script is not supported.')
    const tooLarge = await create({ ClientId: other, Assets: [logo('PNG', Buffer.alloc(1_000_001).toString('base64'))] })
    expect(tooLarge[1]).toContain('Member must have length less than or equal to 1000000')
  })

  it('refuses pools of the LITE plan', async () => {
    const lite = await makePool(server, { UserPoolTier: 'LITE' })
    expect(await create({ UserPoolId: lite.UserPoolId, ClientId: lite.ClientId })).toEqual([
      'OperationNotEnabledException',
      'The following feature is not available for the LITE pricing tier configured: Managed Login Version 2',
    ])
  })

  it('holds the limit of 20', async () => {
    const pool = await makePool(server)
    await server.ok('CreateManagedLoginBranding', { UserPoolId: pool.UserPoolId, ClientId: pool.ClientId, UseCognitoProvidedValues: true })
    for (let count = 1; count < 20; count += 1) {
      const { ClientId: other } = await makeClient(server, pool.UserPoolId)
      await server.ok('CreateManagedLoginBranding', { UserPoolId: pool.UserPoolId, ClientId: other, UseCognitoProvidedValues: true })
    }
    const { ClientId: last } = await makeClient(server, pool.UserPoolId)
    expect(await create({ UserPoolId: pool.UserPoolId, ClientId: last, UseCognitoProvidedValues: true })).toEqual([
      'LimitExceededException',
      'The user pool has 20 managed login brandings already.',
    ])
  })
})
