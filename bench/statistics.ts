/** The value below which `share` (0 to 1) of the sorted numbers lie. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN

const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b)

/** The middle one, or the mean of the two in the middle. */
export const median = (numbers: readonly number[]): number => {
  const sorted = ascending(numbers)
  const [lower = Number.NaN, upper = Number.NaN] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return (lower + upper) / 2
}

/** Median and 99th percentile. */
export const percentiles = (numbers: readonly number[]): { p50: number; p99: number } => {
  const sorted = ascending(numbers)
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }
}

/** The median of each number in objects of one shape; everything else is the same in all. */
export const middle = <T extends object>(of: readonly T[]): T =>
  Object.fromEntries(
    Object.entries(of[0] ?? {}).map(([name, value]) => [
      name,
      typeof value === 'number' ? median(of.map((one) => one[name as keyof T] as number)) : value,
    ]),
  ) as T
