import { loadedGroup, loadedName } from '../domain/loaded-user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { CognitoError } from '../errors.ts'
import type { UserPoolClientDescription } from '../model/types.gen.ts'
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
  /** Those that the added users are in. */
  readonly groups: number
  readonly seconds: number
}

/** Where users are loaded to. */
export interface LoadTarget {
  readonly pool: UserPool
  readonly clientId: string
  /** How many groups take in the users that are missing. */
  readonly groups: number
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

const listClients = async (call: OperatorCall, { Id: UserPoolId = '', region }: UserPool): Promise<UserPoolClientDescription[]> => {
  const clients: UserPoolClientDescription[] = []
  let NextToken: string | undefined
  do {
    const page = await call(region, 'ListUserPoolClients', { UserPoolId, MaxResults: 60, NextToken })
    clients.push(...(page.UserPoolClients ?? []))
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return clients
}

/** Throws unless the pool is for loads: accounts with known passwords must not come to stand where people sign in. */
const requireLoadPool = async (call: OperatorCall, store: Store, pool: UserPool): Promise<void> => {
  const shown = `The user pool ${pool.Id} (${pool.Name})`
  if (pool.UsernameAttributes?.length)
    throw new Error(`${shown} signs users in by addresses. Name a pool whose users have names, or one that is not there yet.`)
  const state = await store.loads.find(pool.uid)
  const stranger = state
    ? await store.loads.stranger(pool.uid, loadedName(0), loadedName(state.under?.stretch.to ?? state.users))
    : (await store.users.list(pool.uid, undefined, { limit: 1 })).rows[0]?.username
  const client = state ? undefined : (await listClients(call, pool)).find(({ ClientName }) => ClientName !== clientName)
  if (client !== undefined)
    throw new Error(
      `${shown} has the app client ${client.ClientName}, so it is an application's. Loaded accounts have known passwords: name a pool that is not there yet. Nothing was changed.`,
    )
  if (stranger === undefined) return
  throw new Error(
    `${shown} holds users that \`poolhouse load\` did not make, ${stranger} among them. Loaded accounts have known passwords: name a pool that is not there yet. Nothing was changed.`,
  )
}

const requirePool = async (store: Store, id: string): Promise<UserPool> => {
  const pool = await store.pools.byId(id)
  if (pool === undefined) throw new Error(`There is no user pool ${id}.`)
  return pool
}

interface Wanted {
  readonly defaultRegion: string
  readonly regions?: readonly string[] | undefined
  readonly pool: string
  readonly users: number
  readonly groups: number
}

/** The region of a pool that is to get the text as its id, undefined for a text that is a name. */
const regionOfNew = ({ defaultRegion, regions, pool }: Wanted): string | undefined => {
  const region = poolIdForm.exec(pool)?.[1]
  if (region === undefined || region === defaultRegion || regions?.includes(region)) return region
  throw new Error(`There is no user pool ${pool}, and none is made by that id: ${region} is no region of this server. Choose another name.`)
}

const ensurePool = async (call: OperatorCall, store: Store, wanted: Wanted): Promise<UserPool> => {
  const { defaultRegion, pool: named } = wanted
  const known = (await store.pools.byId(named)) ?? (await store.pools.byId((await findPoolId(call, defaultRegion, named)) ?? ''))
  if (known !== undefined) {
    await requireLoadPool(call, store, known)
    return known
  }
  const region = regionOfNew(wanted)
  const { UserPool } = await call(region ?? defaultRegion, 'CreateUserPool', {
    PoolName: region === undefined ? named : 'Load test',
    UserPoolTags: region === undefined ? {} : { _custom_id_: named },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  })
  return requirePool(store, UserPool?.Id ?? '')
}

const ensureClient = async (call: OperatorCall, pool: UserPool): Promise<string> => {
  const found = (await listClients(call, pool)).find(({ ClientName }) => ClientName === clientName)?.ClientId
  if (found !== undefined) return found
  const flows = ['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'ADMIN_USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH'] as const
  const ExplicitAuthFlows = flows.map((flow) => `ALLOW_${flow}` as const)
  const { UserPoolClient } = await call(pool.region, 'CreateUserPoolClient', {
    UserPoolId: pool.Id,
    ClientName: clientName,
    ExplicitAuthFlows,
  })
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
 * The pool, by id or by name in the default region, with an app client and groups for the users that are missing; makes what is not there.
 * Throws a sentence, and changes nothing, when the pool is not for loads or can't be made under that id.
 */
export const ensureLoadTarget = async (call: OperatorCall, store: Store, wanted: Wanted): Promise<LoadTarget> => {
  const pool = await ensurePool(call, store, wanted)
  const clientId = await ensureClient(call, pool)
  const state = await store.loads.find(pool.uid)
  // An interrupted load goes on with the groups that it began with.
  const begun = state?.under?.stretch
  const isEnough = (begun?.to ?? state?.users ?? 0) >= wanted.users
  const groups = Math.max(begun?.groups ?? 0, isEnough ? 0 : wanted.groups)
  const uids = await ensureGroups(call, store, pool, groups)
  return { pool, clientId, groups, groupUid: (name) => uids.get(name) ?? '' }
}
