import type { UserPool } from '../domain/user-pool.ts'
import type { AuditRow, Page, Rows, Store } from '../storage/store.ts'

/** What of a pool may be named. */
export type Nameable = 'users' | 'groups' | 'clients'

/** More are not looked through for the sake of a name. */
const most = 1000
const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

const idsIn = ({ actor, subject, outcome }: AuditRow): string[] => `${actor} ${subject} ${outcome}`.match(id) ?? []

type List<T> = (poolUid: string, page: Page) => Promise<Rows<T>>

const named = async <T extends { readonly uid: string }>(list: List<T>, pool: UserPool, ids: Set<string>, nameOf: (row: T) => string) => {
  const { rows } = await list(pool.uid, { limit: most })
  return rows.filter(({ uid }) => ids.has(uid)).map((row) => [row.uid, nameOf(row)] as const)
}

/** What the internal ids in rows of a pool's trail are called today; what is gone has no name any more. */
export const auditNames = async (
  { users, groups, clients }: Pick<Store, Nameable>,
  pool: UserPool,
  rows: readonly AuditRow[],
  may: (what: Nameable) => Promise<boolean>,
): Promise<Readonly<Record<string, string>>> => {
  const ids = new Set(rows.flatMap(idsIn))
  const [mayUsers, mayGroups, mayClients] = await Promise.all([may('users'), may('groups'), may('clients')])
  const found = mayUsers ? await Promise.all([...ids].map((one) => users.byId(pool.uid, one))) : []
  const ofUsers = found.flatMap((user) => (user === undefined ? [] : [[user.id, user.username] as const]))
  const known = new Set(ofUsers.map(([one]) => one))
  const left = new Set([...ids].filter((one) => !known.has(one) && one !== pool.uid))
  const ofGroups = mayGroups && left.size > 0 ? await named(groups.list, pool, left, ({ GroupName }) => GroupName) : []
  const ofClients = mayClients && left.size > 0 ? await named(clients.list, pool, left, ({ ClientName }) => ClientName) : []
  const ofDomains = (pool.domains ?? []).map(({ uid, Domain }) => [uid, Domain] as const)
  return Object.fromEntries([[pool.uid, pool.Name], ...ofDomains, ...ofUsers, ...ofGroups, ...ofClients])
}
