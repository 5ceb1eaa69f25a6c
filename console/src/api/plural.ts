/** How many there are of something: `1 day`, `2 days`. */
export const plural = (count: number | string, what: string): string => `${count} ${what}${Number(count) === 1 ? '' : 's'}`
