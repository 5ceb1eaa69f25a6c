/** The domain that the console chooses: the pool's id without what a domain name can't have. A reserved word in it gets a hyphen. */
export const prefixOf = (poolId: string): string =>
  poolId
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '')
    .replace(/aws|amazon|cognito/g, (word) => `${word.slice(0, 2)}-${word.slice(2)}`)
    .slice(0, 63)
