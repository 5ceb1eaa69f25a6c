import { operationNamed, type Shape, type StructureShape } from '../model/model.ts'
import type { OperationName } from '../model/types.gen.ts'
import type { SeedDocument } from './seed-document.ts'

const members = {
  document: ['pools'],
  pool: ['name', 'id', 'region', 'settings', 'domains', 'resourceServers', 'clients', 'groups', 'users'],
  client: ['name', 'id', 'secret', 'settings'],
  user: ['username', 'password', 'temporaryPassword', 'attributes', 'groups'],
} as const

const record = (value: unknown, where: string, allowed: readonly string[], needed?: string): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${where} must be a mapping.`)
  const unknown = Object.keys(value).find((key) => !allowed.includes(key))
  if (unknown !== undefined) throw new Error(`${where} has a member that is not known: ${unknown}. Known are ${allowed.join(', ')}.`)
  if (needed !== undefined && !(needed in value)) throw new Error(`${where} needs the member ${needed}.`)
  return value as Record<string, unknown>
}

const list = (value: unknown, where: string): readonly unknown[] => {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new Error(`${where} must be a list.`)
  return value
}

// An operation drops in silence what its model does not know, and so would take a mistyped setting for one that nobody made.
const checkStructure = (shape: StructureShape, value: unknown, where: string, elsewhere: readonly string[] = [], needed?: string): void => {
  const known = [...shape.members.keys()].filter((name) => !elsewhere.includes(name))
  const given = record(value, where, known, needed)
  for (const [name, member] of shape.members) checkNames(member, given[name], `${where}.${name}`)
}

const checkNames = (shape: Shape, value: unknown, where: string): void => {
  if (value === undefined || value === null) return
  if (shape.type === 'structure') checkStructure(shape, value, where)
  if (shape.type === 'list') for (const [at, item] of list(value, where).entries()) checkNames(shape.member, item, `${where}[${at}]`)
}

/** Checks members of an operation's input, `elsewhere` being those that the seed says in its own words. */
const checkInput = (name: OperationName, elsewhere: readonly string[], value: unknown, where: string, needed?: string): void => {
  const model = operationNamed(name)
  if (model === undefined) throw new Error(`the model has no operation ${name}`)
  checkStructure(model.input, value, where, elsewhere, needed)
}

const checkPool = (pool: unknown, where: string): void => {
  const { settings, domains, resourceServers, clients, groups, users } = record(pool, where, members.pool, 'name')
  const inPool = ['UserPoolId']
  checkInput('CreateUserPool', ['PoolName'], settings ?? {}, `${where}.settings`)
  for (const [at, domain] of list(domains, `${where}.domains`).entries())
    checkInput('CreateUserPoolDomain', inPool, domain, `${where}.domains[${at}]`, 'Domain')
  for (const [at, server] of list(resourceServers, `${where}.resourceServers`).entries())
    checkInput('CreateResourceServer', inPool, server, `${where}.resourceServers[${at}]`, 'Identifier')
  for (const [at, client] of list(clients, `${where}.clients`).entries()) {
    const place = `${where}.clients[${at}]`
    const { settings: given } = record(client, place, members.client, 'name')
    checkInput('CreateUserPoolClient', [...inPool, 'ClientName', 'ClientSecret'], given ?? {}, `${place}.settings`)
  }
  for (const [at, group] of list(groups, `${where}.groups`).entries())
    checkInput('CreateGroup', inPool, group, `${where}.groups[${at}]`, 'GroupName')
  for (const [at, user] of list(users, `${where}.users`).entries()) record(user, `${where}.users[${at}]`, members.user, 'username')
}

/**
 * Checks the outline of a seed file and the names of all members, also of those that operations take; their values are checked by the
 * operations. Throws an Error that names the place.
 */
export const parseSeed = (value: unknown): SeedDocument => {
  const { pools } = record(value, 'The seed file', members.document, 'pools')
  for (const [index, pool] of list(pools, 'pools').entries()) checkPool(pool, `pools[${index}]`)
  return value as SeedDocument
}
