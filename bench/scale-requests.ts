import { loadedName, loadedPassword, loadedValue } from '../src/domain/loaded-user.ts'
import { adminRequest, apiRequest } from './requests.ts'

/** A pool that `poolhouse load` filled, as the requests below need it. */
export interface ScaledPool {
  readonly UserPoolId: string
  readonly ClientId: string
  readonly users: number
  /** Numbers of users who can sign in, spread over the pool, with an access token of each. */
  readonly known: readonly number[]
  readonly tokens: readonly string[]
  /** The `sub` of each of them. */
  readonly subs: readonly string[]
}

/** One kind of request that is sent to both pools; the `index`-th is about the `index`-th known user. */
export interface ScaleVerb {
  readonly name: string
  readonly request: (pool: ScaledPool, index: number) => Uint8Array
}

const at = (list: readonly string[], index: number): string => list[index % list.length] ?? ''
const numberAt = ({ known }: ScaledPool, index: number): number => known[index % known.length] ?? 0

/** A sign-in with a password. */
export const signIn = ({ ClientId }: Pick<ScaledPool, 'ClientId'>, number: number): Uint8Array =>
  apiRequest('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: loadedName(number), PASSWORD: loadedPassword },
  })

/** A page of users. */
export const listUsers = (UserPoolId: string, Limit: number, PaginationToken?: string, Filter?: string): Uint8Array =>
  adminRequest('ListUsers', { UserPoolId, Limit, PaginationToken, Filter })

// So many that a pool of 1,000 fills the page as well; of a name and surname together it has one user or none.
const found = 10

/** A search of a pool: what is looked for follows from a known user of the pool, or is the same in both. */
const search = (attribute: string, op: '=' | '^=', valueFor: (pool: ScaledPool, index: number) => string, limit = found): ScaleVerb => ({
  name: `ListUsers, ${attribute} ${op}`,
  request: (pool, index) => listUsers(pool.UserPoolId, limit, undefined, `${attribute} ${op} "${valueFor(pool, index)}"`),
})

const own = (attribute: string) => (pool: ScaledPool, index: number) => loadedValue(attribute, numberAt(pool, index)) ?? ''
const ofFirst = (attribute: string) => (_: ScaledPool, index: number) => loadedValue(attribute, index % 20) ?? ''
const ofNames = (attribute: string) => (_: ScaledPool, index: number) => loadedValue(attribute, (index % 20) * 40) ?? ''

/** Everything that is measured of a pool at rest, but for pages deep in a list and what writes. */
export const scaleVerbs: readonly ScaleVerb[] = [
  { name: 'password sign-in', request: (pool, index) => signIn(pool, numberAt(pool, index)) },
  { name: 'GetUser', request: ({ tokens }, index) => apiRequest('GetUser', { AccessToken: at(tokens, index) }) },
  {
    name: 'AdminGetUser',
    request: (pool, index) => adminRequest('AdminGetUser', { UserPoolId: pool.UserPoolId, Username: loadedName(numberAt(pool, index)) }),
  },
  { name: 'ListUsers, first page of 60', request: ({ UserPoolId }) => listUsers(UserPoolId, 60) },
  search('username', '=', own('username')),
  search('username', '^=', () => 'load-0000'),
  search('email', '=', own('email')),
  search('email', '^=', () => 'load-0000'),
  search('phone_number', '=', own('phone_number')),
  search('phone_number', '^=', () => '+15550000'),
  search('preferred_username', '=', own('preferred_username')),
  search('preferred_username', '^=', () => 'nick-0000'),
  search('name', '=', ofFirst('name'), 1),
  search('name', '^=', ofFirst('given_name')),
  search('given_name', '=', ofFirst('given_name')),
  search('given_name', '^=', ofFirst('given_name')),
  search('family_name', '=', ofNames('family_name')),
  search('family_name', '^=', ofNames('family_name')),
  search('sub', '=', ({ subs }, index) => at(subs, index)),
  search('sub', '^=', (_, index) => (index % 16).toString(16)),
  search('cognito:user_status', '=', () => 'CONFIRMED'),
  search('cognito:user_status', '^=', () => 'FORCE'),
  search('status', '=', () => 'Enabled'),
  search('status', '^=', () => 'Disabled'),
  { name: 'ListGroups', request: ({ UserPoolId }) => adminRequest('ListGroups', { UserPoolId, Limit: 60 }) },
  {
    name: 'ListUsersInGroup, first page of 60',
    request: ({ UserPoolId }) => adminRequest('ListUsersInGroup', { UserPoolId, GroupName: 'load-group-3', Limit: 60 }),
  },
  {
    name: 'AdminListGroupsForUser',
    request: (pool, index) =>
      adminRequest('AdminListGroupsForUser', { UserPoolId: pool.UserPoolId, Username: loadedName(numberAt(pool, index)) }),
  },
  { name: 'DescribeUserPool', request: ({ UserPoolId }) => adminRequest('DescribeUserPool', { UserPoolId }) },
]

const made = 'made'

/** A user made by an administrator, and gone again; always the same, so that one whom an interrupted run leaves behind can be found. */
export const createUser = ({ UserPoolId }: Pick<ScaledPool, 'UserPoolId'>): Uint8Array =>
  adminRequest('AdminCreateUser', {
    UserPoolId,
    Username: made,
    MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'email', Value: `${made}@example.com` }],
  })

/** Takes that user away. */
export const deleteUser = ({ UserPoolId }: Pick<ScaledPool, 'UserPoolId'>): Uint8Array =>
  adminRequest('AdminDeleteUser', { UserPoolId, Username: made })
