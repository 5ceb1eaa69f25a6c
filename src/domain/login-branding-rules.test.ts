import { describe, expect, it } from 'vitest'
import type { AssetType } from '../model/types.gen.ts'
import { brandingAssets, loginBrandingFault, mergedSettings, styleSettings } from './login-branding-rules.ts'

const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])
const logo = (more: Partial<AssetType> = {}): AssetType => ({
  Category: 'FORM_LOGO',
  ColorMode: 'LIGHT',
  Extension: 'PNG',
  Bytes: png,
  ...more,
})

describe('loginBrandingFault', () => {
  it("takes settings or AWS's own, with images or without", () => {
    expect(loginBrandingFault({ UseCognitoProvidedValues: true })).toBeUndefined()
    expect(loginBrandingFault({ UseCognitoProvidedValues: true, Assets: [logo()] })).toBeUndefined()
    expect(loginBrandingFault({ Settings: {} })).toBeUndefined()
    const Settings = {
      categories: { global: { colorSchemeMode: 'LIGHT', pageHeader: { enabled: false } } },
      componentClasses: { buttons: { borderRadius: 8 }, divider: { lightMode: { borderColor: 'ebebf0ff' } } },
      components: { pageBackground: { darkMode: { color: '0F1b2aff' } }, favicon: { enabledTypes: ['ICO', 'SVG'] } },
    }
    const Assets = [logo(), logo({ ColorMode: 'DARK', Extension: 'SVG', Bytes: svg })]
    expect(loginBrandingFault({ UseCognitoProvidedValues: false, Settings, Assets })).toBeUndefined()
  })

  const oneSource = 'useCognitoProvidedValues or settings should be specified (but not both)'
  it.each([
    [{ UseCognitoProvidedValues: true, Settings: {} }, oneSource],
    [{ UseCognitoProvidedValues: false }, oneSource],
    [{ Assets: [] }, oneSource],
    [{}, oneSource],
    [{ Settings: [] }, 'Settings must be a JSON object.'],
    [{ Settings: 'x' }, 'Settings must be a JSON object.'],
    [
      { Settings: { components: { form: { lightMode: { borderColor: 'red;}' } } } } },
      'Settings.components.form.lightMode.borderColor must be eight hex digits.',
    ],
    [{ Settings: { components: { a: [{ color: {} }] } } }, 'Settings.components.a.0.color must be eight hex digits.'],
    [
      { Settings: { componentClasses: { input: { borderRadius: '8px' } } } },
      'Settings.componentClasses.input.borderRadius must be a number of pixels.',
    ],
    [{ Settings: { components: { form: { logo: { enabled: 1 } } } } }, 'Settings.components.form.logo.enabled must be true or false.'],
    [{ Settings: { components: { a: 'x'.repeat(257) } } }, 'Settings.components.a is too long.'],
  ])('refuses %j', (asked, fault) => {
    expect(loginBrandingFault(asked)).toBe(fault)
  })

  it.each([
    [{ Extension: 'WEBP' }, 'The asset FORM_LOGO does not accept files of type WEBP.'],
    [{ Category: 'FAVICON_ICO' }, 'The asset FAVICON_ICO does not accept files of type PNG.'],
    [{ Bytes: undefined }, 'The asset FORM_LOGO has no Bytes.'],
    [{ Bytes: new Uint8Array() }, 'The asset FORM_LOGO has no Bytes.'],
    [{ Bytes: svg }, 'The Bytes of the asset FORM_LOGO are no PNG file.'],
    [{ Extension: 'SVG', Bytes: new TextEncoder().encode('<svg onload="a"/>') }, 'The SVG attribute onload is not supported.'],
  ] as const)('refuses an image with %j', (more, fault) => {
    expect(loginBrandingFault({ Settings: {}, Assets: [logo(more)] })).toBe(fault)
  })

  it('refuses two images for one place, but takes icons of two providers', () => {
    expect(loginBrandingFault({ Settings: {}, Assets: [logo(), logo()] })).toBe('Assets has two images for one category and color mode.')
    const icon = (ResourceId: string) => logo({ Category: 'IDP_BUTTON_ICON', Extension: 'SVG', Bytes: svg, ResourceId })
    expect(loginBrandingFault({ Settings: {}, Assets: [icon('a'), icon('b')] })).toBeUndefined()
  })
})

describe('brandingAssets', () => {
  it('keeps what an image has', () => {
    expect(brandingAssets([logo(), logo({ ResourceId: 'a' })])).toEqual([logo(), logo({ ResourceId: 'a' })])
    expect(brandingAssets(undefined)).toEqual([])
  })
})

describe('styleSettings', () => {
  it("ignores what is not in AWS's schema", () => {
    expect(styleSettings({ css: { color: 'red' }, components: { form: { borderRadius: 1 } } })).toEqual({
      components: { form: { borderRadius: 1 } },
    })
    expect(loginBrandingFault({ Settings: { css: { color: 'red' } } })).toBeUndefined()
    expect(styleSettings(undefined)).toBeUndefined()
  })
})

describe('mergedSettings', () => {
  it('puts what is given over what was there, at every depth', () => {
    expect(mergedSettings({ a: { b: 1, c: [1, 2] }, d: 1 }, { a: { c: [3] }, e: 2 })).toEqual({ a: { b: 1, c: [3] }, d: 1, e: 2 })
    expect(mergedSettings({ a: 1 }, { a: { b: 1 } })).toEqual({ a: { b: 1 } })
  })
})
