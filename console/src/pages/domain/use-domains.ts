import type { DomainDescriptionType } from '../../../../src/model/types.gen.ts'
import { call } from '../../api/call.ts'
import { type Loaded, useLoad } from '../../hooks/use-load.ts'
import { usePool } from '../../shell/pool.tsx'

/** The domains of the pool of the address; one that it lacks is absent. */
export interface PoolDomains {
  readonly prefix?: DomainDescriptionType | undefined
  readonly custom?: DomainDescriptionType | undefined
}

const describe = async (region: string, Domain: string | undefined, signal: AbortSignal) => {
  if (Domain === undefined) return undefined
  // The operation names no pool, so its region has to be said.
  return (await call('DescribeUserPoolDomain', { Domain }, signal, region)).DomainDescription
}

/** Loads both domains of the pool of the address; `reload` loads the pool too. */
export const useDomains = (poolId: string): Loaded<PoolDomains> => {
  const pool = usePool()
  const { Domain, CustomDomain } = pool?.value ?? {}
  const [region = ''] = poolId.split('_')
  const load = useLoad(
    async (signal): Promise<PoolDomains | undefined> => {
      if (pool?.value === undefined) return undefined
      const [prefix, custom] = await Promise.all([describe(region, Domain, signal), describe(region, CustomDomain, signal)])
      return { prefix, custom }
    },
    `domains ${poolId} ${pool?.value !== undefined} ${Domain} ${CustomDomain}`,
  )
  const reload = () => {
    pool?.reload()
    load.reload()
  }
  return { value: load.value, error: load.error ?? pool?.error, loading: load.loading || pool?.loading === true, reload }
}
