import { useEffect, useState } from 'react'
import { asApiError } from '../api/api-error.ts'
import { keepWalk, keptWalk, type Walk } from '../api/kept-walk.ts'
import type { LoadPage } from '../api/paged.ts'
import type { ListState } from './use-list-state.ts'
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

/**
 * Walks through the pages of a list; `key` names everything that `load` depends on, and another key begins at the first page. `shown` has
 * the number of the page. A way to it that this tab knows under `name` is taken again; one that nobody knows begins at the first page,
 * because finding it would cost a call per page.
 */
export const usePages = <R>(load: LoadPage<R>, size: number, key: string, [shown, show]: ListState, name?: string): Pages<R> => {
  const whole = `${key} ${size}`
  const [walk, setWalk] = useState<Walk>(() => keptWalk(name, whole))
  // tokens[n] opens page n + 1; the first page needs none.
  const tokens = walk.key === whole ? walk.tokens : [undefined]
  const wanted = shown === '' ? 1 : Number(shown)
  const page = Number.isInteger(wanted) && wanted >= 1 && wanted <= tokens.length ? wanted : 1
  const goTo = (next: number) => {
    if (next >= 1 && next <= tokens.length) show(next === 1 ? '' : String(next))
  }
  useEffect(() => {
    if (wanted !== page) show('')
  }, [wanted, page, show])
  const { value, ...rest } = useLoad(async (signal) => {
    try {
      const { rows, next } = await load(size, tokens[page - 1], signal)
      const walked = { key: whole, tokens: next === undefined ? tokens.slice(0, page) : [...tokens.slice(0, page), next] }
      setWalk(walked)
      keepWalk(name, walked)
      return rows
    } catch (error) {
      // A way that was known yesterday may have ended.
      if (page > 1 && asApiError(error).code === 'InvalidParameterException') setWalk({ key: whole, tokens: [undefined] })
      throw error
    }
  }, `${whole} ${page}`)
  return { ...rest, rows: value ?? [], page, count: tokens.length, goTo }
}
