import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { classicClasses } from '../../console/src/settings/classic-css.ts'
import { onlyAdds, parseStyle, typedColour, withSetting } from '../../console/src/settings/style-values.ts'
import { parseUiCss } from '../../src/domain/ui-css.ts'
import type { Input, OperationName } from '../../src/model/types.gen.ts'
import { callApi } from '../support/call-api.ts'
import { fullStyle } from '../support/full-style.ts'
import { type OpenConsole, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { testImages } from '../support/test-images.ts'

const oauth = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid'],
  CallbackURLs: ['https://app.example.com/done'],
  SupportedIdentityProviders: ['COGNITO'],
} as const

let opened: OpenConsole
let pool = ''
let client = ''
const api = <N extends OperationName>(operation: N, input: Input<N>) => callApi(opened.server.url, operation, input)
const png = { name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from(testImages.png, 'base64') }

beforeAll(async () => {
  if (!hasBrowser) return
  opened = await openConsole({
    pools: [
      {
        name: 'Shop',
        domains: [
          { Domain: 'styled-shop', ManagedLoginVersion: 2 },
          {
            Domain: 'login.shop.example',
            CustomDomainConfig: { CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/1' },
            ManagedLoginVersion: 2,
          },
        ],
        clients: [{ name: 'web', settings: oauth as never }, { name: 'backend' }],
      },
    ],
  })
  pool = opened.pools[0]?.userPoolId ?? ''
  client = opened.pools[0]?.clients[0]?.clientId ?? ''
})
afterAll(() => opened?.close())

describe('the settings of a style', () => {
  it('get and lose values at paths, without empty objects that stay behind', () => {
    const path = 'components.form.lightMode.backgroundColor'
    const made = withSetting({ components: { form: { borderRadius: 8 } } }, path, 'ffffffff')
    expect(made).toEqual({ components: { form: { borderRadius: 8, lightMode: { backgroundColor: 'ffffffff' } } } })
    expect(withSetting(made, path, undefined)).toEqual({ components: { form: { borderRadius: 8 } } })
    expect(withSetting(withSetting({}, path, 'ffffffff'), path, undefined)).toEqual({})
  })

  it('tell whether an update can make them of the old ones', () => {
    expect(onlyAdds(fullStyle, withSetting(fullStyle, 'components.form.borderRadius', 3))).toBe(true)
    expect(onlyAdds(fullStyle, withSetting(fullStyle, 'components.form.borderRadius', undefined))).toBe(false)
    expect(onlyAdds({}, fullStyle)).toBe(true)
  })

  it('are checked as the API does', () => {
    expect(parseStyle('{"components":{"form":{"lightMode":{"backgroundColor":"red"}}}}')).toEqual({
      fault: 'Settings.components.form.lightMode.backgroundColor must be eight hex digits.',
    })
    expect(parseStyle('{"components":')).toEqual({ fault: expect.stringMatching(/^This is no JSON: /) })
    expect(parseStyle(JSON.stringify(fullStyle))).toEqual({ settings: fullStyle })
    expect(['#AABBCC', 'aabbcc80', 'red'].map(typedColour)).toEqual(['aabbccff', 'aabbcc80', 'red'])
  })

  it('of the classic pages have the classes that the API takes', () => {
    expect(parseUiCss(classicClasses.map((name) => `.${name} { color: red; }`).join('\n'))).not.toHaveProperty('fault')
    expect(classicClasses).toHaveLength(18)
  })
})

describe.skipIf(!hasBrowser)(`branding in the console${browserNote}`, () => {
  it('shows an unsaved colour on the real sign-in page, saves it, and shows the uploaded logo there', async () => {
    const { page, faults, barriers, picture } = await opened.open(`user-pools/${pool}/managed-login`)
    await page.getByText('No style').first().waitFor()
    expect(await barriers()).toEqual([])
    await page.getByRole('link', { name: 'web', exact: true }).click()
    await page.getByRole('button', { name: 'Create style' }).click()
    const frame = page.frameLocator('iframe[title="Preview of the sign-in page"]')
    const button = frame.locator('main.card button').first()
    await button.waitFor()
    const colour = () =>
      button.evaluate((element) => (element.ownerDocument.defaultView as Window).getComputedStyle(element).backgroundColor)
    expect(await colour()).not.toBe('rgb(200, 0, 100)')
    const field = page.getByRole('textbox', { name: 'Background', exact: true }).nth(2)
    await field.fill('c80064')
    await field.blur()
    await expect.poll(colour).toBe('rgb(200, 0, 100)')
    expect(await barriers()).toEqual([])
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The style was saved.').waitFor()
    await page.locator('input[type="file"]').setInputFiles(png)
    await page.getByText('The image was uploaded: Form logo, light.').waitFor()
    await frame.locator('img.logo').waitFor()
    await picture('style')
    const look = await api('DescribeManagedLoginBrandingByClient', { UserPoolId: pool, ClientId: client })
    expect(look.ManagedLoginBranding).toMatchObject({
      Settings: {
        components: { primaryButton: { lightMode: { defaults: { backgroundColor: 'c80064ff' } } }, form: { logo: { enabled: true } } },
      },
      Assets: [{ Category: 'FORM_LOGO' }],
    })
    // The test's own looks into the preview, where nothing may run.
    expect(faults.filter((fault) => !fault.startsWith("Blocked script execution in 'about:srcdoc'"))).toEqual([])
    await page.close()
  })

  it('keeps a wrong document unsaved, takes members away in the JSON editor without losing images, and goes back to the default', async () => {
    const { page, faults } = await opened.open(`user-pools/${pool}/managed-login/${client}?tab=json`)
    const editor = page.getByRole('textbox', { name: 'Settings document' })
    await editor.fill('{"components":{"form":{"borderRadius":"round"}}}')
    await page.getByText('Settings.components.form.borderRadius must be a number of pixels.').waitFor()
    expect(await page.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true)
    await editor.fill('{"components":{"form":{"borderRadius":20,"logo":{"enabled":true}}}}')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The style was saved.').waitFor()
    const now = async () => (await api('DescribeManagedLoginBrandingByClient', { UserPoolId: pool, ClientId: client })).ManagedLoginBranding
    expect((await now())?.Settings).toEqual({ components: { form: { borderRadius: 20, logo: { enabled: true } } } })
    expect((await now())?.Assets).toHaveLength(1)
    await page.getByRole('button', { name: 'Reset to default' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click()
    await page.getByText('The style is the default one again.').waitFor()
    expect(await now()).toMatchObject({ UseCognitoProvidedValues: true, Assets: [] })
    expect(faults).toEqual([])
    await page.close()
  })

  it('leads to the same login page from the app client and from its style', async () => {
    const { page, go } = await opened.open(`user-pools/${pool}/app-clients/${client}`)
    const link = page.getByRole('link', { name: /View login page/ })
    const address = await link.getAttribute('href')
    expect(address).toContain('://login.shop.example')
    await go(`user-pools/${pool}/managed-login/${client}`)
    expect(await link.getAttribute('href')).toBe(address)
    await page.close()
  })

  it('keeps what is typed during an upload, and what others have saved', async () => {
    const { page } = await opened.open(`user-pools/${pool}/managed-login/${client}?tab=json`)
    const editor = page.getByRole('textbox', { name: 'Settings document' })
    await editor.waitFor()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/console/api', async (route) => {
      if (route.request().headers()['x-amz-target']?.endsWith('UpdateManagedLoginBranding')) await held
      await route.continue()
    })
    await page.locator('input[type="file"]').setInputFiles(png)
    await page.getByRole('button', { name: 'Uploading' }).waitFor()
    await editor.fill('{"components":{"form":{"borderRadius":21}}}')
    release()
    await page.getByText('The image was uploaded: Form logo, light.').waitFor()
    await page.unrouteAll({ behavior: 'wait' })
    expect(JSON.parse(await editor.inputValue())).toEqual({ components: { form: { borderRadius: 21, logo: { enabled: true } } } })
    const now = async () => (await api('DescribeManagedLoginBrandingByClient', { UserPoolId: pool, ClientId: client })).ManagedLoginBranding
    const { ManagedLoginBrandingId } = await now()
    const Settings = { components: { primaryButton: { lightMode: { defaults: { backgroundColor: '112233ff' } } } } }
    await api('UpdateManagedLoginBranding', { UserPoolId: pool, ManagedLoginBrandingId, Settings })
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The style was saved.').waitFor()
    expect((await now()).Settings.components).toEqual({ ...Settings.components, form: { borderRadius: 21, logo: { enabled: true } } })
    await page.close()
  })

  it('gives the settings back that were lost when a replacement was interrupted', async () => {
    const { page } = await opened.open(`user-pools/${pool}/managed-login/${client}`)
    const now = async () => (await api('DescribeManagedLoginBrandingByClient', { UserPoolId: pool, ClientId: client })).ManagedLoginBranding
    const before = await now()
    let updates = 0
    await page.route('**/console/api', async (route) => {
      const isUpdate = route.request().headers()['x-amz-target']?.endsWith('UpdateManagedLoginBranding')
      if (isUpdate) updates += 1
      if (isUpdate && updates === 2) await route.abort('connectionrefused')
      else await route.continue()
    })
    await page.getByRole('button', { name: 'Remove Form logo, light' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByText('ServerUnreachable').waitFor()
    expect((await now()).Settings).toBeUndefined()
    const tab = await page.context().newPage()
    await page.unrouteAll({ behavior: 'wait' })
    await tab.goto(page.url())
    await tab.getByRole('button', { name: 'Put the settings back' }).click()
    await tab.getByText('The settings are back.').waitFor()
    expect(await now()).toMatchObject({ Settings: before.Settings, Assets: [] })
    await tab.reload()
    await tab.getByRole('button', { name: 'Save changes' }).waitFor()
    expect(await tab.getByRole('button', { name: 'Put the settings back' }).count()).toBe(0)
    await page.close()
  })

  it('customizes the classic pages, and says what CSS is not allowed while it is typed', async () => {
    const { page, faults, barriers, picture } = await opened.open(`user-pools/${pool}/hosted-ui`)
    const css = page.getByRole('textbox', { name: 'CSS' })
    await css.fill('.strange { color: red; }')
    await page.getByText('The CSS class .strange is not in the list of allowed classes.').waitFor()
    await css.fill('.submitButton-customizable { background-color: #c80064; }')
    await page.locator('input[type="file"]').setInputFiles(png)
    expect(await barriers()).toEqual([])
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The customization was saved.').waitFor()
    await picture('hosted-ui')
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await css.fill('.submitButton-customizable { background-color: #640032; }')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The customization was saved.').waitFor()
    const { UICustomization: look } = await api('GetUICustomization', { UserPoolId: pool })
    expect([look?.CSS, look?.ImageUrl]).toEqual([expect.stringContaining('#640032'), expect.stringContaining('/assets/branding/')])
    expect(faults).toEqual([])
    await page.close()
  })

  it('makes, changes and deletes terms documents', async () => {
    const { page, faults, barriers, picture } = await opened.open(`user-pools/${pool}/terms`)
    await page.getByText('No terms documents').waitFor()
    await page.getByRole('link', { name: 'Create terms document' }).first().click()
    await page.getByRole('button', { name: 'App client' }).click()
    await page.getByRole('option', { name: 'web' }).click()
    await page.getByRole('button', { name: 'Create terms document' }).click()
    await page.getByText('The link for cognito:default must be an http or https URL.', { exact: true }).waitFor()
    await page.getByLabel('URL').fill('https://example.com/terms')
    expect(await barriers()).toEqual([])
    await picture('terms')
    await page.getByRole('button', { name: 'Create terms document' }).click()
    await page.getByText('The terms document was created.').waitFor()
    await page.getByRole('link', { name: 'Terms of use' }).click()
    await page.getByRole('button', { name: 'Add language' }).click()
    await page.getByLabel('URL').nth(1).fill('https://example.com/en')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The terms document was changed.').waitFor()
    const { Terms: [made] = [] } = await api('ListTerms', { UserPoolId: pool, MaxResults: 10 })
    const { Terms: terms } = await api('DescribeTerms', { UserPoolId: pool, TermsId: made?.TermsId ?? '' })
    expect(terms?.Links).toEqual({ 'cognito:default': 'https://example.com/terms', 'cognito:english': 'https://example.com/en' })
    await page.getByRole('link', { name: 'web', exact: true }).waitFor()
    await page.getByRole('radio').first().check()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog').getByText('through the app client web').waitFor()
    await page.getByRole('dialog').getByRole('textbox').fill('terms-of-use')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('The terms document terms-of-use of web was deleted.').waitFor()
    expect(faults).toEqual([])
    await page.close()
  })
})
