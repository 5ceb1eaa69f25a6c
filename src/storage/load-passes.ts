import { countInClasses, numbersInOrder, valueClasses } from '../domain/loaded-order.ts'
import { type LoadStretch, type LoadStyle, loadedGroup, loadedId, loadedUser, loadedValue, mostLoadedUsers } from '../domain/loaded-user.ts'
import type { Credential } from '../domain/user.ts'
import { foldSearchValue, searchableAttributes, searchEntries } from '../domain/user-filter.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { loginNames } from '../domain/username.ts'
import { heldNames, nameHash, type Owned } from './sql/owned.ts'
import { docSchema } from './sql/record.ts'
import { searchKey, valueHash } from './sql/search-entries.ts'
import type { LoadChunk } from './store.ts'

/** The rows of one table, or of one attribute in it, that a stretch of users takes, in the order of the table's key. */
export interface LoadPass {
  /** `table` or `table:attribute`. */
  readonly name: string
  readonly table: LoadChunk['table']
  readonly lead: readonly string[]
  readonly total: number
  /** The columns after `lead` of `count` rows from `start` on. */
  readonly rows: (start: number, count: number) => readonly (string | number)[] | Promise<readonly (string | number)[]>
}

/** What the rows of a stretch are made from. */
export interface LoadSource {
  readonly pool: UserPool
  readonly stretch: LoadStretch
  /** Epoch milliseconds at which the users were made. */
  readonly at: number
  readonly style: LoadStyle
  /** The uid of a group by its name. */
  readonly groupUid: (name: string) => string
  readonly credentials: (users: readonly { readonly index: number; readonly id: string }[]) => Promise<readonly Credential[]>
}

const userOf = ({ pool, stretch, at, style }: LoadSource, index: number) => loadedUser(pool.uid, stretch, index, at, style)

/** A pool without aliases, where a user name is the one name that signs in: then no user has to be made to know it. */
const hasAliases = ({ pool }: LoadSource): boolean => (pool.AliasAttributes?.length ?? 0) > 0

const mostNames = 4
const places = mostLoadedUsers * mostNames

// Hashes come in no order, so they are sorted first, by as many of their bits as fit beside the place of the name into 53.
const namePlaces = (source: LoadSource): Float64Array => {
  const { from, to } = source.stretch
  const found: number[] | Float64Array = hasAliases(source) ? [] : new Float64Array(to - from)
  let count = 0
  for (let index = from; index < to; index += 1) {
    for (const [at, name] of namesOf(source, index).entries()) {
      found[count] = Number.parseInt(nameHash(name).slice(0, 6), 16) * places + (index - from) * mostNames + at
      count += 1
    }
  }
  return Float64Array.from(found).sort()
}

const namesOf = (source: LoadSource, index: number): readonly string[] =>
  hasAliases(source) ? loginNames(source.pool, userOf(source, index)).map(({ name }) => name) : [source.style.nameOf(index)]

type Row = readonly (string | number)[]

/** Row after row in one list. */
const joined = (numbers: Iterable<number>, rowOf: (number: number) => Row): Row => {
  const all: (string | number)[] = []
  for (const number of numbers) all.push(...rowOf(number))
  return all
}

const namePass = (source: LoadSource): LoadPass => {
  const { stretch, pool } = source
  const sorted = namePlaces(source)
  return {
    name: 'login_name',
    table: 'login_name',
    lead: [pool.uid],
    total: sorted.length,
    rows: (start, count) =>
      joined(sorted.subarray(start, start + count), (one) => {
        const place = one % places
        const index = stretch.from + Math.floor(place / mostNames)
        return [nameHash(namesOf(source, index)[place % mostNames] ?? ''), loadedId(stretch, index)]
      }),
  }
}

const searchPass = ({ pool, stretch, style }: LoadSource, attribute: string): LoadPass => {
  const folded = (index: number): string | undefined => {
    const value = attribute === 'sub' ? loadedId(stretch, index) : loadedValue(attribute, index, style)
    return value === undefined ? undefined : foldSearchValue(attribute, value)
  }
  const entryOf = (index: number) => {
    const value = folded(index) ?? ''
    return { key: searchKey(value), hash: valueHash(value) }
  }
  const classes = valueClasses(attribute, folded)
  // Where values are shared, users whose numbers leave the same remainder have the same one.
  const period = classes.length > 1 ? (classes[0]?.period ?? 1) : 0
  const shared = Array.from({ length: period }, (_, index) => entryOf(index))
  return {
    name: `user_search:${attribute}`,
    table: 'user_search',
    lead: [pool.uid, attribute],
    total: countInClasses(classes, stretch.from, stretch.to),
    rows: (start, count) =>
      joined(numbersInOrder(classes, stretch, start, count), (index) => {
        const { key, hash } = shared[index % period] ?? entryOf(index)
        return [key, loadedId(stretch, index), hash]
      }),
  }
}

const groupPass = ({ pool, stretch, groupUid }: LoadSource): LoadPass => {
  const groups = Array.from({ length: stretch.groups }, (_, index) => ({ name: loadedGroup(index), uid: groupUid(loadedGroup(index)) }))
  return {
    name: 'group_member',
    table: 'group_member',
    lead: [pool.uid],
    total: groups.length === 0 ? 0 : stretch.to - stretch.from,
    rows: (start, count) =>
      joined(numbersFrom(stretch.from + start, count), (index) => {
        const { name, uid } = groups[index % groups.length] ?? { name: '', uid: '' }
        return [uid, loadedId(stretch, index), name]
      }),
  }
}

const numbersFrom = (start: number, count: number): number[] => Array.from({ length: count }, (_, place) => start + place)

const credentialPass = ({ pool, stretch, credentials }: LoadSource): LoadPass => ({
  name: 'credential',
  table: 'credential',
  lead: [pool.uid],
  total: stretch.to - stretch.from,
  rows: async (start, count) => {
    const users = numbersFrom(stretch.from + start, count).map((index) => ({ index, id: loadedId(stretch, index) }))
    const made = await credentials(users)
    return users.flatMap(({ id }, at) => [id, JSON.stringify(made[at])])
  },
})

const userPass = (source: LoadSource): LoadPass => ({
  name: 'pool_user',
  table: 'pool_user',
  lead: [source.pool.uid],
  total: source.stretch.to - source.stretch.from,
  rows: (start, count) =>
    joined(numbersFrom(source.stretch.from + start, count), (index) => {
      const user = userOf(source, index)
      const owned: Owned = { names: heldNames({}, [], loginNames(source.pool, user)), search: searchEntries(user) }
      return [user.id, user.version, docSchema, JSON.stringify(user), JSON.stringify(owned)]
    }),
})

const attributesInOrder = [...searchableAttributes].sort()

/** The passes of a stretch that may go side by side, each a list whose members lie behind each other in one table; users come last. */
export const loadPasses = (source: LoadSource): { readonly first: readonly (readonly LoadPass[])[]; readonly last: LoadPass } => ({
  first: [
    attributesInOrder.map((attribute) => searchPass(source, attribute)),
    [credentialPass(source)],
    [namePass(source)],
    [groupPass(source)],
  ],
  last: userPass(source),
})

/** The names of all passes. */
export const loadPassNames: readonly string[] = [
  'login_name',
  ...attributesInOrder.map((attribute) => `user_search:${attribute}`),
  'group_member',
  'credential',
  'pool_user',
]
