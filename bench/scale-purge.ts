import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { answered } from './answered.ts'
import type { Table } from './chapter.ts'
import { openConnection } from './connections.ts'
import { short, two } from './numbers.ts'
import type { Program } from './program.ts'
import { adminRequest } from './requests.ts'
import { type ScaledPool, signIn } from './scale-requests.ts'
import { percentiles } from './statistics.ts'

/** What is deleted, where, and for how long it is watched. */
export interface PurgeBench {
  readonly program: Program
  readonly dataDir: string
  /** The pool that people sign in to meanwhile, and the one that loses a group and then goes. */
  readonly pools: readonly [ScaledPool, ScaledPool]
  readonly seconds: number
  progress(text: string): void
}

/** The server looks every 30 s whether there is something to remove. */
const longestWait = 45_000

interface Watched {
  /** Milliseconds. */
  readonly signIns: readonly number[]
  /** Seconds from the first row that went to the last, or to the end of the watch. */
  readonly seconds: number
  readonly isDone: boolean
  /** Of the pages of the database, how many became free. */
  readonly freed: number
}

/** Signs in, one at a time, while the rows go; `isLeft` asks whether there are any. */
const watch = async (
  { program, pools: [small], seconds }: PurgeBench,
  freePages: () => number,
  isLeft: () => boolean,
): Promise<Watched> => {
  const connection = await openConnection(program.port)
  const before = freePages()
  const deadline = performance.now() + longestWait
  while (freePages() === before && isLeft() && performance.now() < deadline) await pause(20)
  const begun = performance.now()
  const end = begun + seconds * 1000
  const signIns: number[] = []
  let isDone = !isLeft()
  for (let index = 0; !isDone && performance.now() < end; index += 1) {
    signIns.push((await answered(connection, signIn(small, small.known[index % small.known.length] ?? 0))).took)
    if (index % 50 === 49) isDone = !isLeft()
  }
  connection.close()
  return { signIns, seconds: (performance.now() - begun) / 1000, isDone, freed: freePages() - before }
}

const groupName = 'load-group-3'

/** Deletes a group, then the pool, and tells what the removal of their rows costs those who sign in to another pool. */
export const measurePurges = async (bench: PurgeBench): Promise<Table> => {
  const [small, { UserPoolId, users }] = bench.pools
  const db = new DatabaseSync(join(bench.dataDir, 'poolhouse.db'), { readOnly: true })
  const number = (sql: string, ...values: string[]): number => Number(Object.values(db.prepare(sql).get(...values) ?? { none: 0 })[0])
  const freePages = () => number('PRAGMA freelist_count')
  const uid = String(db.prepare('SELECT pool_uid FROM user_pool_name WHERE pool_id = ?').get(UserPoolId)?.['pool_uid'])
  const group = String(
    db.prepare('SELECT group_uid FROM user_group WHERE pool_uid = ? AND group_name = ?').get(uid, groupName)?.['group_uid'],
  )
  const members = number('SELECT count(*) FROM group_member WHERE pool_uid = ? AND group_uid = ?', uid, group)
  const connection = await openConnection(bench.program.port)
  const call = async (operation: string, input: object) => (await answered(connection, adminRequest(operation, input))).took

  bench.progress('sign-ins while nothing is removed')
  const quiet: number[] = []
  for (let index = 0; index < 300; index += 1) {
    quiet.push((await answered(connection, signIn(small, small.known[index % small.known.length] ?? 0))).took)
  }
  bench.progress(`deleting a group of ${members.toLocaleString('en')} members`)
  const groupCall = await call('DeleteGroup', { UserPoolId, GroupName: groupName })
  const ofGroup = await watch(
    bench,
    freePages,
    () => number('SELECT count(*) FROM (SELECT 1 FROM group_member WHERE pool_uid = ? AND group_uid = ? LIMIT 1)', uid, group) > 0,
  )
  bench.progress('deleting the pool')
  const pagesOfPool = number('PRAGMA page_count') - freePages()
  const poolCall = await call('DeleteUserPool', { UserPoolId })
  const tables = ['login_name', 'user_search', 'credential', 'pool_user', 'group_member']
  const isLeft = () => tables.some((table) => number(`SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE pool_uid = ? LIMIT 1)`, uid) > 0)
  const ofPool = await watch(bench, freePages, isLeft)
  connection.close()
  db.close()

  const row = (name: string, times: readonly number[], rest: readonly string[]) => {
    const { p50, p99 } = percentiles(times)
    // A small group is gone before anybody signs in.
    return [name, ...(times.length === 0 ? ['', ''] : [two(p50), two(p99)]), ...rest]
  }
  const share = Math.min(1, ofPool.freed / pagesOfPool)
  return {
    title: 'Sign-ins into another pool, one at a time, while rows are removed in the background, milliseconds',
    rows: [
      ['', 'p50', 'p99', 'the call', 'removed', 'in s'],
      row('nothing is removed', quiet, ['', '', '']),
      row(`a group of ${members.toLocaleString('en')} members`, ofGroup.signIns, [
        two(groupCall),
        ofGroup.isDone ? 'all' : 'a part',
        short(ofGroup.seconds),
      ]),
      row(`a pool of ${users.toLocaleString('en')} users`, ofPool.signIns, [
        two(poolCall),
        ofPool.isDone ? 'all' : `${Math.round(share * 100)} %`,
        short(ofPool.seconds),
      ]),
    ],
  }
}
