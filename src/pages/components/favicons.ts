import type { Look, Picture } from '../../domain/look.ts'
import { type Html, html, nothing } from '../html.ts'

/** The links to the icons of the browser's tab; an empty one keeps the browser from looking for /favicon.ico. */
export const favicons = ({ favicon: { ico, svg }, mode }: Pick<Look, 'favicon' | 'mode'>): Html =>
  ico || svg ? html`${iconLinks(ico, 'image/x-icon', mode)}${iconLinks(svg, 'image/svg+xml', mode)}` : html`<link rel="icon" href="data:,">`

const iconLinks = (icon: Picture | undefined, type: string, mode: Look['mode']): Html => {
  const { light, dark } = icon ?? {}
  const iconLink = (href: string, media: Html = nothing) => html`<link rel="icon" type="${type}" href="${href}"${media}>`
  if (light === dark || mode !== 'dynamic') {
    const url = mode === 'dark' ? dark : light
    return url ? iconLink(url) : nothing
  }
  return html`${light && iconLink(light, html` media="(prefers-color-scheme: light)"`)}${dark && iconLink(dark, html` media="(prefers-color-scheme: dark)"`)}`
}
