import { useState } from 'react'
import type { LoadPage } from '../api/paged.ts'
import { type Loaded, useLoad } from './use-load.ts'

/** A list that is read page by page. */
export interface Pages<R> extends Omit<Loaded<readonly R[]>, 'value'> {
  readonly rows: readonly R[]
  /** From 1. */
  readonly page: number
  /** How many pages are known to be there. */
  readonly count: number
  readonly goTo: (page: number) => void
}

/** Walks through the pages of a list; `key` names everything that `load` depends on, and another key begins at the first page. */
export const usePages = <R>(load: LoadPage<R>, size: number, key: string): Pages<R> => {
  const whole = `${key} ${size}`
  // tokens[n] opens page n + 1; the first page needs none.
  const [walk, setWalk] = useState<{ key: string; page: number; tokens: readonly (string | undefined)[] }>({
    key: whole,
    page: 1,
    tokens: [undefined],
  })
  const { page, tokens } = walk.key === whole ? walk : { page: 1, tokens: [undefined] }
  const { value, ...rest } = useLoad(async (signal) => {
    const { rows, next } = await load(size, tokens[page - 1], signal)
    setWalk({ key: whole, page, tokens: next === undefined ? tokens.slice(0, page) : [...tokens.slice(0, page), next] })
    return rows
  }, `${whole} ${page}`)
  const goTo = (wanted: number) => {
    if (wanted >= 1 && wanted <= tokens.length) setWalk({ key: whole, page: wanted, tokens })
  }
  return { ...rest, rows: value ?? [], page, count: tokens.length, goTo }
}
