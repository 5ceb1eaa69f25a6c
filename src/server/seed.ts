import { equalText } from '../crypto/constant-time.ts'
import { passwordFault } from '../domain/password-policy.ts'
import { CognitoError, invalidPassword } from '../errors.ts'
import type {
  AttributeType,
  CreateGroupRequest,
  CreateResourceServerRequest,
  CreateUserPoolDomainRequest,
  UserPoolType,
} from '../model/types.gen.ts'
import type { OperatorCall } from './operator.ts'
import type { SeedClient, SeedDocument, SeededPool, SeedPool, SeedUser, Without } from './seed-document.ts'

const unless =
  (code: string) =>
  (error: unknown): undefined => {
    if (error instanceof CognitoError && error.code === code) return undefined
    throw error
  }

const found = async (call: OperatorCall, region: string, pool: SeedPool): Promise<string | undefined> => {
  if (pool.id !== undefined) {
    const described = await call(region, 'DescribeUserPool', { UserPoolId: pool.id }).catch(unless('ResourceNotFoundException'))
    return described?.UserPool?.Id
  }
  let NextToken: string | undefined
  do {
    const page = await call(region, 'ListUserPools', { MaxResults: 60, NextToken })
    const match = page.UserPools?.find(({ Name }) => Name === pool.name)
    if (match !== undefined) return match.Id
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return undefined
}

/** Members of CreateUserPool that UpdateUserPool does not take: they are fixed for the life of a pool. */
const fixedAtCreation = ['Schema', 'UsernameAttributes', 'AliasAttributes', 'UsernameConfiguration'] as const

const asText = (list: readonly string[] | undefined): string => JSON.stringify([...(list ?? [])].sort())

/** What the seed wants of an existing pool that nobody can change any more. */
const fixedFault = (settings: NonNullable<SeedPool['settings']>, pool: UserPoolType): string | undefined => {
  const { Schema, UsernameAttributes, AliasAttributes, UsernameConfiguration } = settings
  const attributes = pool.SchemaAttributes?.map(({ Name }) => Name?.replace(/^(dev:)?custom:/, ''))
  if (Schema?.some(({ Name }) => !attributes?.includes(Name))) return 'Schema'
  if (UsernameAttributes && asText(UsernameAttributes) !== asText(pool.UsernameAttributes)) return 'UsernameAttributes'
  if (AliasAttributes && asText(AliasAttributes) !== asText(pool.AliasAttributes)) return 'AliasAttributes'
  const caseSensitive = (one: typeof UsernameConfiguration) => one?.CaseSensitive ?? true
  const wanted = UsernameConfiguration && caseSensitive(UsernameConfiguration) !== caseSensitive(pool.UsernameConfiguration)
  return wanted ? 'UsernameConfiguration' : undefined
}

const requireUnchanged = async (
  call: OperatorCall,
  region: string,
  UserPoolId: string,
  { name, settings = {} }: SeedPool,
): Promise<void> => {
  const { UserPool = {} } = await call(region, 'DescribeUserPool', { UserPoolId })
  const fixed = fixedFault(settings, UserPool)
  if (fixed === undefined) return
  throw new Error(`${fixed} can't be changed in a pool that exists. Name another pool than ${name}, or delete this one first.`)
}

const ensurePool = async (call: OperatorCall, region: string, pool: SeedPool): Promise<string> => {
  const settings = pool.settings ?? {}
  const id = await found(call, region, pool)
  if (id !== undefined) {
    await requireUnchanged(call, region, id, pool)
    const fixed: readonly string[] = fixedAtCreation
    const changeable = Object.fromEntries(Object.entries(settings).filter(([name]) => !fixed.includes(name)))
    await call(region, 'UpdateUserPool', { ...changeable, UserPoolId: id, PoolName: pool.name })
    return id
  }
  const UserPoolTags = pool.id === undefined ? settings.UserPoolTags : { ...settings.UserPoolTags, _custom_id_: pool.id }
  const created = await call(region, 'CreateUserPool', { ...settings, PoolName: pool.name, UserPoolTags })
  return created.UserPool?.Id ?? ''
}

const findClient = async (call: OperatorCall, region: string, UserPoolId: string, client: SeedClient): Promise<string | undefined> => {
  let NextToken: string | undefined
  do {
    const page = await call(region, 'ListUserPoolClients', { UserPoolId, MaxResults: 60, NextToken })
    const match = page.UserPoolClients?.find(({ ClientId, ClientName }) =>
      client.id ? ClientId === client.id : ClientName === client.name,
    )
    if (match !== undefined) return match.ClientId
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return undefined
}

const ensureClient = async (call: OperatorCall, region: string, UserPoolId: string, client: SeedClient) => {
  const settings = client.settings ?? {}
  const ClientSecret = client.secret
  let ClientId = await findClient(call, region, UserPoolId, client)
  if (ClientId === undefined) {
    const ClientName = client.id === undefined ? client.name : `_custom_id_:${client.id}`
    const created = await call(region, 'CreateUserPoolClient', { ...settings, UserPoolId, ClientName, ClientSecret })
    ClientId = created.UserPoolClient?.ClientId ?? ''
  }
  const { GenerateSecret: _atCreationOnly, ...changeable } = settings
  const updated = await call(region, 'UpdateUserPoolClient', { ...changeable, UserPoolId, ClientId, ClientName: client.name })
  const secret = updated.UserPoolClient?.ClientSecret
  if (ClientSecret !== undefined && !equalText(ClientSecret, secret ?? '')) {
    throw new Error(`The app client ${client.name} exists with another secret, which a seed does not replace. Delete the client first.`)
  }
  return { name: client.name, clientId: ClientId, secret }
}

const ensureGroup = async (call: OperatorCall, region: string, UserPoolId: string, group: Without<CreateGroupRequest, 'UserPoolId'>) => {
  const input = { GroupName: '', ...group, UserPoolId }
  const made = await call(region, 'CreateGroup', input).catch(unless('GroupExistsException'))
  if (made === undefined) await call(region, 'UpdateGroup', input)
}

const ensureResourceServer = async (
  call: OperatorCall,
  region: string,
  UserPoolId: string,
  server: Without<CreateResourceServerRequest, 'UserPoolId'>,
) => {
  const input = { Identifier: '', Name: '', ...server, UserPoolId }
  const known = await call(region, 'DescribeResourceServer', { UserPoolId, Identifier: input.Identifier }).catch(
    unless('ResourceNotFoundException'),
  )
  await call(region, known === undefined ? 'CreateResourceServer' : 'UpdateResourceServer', input)
}

const ensureDomain = async (
  call: OperatorCall,
  region: string,
  UserPoolId: string,
  domain: Without<CreateUserPoolDomainRequest, 'UserPoolId'>,
) => {
  const input = { Domain: '', ...domain, UserPoolId }
  const { DomainDescription } = await call(region, 'DescribeUserPoolDomain', { Domain: input.Domain })
  await call(region, DomainDescription?.UserPoolId === UserPoolId ? 'UpdateUserPoolDomain' : 'CreateUserPoolDomain', input)
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** Throws before anybody is made: a user whose password is refused afterwards would be left half made. */
const requireGoodPassword = async (call: OperatorCall, region: string, UserPoolId: string, password: string): Promise<void> => {
  const { UserPool } = await call(region, 'DescribeUserPool', { UserPoolId })
  const fault = passwordFault(UserPool?.Policies?.PasswordPolicy, password)
  if (fault !== undefined) throw invalidPassword(fault)
}

const ensureUser = async (call: OperatorCall, region: string, UserPoolId: string, user: SeedUser): Promise<void> => {
  const Username = user.username
  const attributes: AttributeType[] = Object.entries(user.attributes ?? {}).map(([Name, value]) => ({ Name, Value: String(value) }))
  const { password: Password } = user
  const known = await call(region, 'AdminGetUser', { UserPoolId, Username }).catch(unless('UserNotFoundException'))
  if (known === undefined) {
    // What is no text at all is for the operation to refuse.
    if (isText(Password)) await requireGoodPassword(call, region, UserPoolId, Password)
    await call(region, 'AdminCreateUser', {
      UserPoolId,
      Username,
      UserAttributes: attributes,
      TemporaryPassword: user.temporaryPassword,
      MessageAction: 'SUPPRESS',
    })
  } else {
    const have = new Map(known.UserAttributes?.map(({ Name, Value }) => [Name, Value]))
    const changed = attributes.filter(({ Name, Value }) => have.get(Name) !== Value)
    if (changed.length > 0) await call(region, 'AdminUpdateUserAttributes', { UserPoolId, Username, UserAttributes: changed })
  }
  const hasOwnPassword = known !== undefined && known.UserStatus !== 'FORCE_CHANGE_PASSWORD'
  if (Password !== undefined && !hasOwnPassword) {
    await call(region, 'AdminSetUserPassword', { UserPoolId, Username, Password, Permanent: true })
  }
  for (const GroupName of user.groups ?? []) await call(region, 'AdminAddUserToGroup', { UserPoolId, Username, GroupName })
}

const applyPool = async (call: OperatorCall, defaultRegion: string, pool: SeedPool): Promise<SeededPool> => {
  const region = pool.region ?? pool.id?.slice(0, pool.id.indexOf('_')) ?? defaultRegion
  const userPoolId = await ensurePool(call, region, pool)
  for (const domain of pool.domains ?? []) await ensureDomain(call, region, userPoolId, domain)
  for (const server of pool.resourceServers ?? []) await ensureResourceServer(call, region, userPoolId, server)
  for (const group of pool.groups ?? []) await ensureGroup(call, region, userPoolId, group)
  const clients = []
  for (const client of pool.clients ?? []) clients.push(await ensureClient(call, region, userPoolId, client))
  for (const user of pool.users ?? []) await ensureUser(call, region, userPoolId, user)
  return { name: pool.name, region, userPoolId, clients, users: (pool.users ?? []).map(({ username }) => username) }
}

/**
 * Makes everything that a seed document names be there and have the named settings; what is there already is changed, never doubled and
 * never deleted. Running it again changes nothing but versions and dates of change; what can't be changed any more is refused by name. Throws the operation's refusal with the place where it came up.
 */
export const applySeed = async (call: OperatorCall, defaultRegion: string, document: SeedDocument): Promise<SeededPool[]> => {
  const seeded: SeededPool[] = []
  for (const [index, pool] of document.pools.entries()) {
    try {
      seeded.push(await applyPool(call, defaultRegion, pool))
    } catch (error) {
      const reason = error instanceof CognitoError ? `${error.code}: ${error.message}` : String(error)
      throw new Error(`pools[${index}] (${pool.name}): ${reason}`, { cause: error })
    }
  }
  return seeded
}
