import {
  type AssetCategoryType,
  CreateManagedLoginBrandingCommand,
  SetUICustomizationCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceNames } from '../support/e2e-devices.ts'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitors } from '../support/e2e-visitors.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { password } from '../support/start-app.ts'
import { testImages } from '../support/test-images.ts'

let shop: ShopServer
let visitors: Visitors
let managed: ShopPool
let classic: ShopPool

const svg = (colour: string, width: number, height: number) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" rx="8" fill="${colour}"/></svg>`,
  )
const button = (backgroundColor: string, textColor: string) => ({
  defaults: { backgroundColor, textColor },
  hover: { backgroundColor, textColor },
  active: { backgroundColor, textColor },
})
/** Green, as far as a shop's designer would go. */
const settings = {
  categories: { global: { colorSchemeMode: 'DYNAMIC', pageHeader: { enabled: true } }, form: { displayGraphics: true } },
  components: {
    form: { borderRadius: 20, logo: { enabled: true, location: 'CENTER', position: 'TOP', formInclusion: 'IN' } },
    pageBackground: { lightMode: { color: 'e7f0e9ff' }, darkMode: { color: '0b1710ff' } },
    pageHeader: { logo: { enabled: true, location: 'START' } },
    primaryButton: { lightMode: button('0b5a2bff', 'ffffffff'), darkMode: button('8fdcabff', '08210fff') },
  },
}
const css = `.banner-customizable { padding: 24px; background-color: #e7f0e9; }
  .submitButton-customizable { font-size: 15px; height: 48px; color: #ffffff; background-color: #0b5a2b; }
  .inputField-customizable { border-radius: 0px; }`

beforeAll(async () => {
  if (!hasBrowser) return
  ;[shop, visitors] = await Promise.all([openShopServer(), openVisitors()])
  const users = [{ username: 'ana', password }]
  managed = await shop.addPool({ users })
  classic = await shop.addPool({ users, settings: { UserPoolTier: 'LITE' }, domains: [{ Domain: 'green' }] })
  const asset = (Category: AssetCategoryType, Bytes: Buffer) => ({
    Category,
    ColorMode: 'DYNAMIC' as const,
    Extension: 'SVG' as const,
    Bytes,
  })
  await shop.admin.send(
    new CreateManagedLoginBrandingCommand({
      UserPoolId: managed.poolId,
      ClientId: managed.clientId,
      Settings: settings,
      Assets: [
        asset('FORM_LOGO', svg('#0b7a3b', 140, 44)),
        asset('PAGE_HEADER_LOGO', svg('#0b7a3b', 90, 28)),
        asset('PASSWORD_GRAPHIC', svg('#7fb894', 200, 80)),
        asset('FAVICON_SVG', svg('#0b7a3b', 16, 16)),
      ],
    }),
  )
  const ImageFile = Buffer.from(testImages.png, 'base64')
  await shop.admin.send(new SetUICustomizationCommand({ UserPoolId: classic.poolId, ClientId: 'ALL', CSS: css, ImageFile }))
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
})

const styleOf = (selector: string, property: string) => `getComputedStyle(document.querySelector('${selector}')).${property}`

describe.skipIf(!hasBrowser).each(deviceNames)(`branding on a %s${browserNote}`, (device) => {
  it('dresses managed login, and people sign in', async () => {
    const { page, type, press, see, complaints } = await visitors.visit(device)
    await page.goto(managed.at('oauth2/authorize'))
    await see('Sign in', 'branded')
    const green = device === 'phone' ? 'rgb(143, 220, 171)' : 'rgb(11, 90, 43)'
    expect(await page.evaluate(styleOf('button.primary', 'backgroundColor'))).toBe(green)
    await type('User name', 'ana')
    await press('Next')
    await see('Enter your password', 'branded-password')
    // The header's logo, the form's, and the picture of what the form asks for.
    expect(await page.evaluate('[...document.images].map((image) => image.naturalWidth)')).toEqual([90, 140, 200])
    await type('Password', password)
    await press('Sign in')
    expect(await managed.arrive(page)).toMatchObject({ 'cognito:username': 'ana' })
    expect(complaints).toEqual([])
  })

  it('dresses the classic pages, and people sign in', async () => {
    const { page, type, press, see, complaints } = await visitors.visit(device)
    await page.goto(classic.at('oauth2/authorize'))
    await see('Sign in', 'branded-classic')
    expect(await page.evaluate(styleOf('.submitButton-customizable', 'backgroundColor'))).toBe('rgb(11, 90, 43)')
    expect(await page.evaluate(styleOf('.banner-customizable', 'paddingTop'))).toBe('24px')
    expect(await page.evaluate("document.querySelector('.logo-customizable').naturalWidth")).toBe(1)
    await type('User name', 'ana')
    await type('Password', password)
    await press('Sign in')
    expect(await classic.arrive(page)).toMatchObject({ 'cognito:username': 'ana' })
    expect(complaints).toEqual([])
  })
})
