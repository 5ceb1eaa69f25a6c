import { isObject } from '../../../src/domain/is-object.ts'
import type { StyleSettings } from '../../../src/domain/login-branding.ts'
import { loginBrandingFault, mergedSettings } from '../../../src/domain/login-branding-rules.ts'
import type { AssetType, Document } from '../../../src/model/types.gen.ts'

/** The main colours of a style: `*` in a path stands for `lightMode` or `darkMode`. */
export const styleColours: readonly { readonly title: string; readonly colours: readonly (readonly [label: string, path: string])[] }[] = [
  {
    title: 'Page',
    colours: [
      ['Background', 'components.pageBackground.*.color'],
      ['Heading', 'components.pageText.*.headingColor'],
      ['Text', 'components.pageText.*.bodyColor'],
      ['Description', 'components.pageText.*.descriptionColor'],
    ],
  },
  {
    title: 'Form',
    colours: [
      ['Background', 'components.form.*.backgroundColor'],
      ['Border', 'components.form.*.borderColor'],
    ],
  },
  {
    title: 'Primary button',
    colours: [
      ['Background', 'components.primaryButton.*.defaults.backgroundColor'],
      ['Text', 'components.primaryButton.*.defaults.textColor'],
      ['Background under the pointer', 'components.primaryButton.*.hover.backgroundColor'],
      ['Text under the pointer', 'components.primaryButton.*.hover.textColor'],
    ],
  },
  {
    title: 'Secondary button',
    colours: [
      ['Background', 'components.secondaryButton.*.defaults.backgroundColor'],
      ['Text', 'components.secondaryButton.*.defaults.textColor'],
      ['Border', 'components.secondaryButton.*.defaults.borderColor'],
    ],
  },
  {
    title: 'Input fields',
    colours: [
      ['Background', 'componentClasses.input.*.defaults.backgroundColor'],
      ['Border', 'componentClasses.input.*.defaults.borderColor'],
      ['Label', 'componentClasses.inputLabel.*.textColor'],
      ['Focus', 'componentClasses.focusState.*.borderColor'],
    ],
  },
  {
    title: 'Links',
    colours: [
      ['Text', 'componentClasses.link.*.defaults.textColor'],
      ['Text under the pointer', 'componentClasses.link.*.hover.textColor'],
    ],
  },
]

/** Rounded corners, in pixels. */
export const styleRadii = [
  ['Form corners', 'components.form.borderRadius'],
  ['Input field corners', 'componentClasses.input.borderRadius'],
  ['Button corners', 'componentClasses.buttons.borderRadius'],
  ['Alert corners', 'components.alert.borderRadius'],
] as const

/** Words that a style chooses among; the first is the default. */
export const styleWords = [
  ['Colour mode', 'categories.global.colorSchemeMode', ['LIGHT', 'DARK', 'DYNAMIC']],
  ['Spacing', 'categories.global.spacingDensity', ['REGULAR', 'COMPACT']],
  ['Horizontal place of the form', 'categories.form.location.horizontal', ['CENTER', 'START', 'END']],
  ['Vertical place of the form', 'categories.form.location.vertical', ['CENTER', 'START', 'END']],
  ['Logo at the', 'components.form.logo.location', ['CENTER', 'START', 'END']],
] as const

/** Switches of a style, and what they are where nobody set them. */
export const styleSwitches = [
  ['Show the form logo', 'components.form.logo.enabled', false],
  ['Show the background image of the page', 'components.pageBackground.image.enabled', true],
  ['Show the background image of the form', 'components.form.backgroundImage.enabled', false],
  ['Show a page header', 'categories.global.pageHeader.enabled', false],
  ['Show the logo in the header', 'components.pageHeader.logo.enabled', false],
  ['Show a page footer', 'categories.global.pageFooter.enabled', false],
  ['Show the logo in the footer', 'components.pageFooter.logo.enabled', false],
  ['Show graphics above forms', 'categories.form.displayGraphics', true],
] as const

/** The settings of a JSON text, or what is wrong with it. */
export const parseStyle = (text: string): { readonly settings: StyleSettings } | { readonly fault: string } => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { fault: `This is no JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
  const fault = loginBrandingFault({ Settings: value as Document })
  return fault === undefined ? { settings: value as StyleSettings } : { fault }
}

/** Settings as the JSON editor shows them. */
export const styleText = (settings: Document | undefined): string => JSON.stringify(settings ?? {}, null, 2)

/** Settings with a value at a path; undefined takes it away with the objects that it leaves empty. */
export const withSetting = (settings: StyleSettings, path: string, value: Document | undefined): StyleSettings => {
  const [name = '', ...rest] = path.split('.')
  const { [name]: old, ...others } = settings
  if (rest.length === 0) return value === undefined ? others : { ...settings, [name]: value }
  const inner = withSetting(isObject(old) ? (old as StyleSettings) : {}, rest.join('.'), value)
  return Object.keys(inner).length === 0 ? others : { ...settings, [name]: inner }
}

/** A colour as it was typed, with or without `#` and transparency, as settings write it. */
export const typedColour = (text: string): string => {
  const digits = text.trim().replace(/^#/, '').toLowerCase()
  return /^[0-9a-f]{6}$/.test(digits) ? `${digits}ff` : digits
}

const canonical = (value: unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, one]) => [name, canonical(one)]),
      )
    : value

/** Whether an update can make the settings of the old ones: it puts members over them and takes none away (API_UpdateManagedLoginBranding). */
export const onlyAdds = (old: StyleSettings, settings: StyleSettings): boolean =>
  JSON.stringify(canonical(mergedSettings(old, settings))) === JSON.stringify(canonical(settings))

/** What an upload switches on, so that the image is shown. */
export const switchedOnBy = (category: AssetType['Category']): StyleSettings => {
  const paths: Partial<Record<AssetType['Category'], readonly string[]>> = {
    FORM_LOGO: ['components.form.logo.enabled'],
    PAGE_BACKGROUND: ['components.pageBackground.image.enabled'],
    FORM_BACKGROUND: ['components.form.backgroundImage.enabled'],
    PAGE_HEADER_LOGO: ['categories.global.pageHeader.enabled', 'components.pageHeader.logo.enabled'],
    PAGE_HEADER_BACKGROUND: ['categories.global.pageHeader.enabled', 'components.pageHeader.backgroundImage.enabled'],
    PAGE_FOOTER_LOGO: ['categories.global.pageFooter.enabled', 'components.pageFooter.logo.enabled'],
    PAGE_FOOTER_BACKGROUND: ['categories.global.pageFooter.enabled', 'components.pageFooter.backgroundImage.enabled'],
  }
  return (paths[category] ?? []).reduce<StyleSettings>((settings, path) => withSetting(settings, path, true), {})
}
