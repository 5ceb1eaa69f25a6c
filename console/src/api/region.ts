const key = 'poolhouse.region'
const usedKey = 'poolhouse.regions'

const usedRegions = (): string[] => (localStorage.getItem(usedKey) ?? '').split(',').filter(Boolean)

/** The region of calls about no pool; undefined until somebody has chosen one. */
export const chosenRegion = (): string | undefined => localStorage.getItem(key) ?? undefined

/** Remembers the region, also for the list of those that were used. */
export const chooseRegion = (region: string): void => {
  localStorage.setItem(key, region)
  if (!usedRegions().includes(region)) localStorage.setItem(usedKey, [...usedRegions(), region].sort().join())
}

/** What the switcher offers: what the server names, and what was used before. */
export const knownRegions = (regions: readonly string[] | undefined, defaultRegion: string): readonly string[] =>
  regions ?? [...new Set([defaultRegion, ...usedRegions()])].sort()

/** The region that a pool's id or ARN names. */
export const regionOf = (input: object): string | undefined => {
  const { UserPoolId: poolId, ResourceArn: arn } = input as { UserPoolId?: unknown; ResourceArn?: unknown }
  if (typeof poolId === 'string') return poolId.split('_', 1)[0]
  return typeof arn === 'string' ? arn.split(':')[3] : undefined
}
