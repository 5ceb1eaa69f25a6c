import type { LoginBranding } from './login-branding.ts'
import type { Picture } from './look.ts'
import { styleMode, stylePictures } from './style-pictures.ts'
import { colourAt, pixelsAt, type Setting, switchAt } from './style-setting.ts'

type Mode = keyof Picture

/** Custom properties with the settings that they get their colours from; the star is `lightMode` or `darkMode`. */
const colours: Readonly<Record<string, string>> = {
  '--ground': 'components.pageBackground.*.color',
  '--card': 'components.form.*.backgroundColor',
  '--card-line': 'components.form.*.borderColor',
  '--heading': 'components.pageText.*.headingColor',
  '--text': 'components.pageText.*.bodyColor',
  '--muted': 'components.pageText.*.descriptionColor',
  '--line': 'componentClasses.divider.*.borderColor',
  '--label': 'componentClasses.inputLabel.*.textColor',
  '--hint': 'componentClasses.inputDescription.*.textColor',
  '--field': 'componentClasses.input.*.defaults.backgroundColor',
  '--field-line': 'componentClasses.input.*.defaults.borderColor',
  '--focus': 'componentClasses.focusState.*.borderColor',
  '--link': 'componentClasses.link.*.defaults.textColor',
  '--link-hover': 'componentClasses.link.*.hover.textColor',
  '--accent': 'components.primaryButton.*.defaults.backgroundColor',
  '--on-accent': 'components.primaryButton.*.defaults.textColor',
  '--accent-hover': 'components.primaryButton.*.hover.backgroundColor',
  '--on-accent-hover': 'components.primaryButton.*.hover.textColor',
  '--accent-active': 'components.primaryButton.*.active.backgroundColor',
  '--on-accent-active': 'components.primaryButton.*.active.textColor',
  '--second': 'components.secondaryButton.*.defaults.backgroundColor',
  '--second-line': 'components.secondaryButton.*.defaults.borderColor',
  '--on-second': 'components.secondaryButton.*.defaults.textColor',
  '--second-hover': 'components.secondaryButton.*.hover.backgroundColor',
  '--second-line-hover': 'components.secondaryButton.*.hover.borderColor',
  '--on-second-hover': 'components.secondaryButton.*.hover.textColor',
  '--second-active': 'components.secondaryButton.*.active.backgroundColor',
  '--second-line-active': 'components.secondaryButton.*.active.borderColor',
  '--on-second-active': 'components.secondaryButton.*.active.textColor',
  '--check-on': 'componentClasses.optionControls.*.selected.backgroundColor',
  '--on-menu-hover': 'componentClasses.dropDown.*.hover.itemTextColor',
  '--danger': 'componentClasses.statusIndicator.*.error.indicatorColor',
  '--danger-ground': 'components.alert.*.error.backgroundColor',
  '--danger-line': 'components.alert.*.error.borderColor',
  '--success': 'componentClasses.statusIndicator.*.success.indicatorColor',
  '--success-ground': 'componentClasses.statusIndicator.*.success.backgroundColor',
  '--success-line': 'componentClasses.statusIndicator.*.success.borderColor',
  '--header': 'components.pageHeader.*.background.color',
  '--header-line': 'components.pageHeader.*.borderColor',
  '--footer': 'components.pageFooter.*.background.color',
  '--footer-line': 'components.pageFooter.*.borderColor',
}

const radii: Readonly<Record<string, string>> = {
  '--radius-card': 'components.form.borderRadius',
  '--radius-field': 'componentClasses.input.borderRadius',
  '--radius-button': 'componentClasses.buttons.borderRadius',
  '--radius-alert': 'components.alert.borderRadius',
}

/** Background images: their category, the switch in the settings, and what it is where nobody set it. */
const images = [
  ['--ground-image', 'PAGE_BACKGROUND', 'components.pageBackground.image.enabled', true],
  ['--card-image', 'FORM_BACKGROUND', 'components.form.backgroundImage.enabled', false],
  ['--header-image', 'PAGE_HEADER_BACKGROUND', 'components.pageHeader.backgroundImage.enabled', false],
  ['--footer-image', 'PAGE_FOOTER_BACKGROUND', 'components.pageFooter.backgroundImage.enabled', false],
] as const

/** guess: a page of managed login shows its background image unless the settings switch it off; other backgrounds must be switched on. */
const backgrounds = (clientId: string, branding: LoginBranding, root: string): readonly (readonly [string, Picture])[] => {
  const pictures = stylePictures(clientId, branding, root)
  return images.flatMap(([property, category, path, otherwise]) => {
    const picture = switchAt(branding.Settings, path, otherwise) ? pictures.of(category) : undefined
    return picture === undefined ? [] : [[property, picture] as const]
  })
}

const valuesOf = (settings: Setting, mode: Mode): string[] =>
  Object.entries(colours).flatMap(([property, path]) => {
    const colour = colourAt(settings, path.replace('*', `${mode}Mode`))
    return colour === undefined ? [] : [`${property}:${colour}`]
  })

/**
 * The sheet of a client's style, its URLs below the path `root` of the public URL: custom properties alone, with colours, pixels and URLs of this server, for the modes that its pages can
 * have. Nothing of the settings gets into it as it stands.
 */
export const managedSheet = (clientId: string, branding: LoginBranding, root = ''): string => {
  const { Settings } = branding
  const mode = styleMode(branding)
  const behind = backgrounds(clientId, branding, root)
  const block = (of: Mode): string => {
    const urls = behind.map(([property, picture]) => `${property}:${picture[of] === undefined ? 'none' : `url("${picture[of]}")`}`)
    return `:root[data-mode="${mode}"]{${[...valuesOf(Settings, of), ...urls].join(';')}}`
  }
  const measures = Object.entries(radii).flatMap(([property, path]) => {
    const pixels = pixelsAt(Settings, path)
    return pixels === undefined ? [] : [`${property}:${pixels}`]
  })
  const modes =
    mode === 'dynamic' ? (['light', 'dark'] as const).map((of) => `@media (prefers-color-scheme:${of}){${block(of)}}`) : [block(mode)]
  return `${[`:root{${measures.join(';')}}`, ...modes].join('\n')}\n`
}
