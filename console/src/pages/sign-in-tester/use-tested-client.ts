import type { UserPoolClientType } from '../../../../src/model/types.gen.ts'
import { ApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { type ClientSecret, openClient, secretOf } from '../../api/client-secret.ts'
import { useLoad } from '../../hooks/use-load.ts'
import { useLocation } from '../../router/location.ts'

/** An app client and what is known of its secret: `unknown` where the operator may not list them. */
export interface TestedClient {
  readonly settings: UserPoolClientType & { readonly ClientId: string }
  readonly secret: ClientSecret | 'unknown'
}

const clientOf = async (UserPoolId: string, ClientId: string, signal: AbortSignal): Promise<TestedClient> => {
  const ids = { UserPoolId, ClientId }
  try {
    const client = await openClient(ids, signal)
    return { settings: { ...client, ClientId }, secret: secretOf(client ?? {}) }
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'AccessDeniedException') throw error
    // An operator may be allowed to see the app client and not the list of its secrets.
    const { UserPoolClient: client } = await call('DescribeUserPoolClient', ids, signal)
    return { settings: { ...client, ClientId }, secret: 'unknown' }
  }
}

/** The app client that the address names, or the pool's first. */
export const useTestedClient = (poolId: string) => {
  const named = useLocation().searchParams.get('client')
  const first = useLoad(async (signal) => {
    if (named !== null) return named
    return (await call('ListUserPoolClients', { UserPoolId: poolId, MaxResults: 1 }, signal)).UserPoolClients?.[0]?.ClientId
  }, `tested client ${poolId} ${named}`)
  const clientId = first.value
  const found = useLoad(
    async (signal) => (clientId === undefined ? undefined : clientOf(poolId, clientId, signal)),
    `app client and secrets ${poolId} ${clientId}`,
  )
  return { clientId, client: found.value, error: first.error ?? found.error, reload: found.reload }
}
