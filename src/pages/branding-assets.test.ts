import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { makeClient, makePool } from '../../tests/support/make-pool.ts'
import { pageContext } from '../../tests/support/page-context.ts'
import { testImages } from '../../tests/support/test-images.ts'
import { openClient } from '../flows/open-client.ts'
import { openLook } from '../flows/open-look.ts'
import { brandingAssetReply, brandingSheetReply } from './branding-assets.ts'

let server: Harness
let UserPoolId: string
let ClientId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId, ClientId } = await makePool(server))
  await server.ok('CreateUserPoolDomain', { UserPoolId, Domain: 'assets' })
  await server.ok('CreateManagedLoginBranding', {
    ...{ UserPoolId, ClientId },
    Settings: { components: { form: { borderRadius: 3, logo: { enabled: true } } } },
    Assets: [
      { Category: 'FORM_LOGO', ColorMode: 'LIGHT', Extension: 'SVG', Bytes: testImages.svg },
      { Category: 'IDP_BUTTON_ICON', ColorMode: 'LIGHT', Extension: 'SVG', Bytes: testImages.svg, ResourceId: 'My IdP' },
      { Category: 'PAGE_BACKGROUND', ColorMode: 'LIGHT', Extension: 'PNG', Bytes: testImages.png },
    ],
  })
  await server.ok('SetUICustomization', { UserPoolId, CSS: '.label-customizable { color: red; }', ImageFile: testImages.png })
})
afterAll(() => server.close())

/** As the HTTP layer takes a URL of a look apart. */
const get = (url: string | undefined) => {
  const { pathname, searchParams } = new URL(url ?? '', 'http://localhost')
  const [holder = '', name] = decodeURIComponent(pathname.replace('/assets/branding/', '')).split('/')
  const v = searchParams.get('v') ?? undefined
  const ctx = pageContext(server)
  return name === undefined ? brandingSheetReply(ctx, holder.replace(/\.css$/, ''), v) : brandingAssetReply(ctx, holder, name, v)
}
const look = async (version: 1 | 2, id = ClientId) => {
  const ctx = pageContext(server)
  return openLook(ctx, await openClient(ctx, id), version)
}
const text = (body: string | Uint8Array) => Buffer.from(body).toString('base64')

describe('the files of a look', () => {
  it('are where it says, to be kept for a year', async () => {
    const { sheetUrl, logo, providers } = await look(2)
    const sheet = await get(sheetUrl)
    expect(sheet).toMatchObject({ status: 200, headers: { 'content-type': 'text/css; charset=utf-8' } })
    expect(sheet.body).toContain('--radius-card:3px')
    const svg = await get(logo?.picture.light)
    expect(svg.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    })
    expect(text(svg.body)).toBe(testImages.svg)
    expect((await get(providers.icons['My IdP']?.light)).status).toBe(200)
    const [, background] = /--ground-image:url\("([^"]+)"\)/.exec(String(sheet.body)) ?? []
    const png = await get(background)
    expect([png.headers['content-type'], text(png.body)]).toEqual(['image/png', testImages.png])
    for (const { headers } of [sheet, svg, png]) expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    for (const { headers } of [svg, png]) expect(headers['access-control-allow-origin']).toBe('*')
  })

  it('are those of the classic pages too', async () => {
    const { sheetUrl, logo } = await look(1)
    expect((await get(sheetUrl)).body).toBe(':root[data-version="1"] .label-customizable{color:red}\n')
    const image = await get(logo?.picture.light)
    expect([image.headers['content-type'], text(image.body)]).toEqual(['image/png', testImages.png])
    const { UICustomization } = await server.ok('GetUICustomization', { UserPoolId, ClientId })
    expect(UICustomization.ImageUrl).toContain(`/assets/branding/${UserPoolId}/logo?v=`)
    expect(text((await get(UICustomization.ImageUrl)).body)).toBe(testImages.png)
  })

  it('are not kept under the version of another state', async () => {
    const { sheetUrl, logo } = await look(2)
    const [, number = ''] = /v=2\.\w+\.(\d+)\./.exec(sheetUrl ?? '') ?? []
    const later = (url = '') => url.replace(/(v=2\.\w+\.)\d+/, `$1${Number(number) + 1}`)
    for (const url of [later(sheetUrl), later(logo?.picture.light), logo?.picture.light?.replace(/\?.*/, '')]) {
      expect(await get(url)).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    }
  })

  it.each([
    '',
    'logo',
    'form-logo',
    'form-logo.dark',
    'form-logo.light.x',
    'page-header-logo.light',
    '..%2Fform-logo.light',
    'FORM_LOGO:LIGHT:',
  ])('are no others: %j', async (name) => {
    const { ClientId: other } = await makeClient(server, UserPoolId)
    expect((await get(`/assets/branding/${other}/${name}`)).status).toBe(name === 'logo' ? 200 : 404)
    if (name !== 'logo') expect((await get(`/assets/branding/${ClientId}/${name}`)).status).toBe(404)
  })

  it("are nobody's where there is no client, no style or no version", async () => {
    const { ClientId: other } = await makeClient(server, UserPoolId)
    const { sheetUrl = '' } = await look(2)
    for (const url of [
      sheetUrl.replace(ClientId, other),
      sheetUrl.replace(ClientId, 'none'),
      sheetUrl.replace('v=2', 'v=3'),
      sheetUrl.replace(/\?.*/, ''),
    ]) {
      expect(await get(url)).toMatchObject({ status: 404, headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } })
    }
    const { UserPoolId: plain } = await makePool(server)
    expect((await get(`/assets/branding/${plain}/logo`)).status).toBe(404)
    expect((await get(`/assets/branding/${UserPoolId}/form-logo.light`)).status).toBe(404)
  })
})
