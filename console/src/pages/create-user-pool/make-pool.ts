import type { call } from '../../api/call.ts'
import { machineServerInput, newClientInput } from '../../api/new-client.ts'
import { prefixOf } from './domain-prefix.ts'
import { clientNameOf, clientOf, type NewPool, newPoolInput, poolNameOf, poolTier } from './new-pool.ts'

/** How far the making of a pool has come, under which names. */
export interface Progress {
  readonly poolId?: string
  readonly poolName?: string
  readonly domain?: string
  readonly hasScope?: boolean
  readonly clientId?: string
  readonly clientName?: string
}

/** Calls an operation. */
export type Call = typeof call

/** Who makes a pool, and with what. */
export interface Maker {
  readonly accountId: string
  /** Where login pages lead whose application has said nothing; undefined: such an application has none. */
  readonly exampleUrl?: string | undefined
  readonly call: Call
}

/**
 * Makes pool, domain, app client and the style of its login pages one after the other, and tells `note` what is there after each: with
 * that as `progress` the same call goes on after a refusal where it stopped. Throws what `call` throws. Resolves to the ids of pool and app
 * client.
 */
export const makePool = async (
  form: NewPool,
  { accountId, exampleUrl, call }: Maker,
  progress: Progress,
  note: (progress: Progress) => void,
): Promise<{ poolId: string; clientId: string }> => {
  let done = progress
  const add = (more: Progress) => {
    done = { ...done, ...more }
    note(done)
  }
  const make = async () => (await call('CreateUserPool', newPoolInput(form, accountId))).UserPool?.Id ?? ''
  const poolId = done.poolId ?? (await make())
  if (done.poolId === undefined) add({ poolId, poolName: poolNameOf(form) })
  if (done.domain === undefined) {
    const domain = form.prefix.trim() || prefixOf(poolId)
    await call('CreateUserPoolDomain', { UserPoolId: poolId, Domain: domain, ManagedLoginVersion: 2 })
    add({ domain })
  }
  if (form.type === 'machine' && !done.hasScope) {
    await call('CreateResourceServer', machineServerInput(poolId))
    add({ hasScope: true })
  }
  const connect = async () =>
    (await call('CreateUserPoolClient', newClientInput(poolId, clientOf(form), poolTier, exampleUrl))).UserPoolClient?.ClientId ?? ''
  const clientId = done.clientId ?? (await connect())
  if (done.clientId === undefined) add({ clientId, clientName: clientNameOf(form) })
  // Without a style managed login shows no pages for the client.
  if (form.type !== 'machine') {
    await call('CreateManagedLoginBranding', { UserPoolId: poolId, ClientId: clientId, UseCognitoProvidedValues: true })
  }
  return { poolId, clientId }
}
