import { mkdirSync } from 'node:fs'
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../src/lib.ts'
import { fullStyle } from './support/full-style.ts'
import { browserNote, hasBrowser } from './support/open-page.ts'
import { type App, setUpApp } from './support/start-app.ts'
import { testImages } from './support/test-images.ts'

const folder = 'test-results/branding'
const redirectUri = 'https://shop.example/callback'
const client = {
  AllowedOAuthFlows: ['code' as const],
  AllowedOAuthScopes: ['openid'],
  AllowedOAuthFlowsUserPoolClient: true,
  CallbackURLs: [redirectUri],
  SupportedIdentityProviders: ['COGNITO'],
}
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
const svg = (colour: string, width = 40, height = 20) =>
  bytes(
    btoa(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${colour}"/></svg>`,
    ),
  )

let server: Poolhouse
let app: App
let browser: Browser

beforeAll(async () => {
  if (!hasBrowser) return
  mkdirSync(folder, { recursive: true })
  server = await startPoolhouse({ inProcess: true })
  app = await setUpApp(server.url, { client })
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** The sign-in page, with whatever the browser complained about. */
const open = async (colorScheme: 'light' | 'dark'): Promise<{ page: Page; complaints: string[] }> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme })
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('requestfailed', (request) => complaints.push(request.url()))
  page.on('response', (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`))
  const query = new URLSearchParams({ client_id: app.clientId, response_type: 'code', scope: 'openid', redirect_uri: redirectUri })
  await page.goto(`${server.url}/login?${query}`)
  return { page, complaints }
}
const styleOf = (page: Page, selector: string, property: string): Promise<string> =>
  page.evaluate(
    ([found, name]) => {
      const { document, getComputedStyle } = globalThis as unknown as {
        document: { querySelector(s: string): object }
        getComputedStyle(e: object): Record<string, string>
      }
      return getComputedStyle(document.querySelector(found))[name] ?? ''
    },
    [selector, property] as const,
  )

describe.skipIf(!hasBrowser)(`branding in Chromium${browserNote}`, () => {
  it('dresses managed login, in light and in dark', async () => {
    const asset = (Category: sdk.AssetCategoryType, ColorMode: sdk.ColorSchemeModeType, Bytes: Uint8Array) => ({
      Category,
      ColorMode,
      Extension: 'SVG' as const,
      Bytes,
    })
    await app.admin.send(
      new sdk.CreateManagedLoginBrandingCommand({
        UserPoolId: app.poolId,
        ClientId: app.clientId,
        Settings: fullStyle as never,
        Assets: [
          asset('FORM_LOGO', 'LIGHT', svg('crimson', 120, 40)),
          asset('FORM_LOGO', 'DARK', svg('gold', 120, 40)),
          asset('PAGE_BACKGROUND', 'LIGHT', svg('lightblue', 20, 20)),
          asset('PAGE_HEADER_LOGO', 'DYNAMIC', svg('green')),
          asset('PAGE_FOOTER_LOGO', 'DYNAMIC', svg('purple')),
          asset('FAVICON_SVG', 'DYNAMIC', svg('red', 16, 16)),
        ],
      }),
    )
    const light = await open('light')
    await light.page.screenshot({ path: `${folder}/managed-light.png`, fullPage: true })
    expect(light.complaints).toEqual([])
    expect(await styleOf(light.page, 'body', 'backgroundColor')).toBe('rgb(224, 232, 240)')
    expect(await styleOf(light.page, 'body', 'backgroundImage')).toContain('/page-background.light?v=')
    expect(await styleOf(light.page, 'main', 'borderTopLeftRadius')).toBe('11px')
    expect(await styleOf(light.page, 'button.primary', 'backgroundColor')).toBe('rgb(128, 0, 0)')
    expect(await styleOf(light.page, 'header', 'backgroundColor')).toBe('rgb(208, 224, 208)')
    expect(await light.page.evaluate("document.querySelector('main img').currentSrc")).toContain('/form-logo.light?v=')
    expect(await light.page.evaluate('[...document.images].every((image) => image.naturalWidth > 0)')).toBe(true)
    await light.page.close()

    const dark = await open('dark')
    await dark.page.screenshot({ path: `${folder}/managed-dark.png`, fullPage: true })
    expect(dark.complaints).toEqual([])
    expect(await styleOf(dark.page, 'body', 'backgroundColor')).toBe('rgb(16, 32, 48)')
    expect(await styleOf(dark.page, 'body', 'backgroundImage')).toBe('none')
    expect(await styleOf(dark.page, 'main', 'backgroundColor')).toBe('rgb(240, 240, 240)')
    expect(await dark.page.evaluate("document.querySelector('main img').currentSrc")).toContain('/form-logo.dark?v=')
    await dark.page.close()
  })

  it('dresses the classic pages as AWS’s template says', async () => {
    await app.admin.send(new sdk.CreateUserPoolDomainCommand({ UserPoolId: app.poolId, Domain: 'classic', ManagedLoginVersion: 1 }))
    const CSS = `.banner-customizable { padding: 25px 0px 25px 0px; background-color: lightgray; }
      .label-customizable { font-weight: 400; }
      .submitButton-customizable { font-size: 11px; height: 40px; color: #fff; background-color: #337ab7; }
      .inputField-customizable { width: 100%; height: 34px; color: #555; border: 1px solid #ccc; border-radius: 0px; }
      .background-customizable { background-color: #fff; }`
    const ImageFile = bytes(testImages.png)
    await app.admin.send(new sdk.SetUICustomizationCommand({ UserPoolId: app.poolId, ClientId: 'ALL', CSS, ImageFile }))
    const { page, complaints } = await open('dark')
    await page.screenshot({ path: `${folder}/classic.png`, fullPage: true })
    expect(complaints).toEqual([])
    expect(await styleOf(page, 'body', 'backgroundColor')).toBe('rgb(255, 255, 255)')
    expect(await styleOf(page, '.submitButton-customizable', 'backgroundColor')).toBe('rgb(51, 122, 183)')
    expect(await styleOf(page, '.inputField-customizable', 'height')).toBe('34px')
    expect(await styleOf(page, '.label-customizable', 'fontWeight')).toBe('400')
    expect(await styleOf(page, '.banner-customizable', 'paddingTop')).toBe('25px')
    expect(await page.evaluate("document.querySelector('.logo-customizable').naturalWidth")).toBe(1)
    await page.close()
  })
})
