import type { en } from './en.ts'

type English = typeof en

/** What the file of a language has: every key of the English one, with the same places in its text. */
export type Catalogue = { readonly [Group in keyof English]: { readonly [Key in keyof English[Group]]: string } }
