import type { Document } from '../model/types.gen.ts'
import { isObject } from './is-object.ts'

/** A part of a settings document; undefined where there is none. */
export type Setting = Document | undefined

/** The value at a path such as `components.form.borderRadius`; undefined where the document has none of its own. */
export const settingAt = (settings: Setting, path: string): Setting =>
  path
    .split('.')
    .reduce<Setting>((value, name) => (isObject(value) && Object.hasOwn(value, name) ? (value[name] as Document) : undefined), settings)

/** A colour as CSS writes it; undefined for anything but eight hex digits. */
export const colourAt = (settings: Setting, path: string): string | undefined => {
  const value = settingAt(settings, path)
  return typeof value === 'string' && /^[0-9a-f]{8}$/i.test(value) ? `#${value.toLowerCase()}` : undefined
}

/** A measure as CSS writes it, rounded to hundredths of a pixel; undefined for anything but a number from 0 to 1000. */
export const pixelsAt = (settings: Setting, path: string): string | undefined => {
  const value = settingAt(settings, path)
  return typeof value === 'number' && value >= 0 && value <= 1000 ? `${Math.round(value * 100) / 100}px` : undefined
}

/** One of some words, in lower case; the first of them for anything else. */
export const wordAt = <W extends string>(settings: Setting, path: string, words: readonly [W, ...W[]]): W => {
  const value = settingAt(settings, path)
  const said = typeof value === 'string' ? value.toLowerCase() : undefined
  return words.find((word) => word === said) ?? words[0]
}

/** A switch, or what it is where nobody set it. */
export const switchAt = (settings: Setting, path: string, otherwise: boolean): boolean => {
  const value = settingAt(settings, path)
  return typeof value === 'boolean' ? value : otherwise
}
