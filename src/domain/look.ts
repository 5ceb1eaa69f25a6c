import type { PagesVersion } from './pages-version.ts'

/** How a page looks: what its markup has to know, beside the colours and measures of its style sheets. */
export interface Look {
  readonly version: PagesVersion
  /** `data-mode` of the page; `dynamic` follows the browser. */
  readonly mode: 'light' | 'dark' | 'dynamic'
  /** Whether elements stand closer together. */
  readonly compact: boolean
  /** The operator's sheet, to be linked after the static one; absent where the static one is all there is. */
  readonly sheetUrl?: string | undefined
  readonly logo?: FormLogo | undefined
  readonly favicon: { readonly ico?: Picture | undefined; readonly svg?: Picture | undefined }
  /** Absent: the page has no header. */
  readonly header?: Bar | undefined
  readonly footer?: Bar | undefined
  /** Where on the page the form stands. */
  readonly form: { readonly horizontal: Side; readonly vertical: Side }
  /** Pictures above forms, by what the form asks for. */
  readonly graphics: Readonly<Partial<Record<Graphic, Picture>>>
  /** How other ways to sign in are offered; `icons` has pictures of the operator by provider. */
  readonly providers: { readonly first: boolean; readonly withIcons: boolean; readonly icons: Readonly<Record<string, Picture>> }
}

/** An edge, in the direction of reading. */
export type Side = 'start' | 'center' | 'end'

/**
 * An image by the mode that it is shown in, each a URL from the host's root; a page of a fixed mode has that one's alone, and where a
 * mode has none, nothing is shown.
 */
export interface Picture {
  readonly light?: string | undefined
  readonly dark?: string | undefined
}

/** The logo of the form. */
export interface FormLogo {
  readonly picture: Picture
  readonly side: Side
  readonly edge: 'top' | 'bottom'
  /** Whether it stands inside of the form's card. */
  readonly inside: boolean
}

/** A header or a footer. */
export interface Bar {
  readonly logo?: Picture | undefined
  readonly side: Side
}

/** What a form may ask for with a picture. */
export type Graphic = 'email' | 'sms' | 'authApp' | 'password' | 'passkey'

/**
 * The look of a client that nobody styled.
 * guess: a client without a style has pages that follow the browser's colour mode, where managed login would not be shown at all.
 */
export const plainLook = (version: PagesVersion): Look => ({
  version,
  mode: 'dynamic',
  compact: false,
  favicon: {},
  form: { horizontal: 'center', vertical: 'center' },
  graphics: {},
  providers: { first: false, withIcons: true, icons: {} },
})
