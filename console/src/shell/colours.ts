import { applyMode, Mode } from '@cloudscape-design/global-styles'

const key = 'poolhouse.colours'

/** Light or dark. */
export type Colours = 'light' | 'dark'

/** What was chosen, or else what the system prefers. */
export const colours = (): Colours => {
  const chosen = localStorage.getItem(key)
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Paints the page. */
export const applyColours = (): void => applyMode(colours() === 'dark' ? Mode.Dark : Mode.Light)

/** Chooses, and paints the page. */
export const chooseColours = (chosen: Colours): void => {
  localStorage.setItem(key, chosen)
  applyColours()
}
