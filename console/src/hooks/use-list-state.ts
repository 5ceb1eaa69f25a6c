import { useState } from 'react'
import { useLocation } from '../router/location.ts'
import { setQuery } from '../router/set-query.ts'

/** A text that says how a list is shown, e.g. its page; empty where it is as it begins. */
export type ListState = readonly [value: string, set: (value: string) => void]

/** Keeps such a text as a parameter of the address, or, for a list that shares its page with others, only as long as it is shown. */
export const useListState = (name: string, isInAddress: boolean): ListState => {
  const inAddress = useLocation().searchParams.get(name) ?? ''
  const own = useState('')
  return isInAddress ? [inAddress, (value) => setQuery({ [name]: value })] : own
}
