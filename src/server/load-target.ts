import { loadedGroup, loadedPrefix } from '../domain/loaded-user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { CognitoError } from '../errors.ts'
import type { Store } from '../storage/store.ts'
import type { OperatorCall } from './operator.ts'

/** What `poolhouse load` was asked for. */
export interface LoadRequest {
  /** Id or name. */
  readonly pool: string
  readonly users: number
  readonly groups: number
  /** Users whose number it divides get a password that opens. */
  readonly step: number
  readonly progress: (progress: { readonly done: number; readonly total: number; readonly users: number }) => void
}

/** What it came to. */
export interface LoadFacts {
  readonly userPoolId: string
  readonly region: string
  readonly clientId: string
  /** Loaded ones, and the step of those who can sign in. */
  readonly users: number
  readonly step: number
  readonly added: number
  readonly seconds: number
}

/** Where users are loaded to. */
export interface LoadTarget {
  readonly pool: UserPool
  readonly clientId: string
  readonly groupUid: (name: string) => string
}

const clientName = 'Load test'

const poolIdForm = /^([a-z]+(?:-[a-z0-9]+)+)_[0-9A-Za-z]+$/

const findPoolId = async (call: OperatorCall, region: string, name: string): Promise<string | undefined> => {
  const found: string[] = []
  let NextToken: string | undefined
  do {
    const page = await call(region, 'ListUserPools', { MaxResults: 60, NextToken })
    found.push(...(page.UserPools ?? []).flatMap(({ Name, Id }) => (Name === name && Id !== undefined ? [Id] : [])))
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  if (found.length > 1) throw new Error(`There are ${found.length} user pools named ${name}. Say by --pool ${found[0]} which one is meant.`)
  return found[0]
}

/** Throws unless everybody in the pool was loaded: accounts with known passwords must not come to stand beside those of people. */
const requireLoadPool = async (store: Store, pool: UserPool): Promise<void> => {
  const shown = `The user pool ${pool.Id} (${pool.Name})`
  if (pool.UsernameAttributes?.length)
    throw new Error(`${shown} signs users in by addresses. Name a pool whose users have names, or one that is not there yet.`)
  const wasLoaded = (await store.loads.find(pool.uid)) !== undefined
  const stranger = wasLoaded
    ? await store.loads.stranger(pool.uid, loadedPrefix)
    : (await store.users.list(pool.uid, undefined, { limit: 1 })).rows[0]?.username
  if (stranger === undefined) return
  throw new Error(
    `${shown} holds users that \`poolhouse load\` did not make, ${stranger} among them. Loaded accounts have known passwords: name a pool that is empty, or not there yet. Nothing was changed.`,
  )
}

const requirePool = async (store: Store, id: string): Promise<UserPool> => {
  const pool = await store.pools.byId(id)
  if (pool === undefined) throw new Error(`There is no user pool ${id}.`)
  return pool
}

const ensurePool = async (call: OperatorCall, store: Store, defaultRegion: string, named: string): Promise<UserPool> => {
  const region = poolIdForm.exec(named)?.[1]
  const id = region === undefined ? await findPoolId(call, defaultRegion, named) : named
  const known = id === undefined ? undefined : await store.pools.byId(id)
  if (known !== undefined) {
    await requireLoadPool(store, known)
    return known
  }
  const UserPoolTags = region === undefined ? {} : { _custom_id_: named }
  const { UserPool } = await call(region ?? defaultRegion, 'CreateUserPool', {
    PoolName: region === undefined ? named : 'Load test',
    UserPoolTags,
  })
  return requirePool(store, UserPool?.Id ?? '')
}

const ensureClient = async (call: OperatorCall, { Id: UserPoolId = '', region }: UserPool): Promise<string> => {
  let NextToken: string | undefined
  do {
    const page = await call(region, 'ListUserPoolClients', { UserPoolId, MaxResults: 60, NextToken })
    const found = page.UserPoolClients?.find(({ ClientName }) => ClientName === clientName)?.ClientId
    if (found !== undefined) return found
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  const flows = ['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'ADMIN_USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH'] as const
  const ExplicitAuthFlows = flows.map((flow) => `ALLOW_${flow}` as const)
  const { UserPoolClient } = await call(region, 'CreateUserPoolClient', { UserPoolId, ClientName: clientName, ExplicitAuthFlows })
  return UserPoolClient?.ClientId ?? ''
}

const ensureGroups = async (call: OperatorCall, store: Store, pool: UserPool, count: number): Promise<ReadonlyMap<string, string>> => {
  const uids = new Map<string, string>()
  for (let index = 0; index < count; index += 1) {
    const GroupName = loadedGroup(index)
    await call(pool.region, 'CreateGroup', { UserPoolId: pool.Id, GroupName }).catch((error: unknown) => {
      if (!(error instanceof CognitoError && error.code === 'GroupExistsException')) throw error
    })
    uids.set(GroupName, (await store.groups.byName(pool.uid, GroupName))?.uid ?? '')
  }
  return uids
}

/**
 * The pool, by id or by name in the default region, with an app client and groups for a load; makes what is not there. Throws a sentence, and
 * changes nothing, when the pool holds users that were not loaded.
 */
export const ensureLoadTarget = async (
  call: OperatorCall,
  store: Store,
  { defaultRegion, pool: named, groups }: { readonly defaultRegion: string; readonly pool: string; readonly groups: number },
): Promise<LoadTarget> => {
  const pool = await ensurePool(call, store, defaultRegion, named)
  const clientId = await ensureClient(call, pool)
  // An interrupted load goes on with the groups that it began with.
  const begun = (await store.loads.find(pool.uid))?.under?.stretch.groups ?? 0
  const uids = await ensureGroups(call, store, pool, Math.max(groups, begun))
  return { pool, clientId, groupUid: (name) => uids.get(name) ?? '' }
}
