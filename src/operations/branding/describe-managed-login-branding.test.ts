import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness
let ids: { UserPoolId: string; ManagedLoginBrandingId: string }
let made: unknown

beforeAll(async () => {
  server = await createHarness()
  const { UserPoolId, ClientId } = await makePool(server)
  const Settings = { components: { form: { borderRadius: 8 } } }
  const { ManagedLoginBranding } = await server.ok('CreateManagedLoginBranding', { UserPoolId, ClientId, Settings })
  made = ManagedLoginBranding
  ids = { UserPoolId, ManagedLoginBrandingId: ManagedLoginBranding.ManagedLoginBrandingId }
})
afterAll(() => server.close())

describe('DescribeManagedLoginBranding', () => {
  it('shows a style by its id', async () => {
    expect(await server.ok('DescribeManagedLoginBranding', ids)).toEqual({ ManagedLoginBranding: made })
    expect(await server.ok('DescribeManagedLoginBranding', { ...ids, ReturnMergedResources: true })).toEqual({ ManagedLoginBranding: made })
  })

  it('knows none of another pool', async () => {
    const unknown = ['ResourceNotFoundException', 'ManagedLoginBranding does not exist.']
    const { UserPoolId } = await makePool(server)
    expect(await server.refused('DescribeManagedLoginBranding', { ...ids, UserPoolId })).toEqual(unknown)
    const none = { ...ids, ManagedLoginBrandingId: '00000000-0000-4000-8000-000000000000' }
    expect(await server.refused('DescribeManagedLoginBranding', none)).toEqual(unknown)
  })
})
