import { createContext, type ReactNode, useContext } from 'react'
import type { UserPoolType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { type Loaded, useLoad } from '../hooks/use-load.ts'

const PoolContext = createContext<Loaded<UserPoolType | undefined> | undefined>(undefined)

/** Loads the user pool that the address names, if it names one, once for all that is shown of it. */
export const PoolProvider = ({ poolId, children }: { readonly poolId: string | undefined; readonly children: ReactNode }) => {
  const load = async (signal: AbortSignal) =>
    poolId === undefined ? undefined : (await call('DescribeUserPool', { UserPoolId: poolId }, signal)).UserPool
  const pool = useLoad(load, `pool ${poolId}`)
  return <PoolContext value={poolId === undefined ? undefined : pool}>{children}</PoolContext>
}

/** The user pool of the address; undefined outside user pools. Reload it after changing it. */
export const usePool = (): Loaded<UserPoolType | undefined> | undefined => useContext(PoolContext)
