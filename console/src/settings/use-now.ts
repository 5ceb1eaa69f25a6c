import { useCall } from '../hooks/use-call.ts'
import type { Loaded } from '../hooks/use-load.ts'
import { usePool } from '../shell/pool.tsx'
import type { Now } from './setting.ts'

/** What the pool of the address is set to. */
export const useNow = (poolId: string): Loaded<Now> => {
  const pool = usePool()
  const mfa = useCall('GetUserPoolMfaConfig', { UserPoolId: poolId })
  const value = pool?.value !== undefined && mfa.value !== undefined ? { pool: pool.value, mfa: mfa.value } : undefined
  return {
    value,
    error: pool?.error ?? mfa.error,
    loading: (pool?.loading ?? false) || mfa.loading,
    reload: () => {
      pool?.reload()
      mfa.reload()
    },
  }
}
