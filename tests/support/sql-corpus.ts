import { readdirSync, readFileSync } from 'node:fs'

/** A statement of the storage layer and the file that holds it. */
export interface SqlSource {
  readonly file: string
  readonly sql: string
}

const folder = new URL('../../src/storage/sql/', import.meta.url)
const form =
  /`((?:SELECT|INSERT|UPDATE|DELETE|CREATE|WITH|ALTER|DROP)\b[^`]*)`|'((?:SELECT|INSERT|UPDATE|DELETE|CREATE|WITH|ALTER|DROP)\b[^'\n]*)'/g

/** Every SQL statement that stands in the source of the verbs: all that the program can send, because none is put together at run time. */
export const sqlCorpus = (): readonly SqlSource[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) =>
      [...readFileSync(new URL(file, folder), 'utf8').matchAll(form)].map((match) => ({ file, sql: match[1] ?? match[2] ?? '' })),
    )
