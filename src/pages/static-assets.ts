import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { script, sheet } from './assets/texts.ts'

/** A file that every page may name, unchanged for as long as its address is. */
export interface StaticAsset {
  readonly type: string
  readonly body: string
  /** The same for who takes it so: a third of it. */
  readonly gzipped: Uint8Array
  /** The value of its `Cache-Control` header. */
  readonly cacheControl: string
}

const cacheControl = 'public, max-age=31536000, immutable'
const hashOf = (body: string) => createHash('sha256').update(body).digest('base64url').replaceAll(/[-_]/g, '').slice(0, 12)

/** The sheet without what only its authors need: comments, and spaces that part nothing. */
const lean = (css: string) =>
  css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{},;>]) ?/g, '$1')
    .replaceAll(/(?<=[{;][\w-]+): /g, ':')
    .replaceAll(';}', '}')
    .trim()

const body = { css: lean(sheet), js: script }

/** The address of the style sheet of all pages, which changes with its text. */
export const sheetUrl = `/assets/pages.${hashOf(body.css)}.css`

/** The address of the script of all pages, which changes with its text. */
export const scriptUrl = `/assets/pages.${hashOf(body.js)}.js`

const asset = (type: string, text: string): StaticAsset => ({ type, body: text, gzipped: gzipSync(text, { level: 9 }), cacheControl })

const assets = new Map([
  [sheetUrl, asset('text/css; charset=utf-8', body.css)],
  [scriptUrl, asset('text/javascript; charset=utf-8', body.js)],
])

/** The file at a path; undefined for any other path. */
export const staticAsset = (path: string): StaticAsset | undefined => assets.get(path)
