import { readFileSync } from 'node:fs'

const textOf = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

/** The style sheet as it was written; the build (scripts/build.mjs) puts the text in the place of the reading. */
export const sheet = textOf('pages.css')

/** The script as it was written. */
export const script = textOf('pages.js')
