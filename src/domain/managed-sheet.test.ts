import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullStyle } from '../../tests/support/full-style.ts'
import { placed, settingsWith, styleOf } from '../../tests/support/style-of.ts'
import type { Document } from '../model/types.gen.ts'
import { styleVersion } from './branding-url.ts'
import { managedSheet } from './managed-sheet.ts'

const v = 'v=2.1f2e3d4c.3.1'
const value = String.raw`(?:#[0-9a-f]{8}|\d{1,4}(?:\.\d{1,2})?px|none|url\("/assets/branding/[\w+]+/[\w.%-]+\?v=[\w.]+"\))`
const declarations = `(?:--[a-z-]+:${value}(?:;--[a-z-]+:${value})*)?`
const block = String.raw`:root(?:\[data-mode="(?:light|dark|dynamic)"\])?\{${declarations}\}`
const sound = new RegExp(String.raw`^(?:(?:${block}|@media \(prefers-color-scheme:(?:light|dark)\)\{${block}\})\n)+$`)

const sheetOf = (values: Parameters<typeof settingsWith>[0], images: ReturnType<typeof placed>[] = []) =>
  managedSheet('abc', styleOf(settingsWith(values), images))

describe('managedSheet', () => {
  it('has colours of the mode and measures', () => {
    const sheet = sheetOf({
      'components.form.borderRadius': 8.126,
      'componentClasses.buttons.borderRadius': 0,
      'components.pageBackground.lightMode.color': 'FFFFFF80',
      'components.pageBackground.darkMode.color': '000000ff',
      'components.primaryButton.lightMode': { defaults: { backgroundColor: '0972d3ff', textColor: 'ffffffff' } },
    })
    expect(sheet).toBe(
      ':root{--radius-card:8.13px;--radius-button:0px}\n' +
        ':root[data-mode="light"]{--ground:#ffffff80;--accent:#0972d3ff;--on-accent:#ffffffff}\n',
    )
  })

  it('has both modes where the browser chooses', () => {
    const sheet = sheetOf({
      'categories.global.colorSchemeMode': 'DYNAMIC',
      'componentClasses.link.lightMode.defaults.textColor': '111111ff',
      'componentClasses.link.darkMode.defaults.textColor': 'eeeeeeff',
    })
    expect(sheet).toBe(
      ':root{}\n' +
        '@media (prefers-color-scheme:light){:root[data-mode="dynamic"]{--link:#111111ff}}\n' +
        '@media (prefers-color-scheme:dark){:root[data-mode="dynamic"]{--link:#eeeeeeff}}\n',
    )
  })

  it('has background images that are on, each in its mode', () => {
    const url = (name: string) => `url("/assets/branding/abc/${name}?${v}")`
    const images = [placed('PAGE_BACKGROUND', 'DARK'), placed('FORM_BACKGROUND'), placed('PAGE_HEADER_BACKGROUND', 'DYNAMIC')]
    expect(sheetOf({ 'categories.global.colorSchemeMode': 'DARK' }, images)).toContain(`{--ground-image:${url('page-background.dark')}}`)
    expect(sheetOf({ 'components.form.backgroundImage.enabled': true }, images)).toContain(`{--card-image:${url('form-background.light')}}`)
    const off = { 'components.pageBackground.image.enabled': false, 'categories.global.colorSchemeMode': 'DARK' }
    expect(sheetOf(off, images)).not.toContain('image')
    const header = { 'components.pageHeader.backgroundImage.enabled': true, 'categories.global.colorSchemeMode': 'DYNAMIC' }
    const both = sheetOf(header, images)
    expect(both).toContain(`--ground-image:none;--header-image:${url('page-header-background.dynamic')}`)
    expect(both).toContain(`--ground-image:${url('page-background.dark')};--header-image:${url('page-header-background.dynamic')}`)
  })

  it("has the images beside AWS's own values, in the mode of plain pages", () => {
    const sheet = managedSheet('abc', styleOf(undefined, [placed('PAGE_BACKGROUND', 'DYNAMIC')]))
    expect(sheet.match(/--ground-image:url/g)).toHaveLength(2)
    expect(sheet).toMatch(sound)
  })

  it('sets what the pages use, and nothing else', () => {
    const backgrounds = ['PAGE_BACKGROUND', 'FORM_BACKGROUND', 'PAGE_HEADER_BACKGROUND', 'PAGE_FOOTER_BACKGROUND'] as const
    const sheet = managedSheet(
      'abc',
      styleOf(
        fullStyle,
        backgrounds.map((category) => placed(category, 'DYNAMIC')),
      ),
    )
    const names = new Set(sheet.match(/--[a-z-]+(?=:)/g))
    expect(names.size).toBe(48)
    const pages = readFileSync(new URL('../pages/assets/pages.css', import.meta.url), 'utf8')
    expect([...names].filter((name) => !pages.includes(`var(${name}`))).toEqual([])
  })

  it('is another one only under another address', () => {
    const sheet = managedSheet('abc', styleOf(fullStyle))
    // Where this differs, `revision` in branding-url.ts has to grow too, or browsers stay with the sheet that they have.
    expect([styleVersion(styleOf(fullStyle)), createHash('sha256').update(sheet).digest('hex').slice(0, 16)]).toEqual([
      '2.1f2e3d4c.3.1',
      'e1dcec43ecaf5b98',
    ])
  })

  it('takes nothing from a prototype', () => {
    const settings = JSON.parse('{"components":{"__proto__":{"form":{"borderRadius":5}},"constructor":{"x":1}}}')
    expect(managedSheet('abc', styleOf(settings))).not.toContain('px')
  })

  it('is sound whatever is stored', () => {
    const hostile = fc.constantFrom<Document>(
      ...[
        '</style><script>alert(1)</script>',
        'url(javascript:alert(1))',
        '@import "x"',
        'expression(alert(1))',
        '\\66 fffffff',
        'ffffff/*',
        '}}body{',
      ],
      ...['ffffffff;}', ' ffffffff', 'ffffffff\n', '#ffffffff', 'FFFFFFFF', '0972d3ff', '', 'DYNAMIC', 'DARK', 'light'],
      ...[0, -1, 1e9, 1e-9, 8, 12.345, Number.NaN, Number.POSITIVE_INFINITY, true, false, null],
    )
    const leaf = fc.oneof(
      { weight: 4, arbitrary: hostile },
      fc.string(),
      fc.array(hostile, { maxLength: 2 }),
      fc.constant<Document>({ color: 'x' }),
    )
    const modes = ['lightMode', 'darkMode'].flatMap((mode) => [
      ...[
        `components.pageBackground.${mode}.color`,
        `components.form.${mode}.backgroundColor`,
        `components.pageHeader.${mode}.background.color`,
      ],
      ...[
        `components.primaryButton.${mode}.hover.textColor`,
        `componentClasses.input.${mode}.defaults.borderColor`,
        `componentClasses.${mode}`,
      ],
    ])
    const paths = fc.constantFrom(
      ...modes,
      ...[
        'components.form.borderRadius',
        'componentClasses.input.borderRadius',
        'components.form',
        'components.pageBackground.image.enabled',
      ],
      ...['components.form.backgroundImage.enabled', 'categories.global.colorSchemeMode', 'categories.global'],
    )
    const images = fc.array(
      fc
        .tuple(
          fc.constantFrom('PAGE_BACKGROUND', 'FORM_BACKGROUND', 'PAGE_FOOTER_BACKGROUND'),
          fc.constantFrom('LIGHT', 'DARK', 'DYNAMIC'),
          fc.option(fc.stringMatching(/^[\w\- ]{1,40}$/), { nil: undefined }),
        )
        .map(([category, mode, id]) => placed(category as 'PAGE_BACKGROUND', mode as 'LIGHT', id)),
    )
    let longest = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(paths, leaf), { maxLength: 12 }), images, (values, found) => {
        let settings: ReturnType<typeof settingsWith>
        try {
          settings = settingsWith(Object.fromEntries(values))
        } catch {
          return // Two paths of which one goes through the other's text.
        }
        const sheet = managedSheet('abc+1', styleOf(settings, found))
        expect(sheet).toMatch(sound)
        longest = Math.max(longest, sheet.length)
      }),
      { numRuns: 3000 },
    )
    expect(longest).toBeGreaterThan(300)
  })
})
