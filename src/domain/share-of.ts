/** The whole part of `total` that each of several sharers has, one at least. */
export const shareOf = (total: number, sharers: number): number => Math.max(1, Math.floor(total / sharers))
