import { useEffect, useRef, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'
import type { LoadPage } from '../api/paged.ts'
import { rowsOfAllPages } from '../api/rows-of-all-pages.ts'

/** All pages of a list, once somebody asked for them. */
export interface WholeList<R> {
  readonly rows: readonly R[] | undefined
  /** Whether there are more than are read. */
  readonly isCut: boolean
  readonly pending: boolean
  readonly error: ApiError | undefined
  readonly read: () => void
  readonly forget: () => void
}

type State<R> = Pick<WholeList<R>, 'rows' | 'isCut' | 'pending' | 'error'>

const nothing = { rows: undefined, isCut: false, pending: false, error: undefined }

/** Reads all pages of a list when it is told to; `key` names everything that `load` depends on, and another key forgets them. */
export const useWholeList = <R>(load: LoadPage<R>, key: string): WholeList<R> => {
  const [state, setState] = useState<State<R> & { readonly key: string }>({ ...nothing, key })
  const reading = useRef<AbortController>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked for under another key is not waited for
  useEffect(() => () => reading.current?.abort(), [key])
  const forget = () => {
    reading.current?.abort()
    setState({ ...nothing, key })
  }
  const read = async () => {
    reading.current?.abort()
    const controller = new AbortController()
    reading.current = controller
    const { signal } = controller
    setState({ ...nothing, pending: true, key })
    try {
      const found = await rowsOfAllPages(load, signal)
      if (!signal.aborted) setState({ ...nothing, ...found, key })
    } catch (error) {
      if (!signal.aborted) setState({ ...nothing, error: asApiError(error), key })
    }
  }
  return { ...(state.key === key ? state : nothing), read: () => void read(), forget }
}
