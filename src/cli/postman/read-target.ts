import type { Clock } from '../../clock.ts'
import { isObject } from '../../domain/is-object.ts'
import type { UserPoolClientType } from '../../model/types.gen.ts'
import { builtOperations } from '../../postman/built-operations.ts'
import { plainTarget } from '../../postman/plain-target.ts'
import type { PostmanTarget, SigningKeys } from '../../postman/target.ts'
import { ConfigError } from '../../server/config.ts'
import type { Send } from '../client/http.ts'
import { parsedJson } from '../client/parsed-json.ts'
import { printableLine } from '../client/printable.ts'
import { Refusal } from '../client/refusal.ts'
import { isReadable } from '../client/server-url.ts'
import { clientSecretVariable } from './given-secret.ts'
import { createSignedApi, type SignedApi } from './signed-api.ts'

/** What the command was told. */
export interface TargetRequest {
  /** Without a slash at its end. */
  readonly endpoint: string
  readonly poolId: string | undefined
  readonly clientId: string | undefined
  readonly region: string
  /** With which this command signs what it reads; undefined: those that a development server takes from anybody. */
  readonly keys: SigningKeys | undefined
  /** Where the collection has its key from: Postman's vault, the environment file, or, undefined, what suits the server. */
  readonly keysFrom: 'vault' | 'file' | undefined
  /** Whether plain http to other machines is allowed. */
  readonly insecure: boolean
  /** A list of messages; found by itself on a development server. */
  readonly mailbox: string | undefined
  /** Of the app client; undefined: what the server tells. */
  readonly clientSecret: string | undefined
}

/** What a server tells, and sentences on what it doesn't. */
export interface ReadTarget {
  readonly target: PostmanTarget
  readonly notes: readonly string[]
}

/** The only one of a list; otherwise a person has to choose. */
const only = (what: string, flag: string, found: readonly { readonly id: string; readonly name: string }[]): string => {
  const [first, ...others] = found
  if (first === undefined) throw new Refusal(`There is no ${what}.`, { advice: 'Make one first, for example with `poolhouse seed FILE`.' })
  if (others.length === 0) return first.id
  const listed = found.slice(0, 10).map(({ id, name }) => printableLine(`  ${id}  ${name}`))
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

/** What a development server takes from anybody. */
const anyKeys: SigningKeys = { accessKeyId: 'any', secretKey: 'any' }

/** Where the pool's discovery document says that its pages are, else the endpoint. */
const findOAuthUrl = async (send: Send, { endpoint, insecure }: TargetRequest, poolId: string): Promise<string> => {
  const { status, body } = await send(`${endpoint}/${poolId}/.well-known/openid-configuration`, { method: 'GET' })
  const document = status === 200 ? parsedJson(body) : undefined
  const url = isObject(document) ? document['authorization_endpoint'] : undefined
  if (typeof url !== 'string' || !/^https?:[/][/][^?#]+[/]oauth2[/]authorize$/.test(url)) return endpoint
  if (!insecure && URL.canParse(url) && isReadable(new URL(url))) {
    throw new Refusal(`${endpoint} says that its pages are at ${new URL(url).origin}.`, {
      why: "Over plain http everybody on the way can read passwords and the app client's secret.",
      advice: 'Add --insecure in a network that you trust.',
    })
  }
  return url.slice(0, -'/oauth2/authorize'.length)
}

const findMailbox = async (send: Send, endpoint: string): Promise<string | undefined> => {
  const url = `${endpoint}/_poolhouse/messages`
  const { status, body } = await send(`${url}?to=nobody`, { method: 'GET' })
  return status === 200 && Array.isArray(parsedJson(body)) ? url : undefined
}

/** Whether a server answers administrators' calls that are signed with what nobody was given. */
const takesAnyKey = async (api: SignedApi, UserPoolId: string): Promise<boolean> => {
  try {
    await api('DescribeUserPool', { UserPoolId })
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** How many secrets an app client has; undefined where the server does not say. */
const countSecrets = async (api: SignedApi, UserPoolId: string, ClientId: string): Promise<number | undefined> => {
  try {
    const { ClientSecrets = [] } = await api('ListUserPoolClientSecrets', { UserPoolId, ClientId })
    return ClientSecrets.length
  } catch (error) {
    if (error instanceof Refusal && error.code !== undefined) return undefined
    throw error
  }
}

const giveIt = `give it in ${clientSecretVariable}, or with --client-secret - on standard input`

/** The app client's secret: empty where it has one that nobody told, which only the list of secrets knows after a rotation. */
const readSecret = async (
  api: SignedApi,
  UserPoolId: string,
  { ClientId = '', ClientSecret }: UserPoolClientType,
  given: string | undefined,
): Promise<{ readonly secret: string | undefined; readonly notes: readonly string[] }> => {
  if (given === undefined && ClientSecret !== undefined) return { secret: ClientSecret, notes: [] }
  const count = ClientSecret === undefined ? await countSecrets(api, UserPoolId, ClientId) : 1
  if (given !== undefined) {
    if (count !== 0) return { secret: given, notes: [] }
    throw new ConfigError(`The app client ${ClientId} has no secret: leave --client-secret and ${clientSecretVariable} out.`)
  }
  if (count === undefined) {
    return {
      secret: undefined,
      notes: [`The server does not say whether the app client ${ClientId} has a secret, so the files have none: if it has one, ${giveIt}.`],
    }
  }
  if (count === 0) return { secret: undefined, notes: [] }
  return {
    secret: '',
    notes: [
      `The app client ${ClientId} has a secret that the server does not tell, and its requests fail without it: ${giveIt}, or type it into the variable client_secret of the environment.`,
    ],
  }
}

/** Asks a server about pool and app client; throws a Refusal where it does not answer, and what `plainTarget` throws. */
export const readTarget = async (send: Send, clock: Clock, request: TargetRequest): Promise<ReadTarget> => {
  const { endpoint, keys = anyKeys, keysFrom } = request
  const apiOf = (region: string, signing = keys) => createSignedApi(send, clock, { endpoint, region, keys: signing })
  const poolId = request.poolId ?? (await choosePool(apiOf(request.region)))
  const region = poolId.includes('_') ? poolId.slice(0, poolId.indexOf('_')) : request.region
  const api = apiOf(region)
  const ClientId = request.clientId ?? (await chooseClient(api, poolId))
  const { UserPool } = await api('DescribeUserPool', { UserPoolId: poolId })
  const { UserPoolClient } = await api('DescribeUserPoolClient', { UserPoolId: poolId, ClientId })
  const mfa = await api('GetUserPoolMfaConfig', { UserPoolId: poolId })
  const oauthUrl = await findOAuthUrl(send, request, poolId)
  const ownMailbox = await findMailbox(send, endpoint)
  const { secret, notes } = await readSecret(api, poolId, { ...UserPoolClient, ClientId }, request.clientSecret)
  const checksSignatures = ownMailbox === undefined || !(await takesAnyKey(apiOf(region, anyKeys), poolId))
  const credentials = (): PostmanTarget['credentials'] => {
    if (keysFrom !== undefined) return keysFrom === 'vault' ? 'vault' : keys
    return checksSignatures && keys !== anyKeys ? 'vault' : anyKeys
  }
  const target = plainTarget({
    endpoint,
    region,
    pool: { ...UserPool, Id: poolId, Name: UserPool?.Name ?? poolId },
    mfa,
    client: { ...UserPoolClient, ClientId, ClientName: UserPoolClient?.ClientName ?? ClientId, ClientSecret: secret },
    oauthUrl,
    mailboxUrl: request.mailbox ?? ownMailbox,
    credentials: credentials(),
    checksSignatures,
    operations: builtOperations,
  })
  return { target, notes }
}
