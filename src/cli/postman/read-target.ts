import type { Clock } from '../../clock.ts'
import { isObject } from '../../domain/is-object.ts'
import { builtOperations } from '../../postman/built-operations.ts'
import type { PostmanTarget, SigningKeys } from '../../postman/target.ts'
import { ConfigError } from '../../server/config.ts'
import type { Send } from '../token/http.ts'
import { Refusal } from '../token/refusal.ts'
import { createSignedApi, type SignedApi } from './signed-api.ts'

/** What the command was told. */
export interface TargetRequest {
  /** Without a slash at its end. */
  readonly endpoint: string
  readonly poolId: string | undefined
  readonly clientId: string | undefined
  readonly region: string
  readonly keys: SigningKeys
  /** The collection takes the keys from Postman's vault. */
  readonly vault: boolean
  /** A list of messages; found by itself on a development server. */
  readonly mailbox: string | undefined
}

/** The only one of a list; otherwise a person has to choose. */
const only = (what: string, flag: string, found: readonly { readonly id: string; readonly name: string }[]): string => {
  const [first, ...others] = found
  if (first === undefined) throw new Refusal(`There is no ${what}.`, { advice: 'Make one first, for example with `poolhouse seed FILE`.' })
  if (others.length === 0) return first.id
  const listed = found.slice(0, 10).map(({ id, name }) => `  ${id}  ${name}`)
  throw new ConfigError(`There are several ${what}s. Choose one with ${flag}:\n${listed.join('\n')}`)
}

const choosePool = async (api: SignedApi): Promise<string> => {
  const { UserPools = [] } = await api('ListUserPools', { MaxResults: 60 })
  const found = UserPools.map(({ Id = '', Name = '' }) => ({ id: Id, name: Name }))
  return only('user pool', '--pool', found)
}

const chooseClient = async (api: SignedApi, UserPoolId: string): Promise<string> => {
  const { UserPoolClients = [] } = await api('ListUserPoolClients', { UserPoolId, MaxResults: 60 })
  const found = UserPoolClients.map(({ ClientId = '', ClientName = '' }) => ({ id: ClientId, name: ClientName }))
  return only('app client', '--client', found)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Where the pool's discovery document says that its pages are, else the endpoint. */
const findOAuthUrl = async (send: Send, endpoint: string, poolId: string): Promise<string> => {
  const { status, body } = await send(`${endpoint}/${poolId}/.well-known/openid-configuration`, { method: 'GET' })
  const document = status === 200 ? parsed(body) : undefined
  const url = isObject(document) ? document['authorization_endpoint'] : undefined
  return typeof url === 'string' && url.endsWith('/oauth2/authorize') ? url.slice(0, -'/oauth2/authorize'.length) : endpoint
}

const findMailbox = async (send: Send, endpoint: string): Promise<string | undefined> => {
  const url = `${endpoint}/_poolhouse/messages`
  const { status, body } = await send(`${url}?to=nobody`, { method: 'GET' })
  return status === 200 && Array.isArray(parsed(body)) ? url : undefined
}

/** Asks a server about pool and app client; throws a Refusal where it does not answer. */
export const readTarget = async (send: Send, clock: Clock, request: TargetRequest): Promise<PostmanTarget> => {
  const { endpoint, keys } = request
  const poolId = request.poolId ?? (await choosePool(createSignedApi(send, clock, request)))
  const region = poolId.includes('_') ? poolId.slice(0, poolId.indexOf('_')) : request.region
  const api = createSignedApi(send, clock, { endpoint, region, keys })
  const ClientId = request.clientId ?? (await chooseClient(api, poolId))
  const { UserPool } = await api('DescribeUserPool', { UserPoolId: poolId })
  const { UserPoolClient } = await api('DescribeUserPoolClient', { UserPoolId: poolId, ClientId })
  const mfa = await api('GetUserPoolMfaConfig', { UserPoolId: poolId })
  return {
    endpoint,
    region,
    pool: { ...UserPool, Id: poolId, Name: UserPool?.Name ?? poolId },
    mfa,
    client: { ...UserPoolClient, ClientId, ClientName: UserPoolClient?.ClientName ?? ClientId },
    oauthUrl: await findOAuthUrl(send, endpoint, poolId),
    mailboxUrl: request.mailbox ?? (await findMailbox(send, endpoint)),
    credentials: request.vault ? 'vault' : keys,
    operations: builtOperations,
  }
}
