/** A rule of the classic pages' style sheet that was found sound: it may stand in a page as it is. */
export interface UiCssRule {
  /** One class, maybe with its state: `.submitButton-customizable:hover`. */
  readonly selector: string
  readonly declarations: readonly UiCssDeclaration[]
}

/** A property that may be set, and a value without anything that loads, runs or ends the declaration. */
export interface UiCssDeclaration {
  readonly property: string
  readonly value: string
}

/** Classes of the developer guide, "Specifying CSS customizations in classic branding". */
const selectors: ReadonlySet<string> = new Set(
  [
    'background',
    'banner',
    'errorMessage',
    'idpButton',
    'idpButton:hover',
    'idpDescription',
    'inputField',
    'inputField:focus',
    'label',
    'legalText',
    'logo',
    'passwordCheck-valid',
    'passwordCheck-notValid',
    'redirect',
    'socialButton',
    'submitButton',
    'submitButton:hover',
    'textDescription',
  ].map((name) => `.${name.replace(/(?=:)|$/, '-customizable')}`),
)

/** Properties of the same section, and those of the example in API_SetUICustomization. */
const properties: ReadonlySet<string> = new Set([
  'background',
  'background-color',
  'border',
  'border-color',
  'border-radius',
  'box-sizing',
  'color',
  'display',
  'font-size',
  'font-weight',
  'height',
  'margin',
  'margin-bottom',
  'max-height',
  'max-width',
  'outline',
  'padding',
  'padding-bottom',
  'padding-top',
  'text-align',
  'width',
])

const number = String.raw`[+-]?(?:\d{1,6}(?:\.\d{0,6})?|\.\d{1,6})(?:px|em|rem|ex|ch|pt|pc|cm|mm|in|vh|vw|deg|turn|rad|%)?`
const colour = String.raw`#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([0-9a-z%.,/ +-]{1,64}\)`
const token = `(?:${colour}|${number}|[a-z](?:[a-z-]{0,30}))`
const value = new RegExp(`^${token}(?: ${token}){0,7}(?: ?!important)?$`, 'i')

/**
 * The rules of a style sheet for the classic pages, or why it is refused. Only the guide's classes and properties pass, and values of
 * numbers, keywords and colours: no URLs, no at-rules, no quotes, no escapes, no markup. The sentence on classes is as clients report it.
 * guess: every customizable class takes every customizable property, and the other sentences about wrong CSS are our own.
 */
export const parseUiCss = (css: string): { readonly rules: readonly UiCssRule[] } | { readonly fault: string } => {
  const text = withoutComments(css)
  if (text === undefined) return { fault: 'The CSS has a comment without an end.' }
  const rules: UiCssRule[] = []
  const parts = text.split('}')
  if (parts.pop()?.trim() !== '') return { fault: 'The CSS has a rule without an end.' }
  for (const part of parts) {
    const rule = readRule(part)
    if (typeof rule === 'string') return { fault: rule }
    rules.push(rule)
  }
  return { rules }
}

const withoutComments = (css: string): string | undefined => {
  const [first = '', ...others] = css.split('/*')
  const kept = [first]
  for (const other of others) {
    const end = other.indexOf('*/')
    if (end === -1) return undefined
    kept.push(' ', other.slice(end + 2))
  }
  return kept.join('')
}

const shown = (text: string): string => text.slice(0, 64).toWellFormed()

const readRule = (part: string): UiCssRule | string => {
  const [head = '', body, ...more] = part.split('{')
  const selector = head.trim()
  if (body === undefined || more.length > 0) return 'The CSS has a rule that is not of the form .class { property: value; }.'
  if (!selectors.has(selector)) return `The CSS class ${shown(selector)} is not in the list of allowed classes.`
  const declarations: UiCssDeclaration[] = []
  for (const text of body.split(';')) {
    if (text.trim() === '') continue
    const declaration = readDeclaration(text)
    if (typeof declaration === 'string') return declaration
    declarations.push(declaration)
  }
  return { selector, declarations }
}

const readDeclaration = (text: string): UiCssDeclaration | string => {
  const colon = text.indexOf(':')
  if (colon === -1) return `The CSS declaration ${shown(text.trim())} has no value.`
  const property = text.slice(0, colon).trim().toLowerCase()
  if (!properties.has(property)) return `The CSS property ${shown(property)} can not be customized.`
  const given = text
    .slice(colon + 1)
    .trim()
    .replace(/\s+/g, ' ')
  if (given.length > 200 || !value.test(given)) return `The value of the CSS property ${property} is not allowed.`
  return { property, value: given }
}
