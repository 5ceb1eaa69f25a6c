import { parseUiCss, type UiCssRule } from './ui-css.ts'
import type { UiCustomization } from './ui-customization.ts'

/** The sheet of the classic pages: what `parseUiCss` lets pass, for pages of version 1 alone and before other rules for the same class. */
export const classicSheet = ({ css = '' }: Pick<UiCustomization, 'css'>): string => {
  const parsed = parseUiCss(css)
  return 'fault' in parsed ? '' : parsed.rules.map(written).join('')
}

const written = ({ selector, declarations }: UiCssRule): string => {
  if (declarations.length === 0) return ''
  const own = declarations.map(({ property, value }) => `${property}:${value}`)
  // Fields and buttons of ours have a least height, which would make nothing of a smaller one.
  const least = declarations.some(({ property }) => property === 'height') ? ['min-height:0'] : []
  return `:root[data-version="1"] ${selector}{${[...least, ...own].join(';')}}\n`
}
