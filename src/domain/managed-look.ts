import { sheetUrl, styleVersion } from './branding-url.ts'
import type { LoginBranding } from './login-branding.ts'
import { type Bar, type FormLogo, type Graphic, type Look, type Picture, plainLook, type Side } from './look.ts'
import { type StylePictures, styleMode, stylePictures } from './style-pictures.ts'
import { type Setting, settingAt, switchAt, wordAt } from './style-setting.ts'

/**
 * The look of managed login with a client's style, or with none; its URLs are below the path `root` of the public URL. What a style leaves out is as in AWS's example of a whole one
 * (API_CreateManagedLoginBranding): no header, no footer, no logo, everything in the middle.
 * guess: Settings mean what their names say, words are START, CENTER and END, TOP and BOTTOM, IN and OUT, COMPACT.
 */
export const managedLook = (clientId: string, branding: LoginBranding | undefined, root = ''): Look => {
  if (branding === undefined || isPlain(branding)) return plainLook(2)
  const { Settings } = branding
  const pictures = stylePictures(clientId, branding, root)
  return {
    version: 2,
    mode: styleMode(branding),
    compact: wordAt(Settings, 'categories.global.spacingDensity', ['regular', 'compact']) === 'compact',
    sheetUrl: sheetUrl(clientId, styleVersion(branding), root),
    logo: logoOf(Settings, pictures),
    favicon: faviconOf(Settings, pictures),
    header: barOf(Settings, pictures, 'pageHeader', 'PAGE_HEADER_LOGO'),
    footer: barOf(Settings, pictures, 'pageFooter', 'PAGE_FOOTER_LOGO'),
    form: {
      horizontal: wordAt(Settings, 'categories.form.location.horizontal', sides),
      vertical: wordAt(Settings, 'categories.form.location.vertical', sides),
    },
    graphics: switchAt(Settings, 'categories.form.displayGraphics', true) ? graphicsOf(pictures) : {},
    providers: {
      first: providersFirst(Settings),
      withIcons: switchAt(Settings, 'componentClasses.idpButtons.icons.enabled', true),
      icons: pictures.byResource('IDP_BUTTON_ICON'),
    },
  }
}

const isPlain = ({ Settings, images }: LoginBranding): boolean => Settings === undefined && images.length === 0

const sides: readonly [Side, ...Side[]] = ['center', 'start', 'end']

const logoOf = (settings: Setting, pictures: StylePictures): FormLogo | undefined => {
  const picture = pictures.of('FORM_LOGO')
  if (picture === undefined || !switchAt(settings, 'components.form.logo.enabled', false)) return undefined
  return {
    picture,
    side: wordAt(settings, 'components.form.logo.location', sides),
    edge: wordAt(settings, 'components.form.logo.position', ['top', 'bottom']),
    inside: wordAt(settings, 'components.form.logo.formInclusion', ['in', 'out']) === 'in',
  }
}

/** guess: a favicon is shown when its type is among the enabledTypes, or when there is no such list. */
const faviconOf = (settings: Setting, pictures: StylePictures): Look['favicon'] => {
  const types = settingAt(settings, 'components.favicon.enabledTypes')
  const enabled = (type: string) => !Array.isArray(types) || types.includes(type)
  return {
    ico: enabled('ICO') ? pictures.of('FAVICON_ICO') : undefined,
    svg: enabled('SVG') ? pictures.of('FAVICON_SVG') : undefined,
  }
}

const barOf = (
  settings: Setting,
  pictures: StylePictures,
  bar: 'pageHeader' | 'pageFooter',
  category: 'PAGE_HEADER_LOGO' | 'PAGE_FOOTER_LOGO',
): Bar | undefined => {
  if (!switchAt(settings, `categories.global.${bar}.enabled`, false)) return undefined
  return {
    logo: switchAt(settings, `components.${bar}.logo.enabled`, false) ? pictures.of(category) : undefined,
    side: wordAt(settings, `components.${bar}.logo.location`, ['start', 'center', 'end']),
  }
}

const graphics = {
  email: 'EMAIL_GRAPHIC',
  sms: 'SMS_GRAPHIC',
  authApp: 'AUTH_APP_GRAPHIC',
  password: 'PASSWORD_GRAPHIC',
  passkey: 'PASSKEY_GRAPHIC',
} as const satisfies Record<Graphic, string>

const graphicsOf = (pictures: StylePictures): Look['graphics'] => {
  const found: Partial<Record<Graphic, Picture>> = {}
  for (const name of Object.keys(graphics) as Graphic[]) {
    const picture = pictures.of(graphics[name])
    if (picture !== undefined) found[name] = picture
  }
  return found
}

/** Whether providers stand above the form: authMethodOrder is a list of lists of ways to sign in. */
const providersFirst = (settings: Setting): boolean => {
  const order = settingAt(settings, 'categories.auth.authMethodOrder')
  const types = Array.isArray(order) ? order.flat().map((way) => settingAt(way, 'type')) : []
  return types.includes('USERNAME_PASSWORD') && types.indexOf('FEDERATED') === 0
}
