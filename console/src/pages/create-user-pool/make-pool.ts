import type { call } from '../../api/call.ts'
import { machineServerInput, newClientInput } from '../../api/new-client.ts'
import { prefixOf } from './domain-prefix.ts'
import { clientOf, type NewPool, newPoolInput, poolTier } from './new-pool.ts'

/** How far the making of a pool has come. */
export interface Progress {
  poolId?: string
  hasDomain?: boolean
  hasScope?: boolean
  clientId?: string
  hasStyle?: boolean
}

/** Calls an operation. */
export type Call = typeof call

/**
 * Makes pool, domain, app client and the style of its login pages one after the other, and notes in `progress` what is there: after a
 * refusal the same call goes on where it stopped. Throws what `call` throws. Resolves to the ids of pool and app client.
 */
export const makePool = async (
  form: NewPool,
  accountId: string,
  progress: Progress,
  call: Call,
): Promise<{ poolId: string; clientId: string }> => {
  progress.poolId ??= (await call('CreateUserPool', newPoolInput(form, accountId))).UserPool?.Id ?? ''
  const { poolId } = progress
  if (!progress.hasDomain) {
    await call('CreateUserPoolDomain', { UserPoolId: poolId, Domain: form.prefix.trim() || prefixOf(poolId), ManagedLoginVersion: 2 })
    progress.hasDomain = true
  }
  if (form.type === 'machine' && !progress.hasScope) {
    await call('CreateResourceServer', machineServerInput(poolId))
    progress.hasScope = true
  }
  progress.clientId ??=
    (await call('CreateUserPoolClient', newClientInput(poolId, clientOf(form), poolTier))).UserPoolClient?.ClientId ?? ''
  const { clientId } = progress
  // Without a style managed login shows no pages for the client.
  if (form.type !== 'machine' && !progress.hasStyle) {
    await call('CreateManagedLoginBranding', { UserPoolId: poolId, ClientId: clientId, UseCognitoProvidedValues: true })
    progress.hasStyle = true
  }
  return { poolId, clientId }
}
