import { describe, expect, it } from 'vitest'
import { placed, styleOf } from '../../tests/support/style-of.ts'
import { classicVersion, imageName, readImageName, styleVersion } from './branding-url.ts'
import { assetSlot } from './login-branding.ts'

describe('names of images', () => {
  it.each([
    [placed('FORM_LOGO'), 'form-logo.light'],
    [placed('FAVICON_ICO', 'DYNAMIC'), 'favicon-ico.dynamic'],
    [placed('IDP_BUTTON_ICON', 'DARK', 'My IdP-1'), 'idp-button-icon.dark.My%20IdP-1'],
  ])('lead back to the slot of %j', (place, name) => {
    expect(imageName(place)).toBe(name)
    expect(readImageName(name)).toBe(assetSlot(place))
    expect(readImageName(decodeURIComponent(name))).toBe(assetSlot(place))
  })

  it.each([
    '',
    'logo',
    'form-logo',
    'form-logo.grey',
    'form-logo.light.',
    'form-logo.light.a/b',
    '../form-logo.light',
    'FORM_LOGO.light',
    `${'a'.repeat(41)}.light`,
  ])('are none in %j', (name) => {
    expect(readImageName(name)).toBeUndefined()
  })
})

describe('versions', () => {
  it('differ between styles, their states, and whose look it is', () => {
    const style = styleOf({})
    const look = { poolUid: 'pool', holder: 'ALL', createdAt: 1, modifiedAt: 7 }
    const versions = [
      styleVersion(style),
      styleVersion({ ...style, version: 4 }),
      styleVersion({ ...style, ManagedLoginBrandingId: 'aaaaaaaa-0000-4000-8000-000000000000' }),
      classicVersion(look),
      classicVersion({ ...look, modifiedAt: 8 }),
      classicVersion({ ...look, holder: 'client' }),
    ]
    expect(new Set(versions).size).toBe(versions.length)
    expect(versions.join('')).toMatch(/^[\w.]+$/)
  })
})
