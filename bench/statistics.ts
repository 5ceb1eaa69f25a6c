/** The value below which `share` (0 to 1) of the sorted numbers lie. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN

const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b)

/** The middle one. */
export const median = (numbers: readonly number[]): number => quantile(ascending(numbers), 0.5)

/** Median and 99th percentile. */
export const percentiles = (numbers: readonly number[]): { p50: number; p99: number } => {
  const sorted = ascending(numbers)
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }
}
