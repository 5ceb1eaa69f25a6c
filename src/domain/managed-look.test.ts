import { describe, expect, it } from 'vitest'
import { placed, settingsWith, styleOf } from '../../tests/support/style-of.ts'
import { plainLook } from './look.ts'
import { managedLook } from './managed-look.ts'

const v = 'v=2.1f2e3d4c.3.1'
const lookOf = (values: Parameters<typeof settingsWith>[0], images: ReturnType<typeof placed>[] = []) =>
  managedLook('abc', styleOf(settingsWith(values), images))

describe('managedLook', () => {
  it("is the plain look without a style, and with nothing but AWS's own values", () => {
    expect(managedLook('abc', undefined)).toEqual(plainLook(2))
    expect(managedLook('abc', styleOf(undefined))).toEqual(plainLook(2))
  })

  it('is as in the example of AWS where settings say nothing', () => {
    expect(managedLook('abc', styleOf({}))).toEqual({ ...plainLook(2), mode: 'light', sheetUrl: `/assets/branding/abc.css?${v}` })
  })

  it("shows images beside AWS's own values, without a logo", () => {
    const look = managedLook('abc', styleOf(undefined, [placed('FORM_LOGO'), placed('EMAIL_GRAPHIC', 'DYNAMIC')]))
    expect(look.logo).toBeUndefined()
    const url = `/assets/branding/abc/email-graphic.dynamic?${v}`
    expect(look.graphics).toEqual({ email: { light: url, dark: url } })
    expect(look.sheetUrl).toBe(`/assets/branding/abc.css?${v}`)
  })

  it('has a logo where it is switched on and there is one', () => {
    const on = { 'components.form.logo.enabled': true }
    expect(lookOf(on).logo).toBeUndefined()
    expect(lookOf({}, [placed('FORM_LOGO')]).logo).toBeUndefined()
    expect(lookOf(on, [placed('FORM_LOGO')]).logo).toEqual({
      picture: { light: `/assets/branding/abc/form-logo.light?${v}`, dark: undefined },
      side: 'center',
      edge: 'top',
      inside: true,
    })
    const words = { location: 'END', position: 'BOTTOM', formInclusion: 'OUT', enabled: true }
    expect(lookOf({ 'components.form.logo': words }, [placed('FORM_LOGO')]).logo).toMatchObject({
      side: 'end',
      edge: 'bottom',
      inside: false,
    })
  })

  it('shows an image in its own mode alone, and a dynamic one in both', () => {
    const mode = (colorSchemeMode: string, ...images: ReturnType<typeof placed>[]) =>
      lookOf({ 'components.form.logo.enabled': true, 'categories.global.colorSchemeMode': colorSchemeMode }, images).logo?.picture
    const [light, dark, dynamic] = [placed('FORM_LOGO', 'LIGHT'), placed('FORM_LOGO', 'DARK'), placed('FORM_LOGO', 'DYNAMIC')]
    const url = (name: string) => `/assets/branding/abc/form-logo.${name}?${v}`
    expect(mode('LIGHT', light, dark)).toEqual({ light: url('light') })
    expect(mode('DARK', light, dark)).toEqual({ dark: url('dark') })
    expect(mode('DYNAMIC', light, dark)).toEqual({ light: url('light'), dark: url('dark') })
    expect(mode('DYNAMIC', dark, dynamic)).toEqual({ light: url('dynamic'), dark: url('dark') })
    expect(mode('DYNAMIC', dark)).toEqual({ dark: url('dark') })
    expect(mode('LIGHT', dark)).toBeUndefined()
    expect(mode('NEON', light)).toEqual({ light: url('light') })
  })

  it('has header and footer where they are switched on', () => {
    const look = lookOf(
      {
        'categories.global.pageHeader.enabled': true,
        'components.pageHeader.logo': { enabled: true, location: 'CENTER' },
        'components.pageFooter.logo': { enabled: true },
      },
      [placed('PAGE_HEADER_LOGO'), placed('PAGE_FOOTER_LOGO')],
    )
    expect(look.header).toEqual({ logo: { light: `/assets/branding/abc/page-header-logo.light?${v}` }, side: 'center' })
    expect(look.footer).toBeUndefined()
    expect(lookOf({ 'categories.global.pageFooter.enabled': true }, [placed('PAGE_FOOTER_LOGO')]).footer).toEqual({ side: 'start' })
  })

  it('has favicons of the types that are switched on', () => {
    const images = [placed('FAVICON_ICO', 'DYNAMIC'), placed('FAVICON_SVG')]
    expect(Object.keys(lookOf({}, images).favicon)).toEqual(['ico', 'svg'])
    const look = lookOf({ 'components.favicon.enabledTypes': ['SVG'] }, images)
    expect(look.favicon).toEqual({ svg: { light: `/assets/branding/abc/favicon-svg.light?${v}` } })
  })

  it('places the form, and the ways to sign in', () => {
    const ways = (...types: string[]) => ({ 'categories.auth.authMethodOrder': [types.map((type) => ({ display: 'INPUT', type }))] })
    expect(lookOf({ 'categories.form.location': { horizontal: 'START', vertical: 'END' } }).form).toEqual({
      horizontal: 'start',
      vertical: 'end',
    })
    expect(lookOf(ways('FEDERATED', 'USERNAME_PASSWORD')).providers.first).toBe(true)
    expect(lookOf(ways('USERNAME_PASSWORD', 'FEDERATED')).providers.first).toBe(false)
    expect(lookOf(ways('FEDERATED')).providers.first).toBe(false)
    expect(lookOf({ 'categories.auth.authMethodOrder': 'FEDERATED' }).providers.first).toBe(false)
    expect(lookOf({ 'categories.global.spacingDensity': 'COMPACT' }).compact).toBe(true)
    expect(lookOf({ 'categories.form.displayGraphics': false }, [placed('SMS_GRAPHIC')]).graphics).toEqual({})
  })

  it('has icons of providers by their ids', () => {
    const icons = [placed('IDP_BUTTON_ICON', 'LIGHT', 'My IdP'), placed('IDP_BUTTON_ICON', 'DARK', 'Other'), placed('IDP_BUTTON_ICON')]
    expect(lookOf({}, icons).providers.icons).toEqual({
      'My IdP': { light: `/assets/branding/abc/idp-button-icon.light.My%20IdP?${v}` },
    })
  })

  it('takes the image without an id, else the first', () => {
    const image = (...ids: (string | undefined)[]) =>
      lookOf(
        {},
        ids.map((id) => placed('SMS_GRAPHIC', 'LIGHT', id)),
      ).graphics.sms?.light
    expect(image('b', undefined, 'a')).toBe(`/assets/branding/abc/sms-graphic.light?${v}`)
    expect(image('b', 'a')).toBe(`/assets/branding/abc/sms-graphic.light.a?${v}`)
  })
})
