import type { StyleSettings } from '../../../src/domain/login-branding.ts'

const keyOf = (styleId: string) => `poolhouse.style.${styleId}`

/** Keeps the settings that a style is to have in this browser, where they outlive the tab, until `dropWantedStyle`. */
export const keepWantedStyle = (styleId: string, settings: StyleSettings): void =>
  localStorage.setItem(keyOf(styleId), JSON.stringify(settings))

/** Forgets them. */
export const dropWantedStyle = (styleId: string): void => localStorage.removeItem(keyOf(styleId))

/** The settings that a style was to have when its replacement was interrupted; undefined for none. */
export const findWantedStyle = (styleId: string): StyleSettings | undefined => {
  try {
    return (JSON.parse(localStorage.getItem(keyOf(styleId)) ?? 'null') as StyleSettings | null) ?? undefined
  } catch {
    return undefined
  }
}
