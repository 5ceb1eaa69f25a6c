import type { User } from '../../domain/user.ts'
import type { Page, Rows, UserQuery } from '../store.ts'
import type { Owned } from './owned.ts'
import { pageOf } from './page-of.ts'
import { poolStands } from './pool-stands.ts'
import { readDoc } from './record.ts'
import { prefixEnd, searchKey, valueHash } from './search-entries.ts'
import type { Tx } from './tx.ts'

const all = 'SELECT user_id, doc FROM pool_user WHERE pool_uid = ? AND user_id > ? ORDER BY user_id LIMIT ?'
const equal = `SELECT s.user_id, u.doc FROM user_search s JOIN pool_user u ON u.pool_uid = s.pool_uid AND u.user_id = s.user_id
  WHERE s.pool_uid = ? AND s.attribute = ? AND s.value = ? AND s.user_id > ? AND s.value_hash = ?
  ORDER BY s.user_id LIMIT ?`
const startsWith = `SELECT s.value, s.user_id, u.doc
  FROM user_search s JOIN pool_user u ON u.pool_uid = s.pool_uid AND u.user_id = s.user_id
  WHERE s.pool_uid = ? AND s.attribute = ? AND s.value >= ? AND s.value < ? AND (s.value > ? OR s.user_id > ?)
  ORDER BY s.value, s.user_id LIMIT ?`
const sameKey = `SELECT s.user_id, u.doc, u.owned
  FROM user_search s JOIN pool_user u ON u.pool_uid = s.pool_uid AND u.user_id = s.user_id
  WHERE s.pool_uid = ? AND s.attribute = ? AND s.value = ? AND s.user_id > ?
  ORDER BY s.user_id LIMIT ?`

interface Found {
  readonly user_id: string
  readonly doc: string
}

const userIdOf = (row: Found) => row.user_id

const listEqual = async (tx: Tx, poolUid: string, query: UserQuery, page: Page): Promise<Rows<User>> => {
  const { attribute, value } = query
  const found = await tx.all<Found>(equal, poolUid, attribute, searchKey(value), page.after ?? '', valueHash(value), page.limit + 1)
  return pageOf(found, page.limit, userIdOf, readDoc<User>)
}

const listByPrefix = async (tx: Tx, poolUid: string, query: UserQuery, page: Page): Promise<Rows<User>> => {
  const prefix = searchKey(query.value)
  // A cursor is the user's id, a line end and the value.
  const after = page.after ?? `\n${prefix}`
  const border = after.indexOf('\n')
  const userId = after.slice(0, border)
  const value = after.slice(border + 1)
  const limit = page.limit + 1
  const found = await tx.all<Found & { value: string }>(
    startsWith,
    ...[poolUid, query.attribute, value, prefixEnd(prefix), value, userId, limit],
  )
  return pageOf(found, page.limit, (row) => `${row.user_id}\n${row.value}`, readDoc<User>)
}

/** The key holds less than the prefix asked for, so a page may come out shorter than its limit, even empty, and yet have a next. */
const listByLongPrefix = async (tx: Tx, poolUid: string, query: UserQuery, page: Page): Promise<Rows<User>> => {
  const { attribute, value } = query
  const found = await tx.all<Found & { owned: string }>(sameKey, poolUid, attribute, searchKey(value), page.after ?? '', page.limit + 1)
  const { rows, next } = pageOf(found, page.limit, userIdOf, (row) => row)
  const matching = rows.filter(({ owned }) => {
    const { search } = JSON.parse(owned) as Owned
    return search.some((entry) => entry.attribute === attribute && entry.value.startsWith(value))
  })
  return { rows: matching.map(readDoc<User>), next }
}

/** The pool's users; with a query in the order of the attribute's folded value, else in the order of their ids. */
export const listUsers = async (tx: Tx, poolUid: string, query: UserQuery | undefined, page: Page): Promise<Rows<User>> => {
  if (!(await poolStands(tx, poolUid))) return { rows: [] }
  if (query === undefined) {
    const found = await tx.all<Found>(all, poolUid, page.after ?? '', page.limit + 1)
    return pageOf(found, page.limit, userIdOf, readDoc<User>)
  }
  if (query.op === '=') return listEqual(tx, poolUid, query, page)
  return searchKey(query.value).length < query.value.length
    ? listByLongPrefix(tx, poolUid, query, page)
    : listByPrefix(tx, poolUid, query, page)
}
