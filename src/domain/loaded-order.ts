import { loadedPeriods } from './loaded-user.ts'

/** Users that have one value of an attribute: those whose number leaves one of the remainders when divided by the period. */
export interface ValueClass {
  readonly period: number
  /** Ascending. */
  readonly remainders: readonly number[]
}

/**
 * The classes of users by their value of an attribute, in the order of the values; an attribute that everybody has another value of, which
 * ascends with the number, is one class. `valueAt` answers undefined for users without the attribute.
 */
export const valueClasses = (attribute: string, valueAt: (index: number) => string | undefined): readonly ValueClass[] => {
  const period = loadedPeriods[attribute] ?? 1
  const numbers = Array.from({ length: period }, (_, index) => index).filter((index) => valueAt(index) !== undefined)
  // Whether it is shared: the next period's first has the same value.
  const isShared = numbers.some((index) => valueAt(index) === valueAt(index + period))
  if (!isShared) return [{ period, remainders: numbers }]
  const byValue = Map.groupBy(numbers, (index) => valueAt(index) ?? '')
  return [...byValue.keys()].sort().map((value) => ({ period, remainders: byValue.get(value) ?? [] }))
}

/** How many numbers of the class are below `end`. */
const countBelow = ({ period, remainders }: ValueClass, end: number): number => {
  const rest = end % period
  return Math.floor(end / period) * remainders.length + remainders.filter((one) => one < rest).length
}

/** How many numbers from `from` to `to` (exclusive) the classes hold. */
export const countInClasses = (classes: readonly ValueClass[], from: number, to: number): number =>
  classes.reduce((sum, one) => sum + countBelow(one, to) - countBelow(one, from), 0)

/** The numbers from `from` to `to` (exclusive) class by class, ascending in each: of that sequence `count` from place `start` on. */
export const numbersInOrder = (
  classes: readonly ValueClass[],
  { from, to }: { readonly from: number; readonly to: number },
  start: number,
  count: number,
): number[] => {
  const numbers: number[] = []
  let before = 0
  for (const one of classes) {
    const { period, remainders } = one
    const first = countBelow(one, from)
    const size = countBelow(one, to) - first
    const begin = Math.max(0, start - before)
    for (let place = begin; place < size && numbers.length < count; place += 1) {
      const at = first + place
      numbers.push(Math.floor(at / remainders.length) * period + (remainders[at % remainders.length] ?? 0))
    }
    before += size
    if (numbers.length === count) break
  }
  return numbers
}
