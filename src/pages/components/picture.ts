import type { Look, Picture } from '../../domain/look.ts'
import { type Html, html, nothing } from '../html.ts'

/** An image of the branding as the page's mode wants it: nothing in a mode that has none. It decorates, so that readers pass over it. */
export const picture = ({ light, dark }: Picture, mode: Look['mode'], name: string): Html => {
  const image = (url: string, more = '') => html`<img class="${name}${more}" src="${url}" alt="">`
  if (mode === 'light' || light === dark) return light ? image(light) : nothing
  if (mode === 'dark') return dark ? image(dark) : nothing
  if (light && dark) {
    return html`<picture><source media="(prefers-color-scheme: dark)" srcset="${dark}">${image(light)}</picture>`
  }
  return light ? image(light, ' light-only') : dark ? image(dark, ' dark-only') : nothing
}
