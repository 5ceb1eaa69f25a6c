/** The regions that a server answers for; undefined = any. */
export interface Regions {
  readonly served: readonly string[] | undefined
  readonly default: string
}

/** The region that an AWS-style host names (`cognito-idp.eu-west-1.amazonaws.com`, `cognito-idp-fips.…`); undefined when it names none. */
export const regionOfHost = (host: string | undefined): string | undefined =>
  host === undefined ? undefined : /^cognito-idp(?:-fips)?\.([a-z]{2,}(?:-[a-z]+)+-\d{1,2})(?:[.:]|$)/i.exec(host)?.[1]?.toLowerCase()

/** Where an unsigned call goes: the host's region, else the default one. */
export const regionOfUnsigned = (host: string | undefined, regions: Regions): string => servedRegion(host, regions) ?? regions.default

/** The host's region; the default one where the server does not answer for it; undefined when the host names none. */
const servedRegion = (host: string | undefined, { served, default: fallback }: Regions): string | undefined => {
  const named = regionOfHost(host)
  return named === undefined || served === undefined || served.includes(named) ? named : fallback
}

/**
 * The region that a signature's scope has to name: the host's where it names one, else the scope's own when the server answers for
 * it, else the default one, which a foreign scope then fails to equal.
 */
export const requiredRegion = (host: string | undefined, scopeRegion: string, regions: Regions): string => {
  const named = servedRegion(host, regions)
  if (named !== undefined) return named
  // The region becomes a part of pool ids and ARNs, so where any will do it must still look like one.
  const isServed = regions.served === undefined ? /^[a-z0-9-]{1,32}$/.test(scopeRegion) : regions.served.includes(scopeRegion)
  return isServed ? scopeRegion : regions.default
}
