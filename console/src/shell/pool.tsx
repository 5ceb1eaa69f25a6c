import { createContext, type ReactNode, useContext } from 'react'
import type { UserPoolType } from '../../../src/model/types.gen.ts'
import { ApiError } from '../api/api-error.ts'
import { call } from '../api/call.ts'
import { type Loaded, useLoad } from '../hooks/use-load.ts'

const noSuchPool = 'ResourceNotFoundException'

const PoolContext = createContext<Loaded<UserPoolType | undefined> | undefined>(undefined)

/** Whether a text can be the id of a user pool at all, `<region>_<name>`. */
export const isPoolId = (text: string): boolean => /^[a-z0-9-]+_[\w-]+$/i.test(text)

/** Why there is no such user pool, in the API's words; undefined where there is one, or nobody knows. */
export const missingPool = (pool: Loaded<UserPoolType | undefined> | undefined): string | undefined =>
  pool?.error?.code === noSuchPool ? pool.error.message : undefined

/** Loads the user pool that the address names, if it names one, once for all that is shown of it. */
export const PoolProvider = ({ poolId, children }: { readonly poolId: string | undefined; readonly children: ReactNode }) => {
  const load = async (signal: AbortSignal) => {
    if (poolId === undefined) return undefined
    if (!isPoolId(poolId)) throw new ApiError(noSuchPool, `User pool ${poolId} does not exist.`)
    return (await call('DescribeUserPool', { UserPoolId: poolId }, signal)).UserPool
  }
  const pool = useLoad(load, `pool ${poolId}`)
  return <PoolContext value={poolId === undefined ? undefined : pool}>{children}</PoolContext>
}

/** The user pool of the address; undefined outside user pools. Reload it after changing it. */
export const usePool = (): Loaded<UserPoolType | undefined> | undefined => useContext(PoolContext)
