import { answered } from './answered.ts'
import { type Connection, openConnection } from './connections.ts'
import { createUser, deleteUser, listUsers, type ScaledPool, scaleVerbs } from './scale-requests.ts'

/** A kind of request in both pools; milliseconds. */
export interface Compared {
  readonly name: string
  readonly small: readonly number[]
  readonly large: readonly number[]
}

/** The small pool and the large one. */
export type Pools = readonly [ScaledPool, ScaledPool]

const pages = 60

type Timed = (pool: ScaledPool, index: number) => Promise<number>

/** In turns, request by request, so that whatever else the machine does meets both alike. */
const inTurns = async (name: string, count: number, [small, large]: Pools, timed: Timed): Promise<Compared> => {
  for (let index = 0; index < Math.ceil(count / 10); index += 1) for (const pool of [small, large]) await timed(pool, index)
  const times: { small: number[]; large: number[] } = { small: [], large: [] }
  for (let index = 0; index < count; index += 1) {
    const turn = [
      [times.small, small],
      [times.large, large],
    ] as const
    for (const [list, pool] of index % 2 ? turn.toReversed() : turn) list.push(await timed(pool, index))
  }
  return { name, ...times }
}

/** Milliseconds of each page of a walk. */
const walk = async (connection: Connection, { UserPoolId }: ScaledPool): Promise<number[]> => {
  const times: number[] = []
  let token: string | undefined
  for (let page = 0; page < pages; page += 1) {
    const { took, answer } = await answered(connection, listUsers(UserPoolId, 15, token))
    times.push(took)
    token = answer.PaginationToken
  }
  return times
}

const deepPages = async (connection: Connection, rounds: number, pools: Pools): Promise<Compared> => {
  const times: { small: number[]; large: number[] } = { small: [], large: [] }
  for (let round = 0; round < Math.ceil(rounds / 40); round += 1) {
    const [small, large] = [await walk(connection, pools[0]), await walk(connection, pools[1])]
    times.small.push(...small.slice(-10))
    times.large.push(...large.slice(-10))
  }
  return { name: `ListUsers, pages ${pages - 9} to ${pages} of 15`, ...times }
}

/** Every call that looks for users, one at a time, to two pools of one server that does nothing else. */
export const comparePools = async (port: number, pools: Pools, rounds: number, progress: (text: string) => void): Promise<Compared[]> => {
  const connection = await openConnection(port)
  const results: Compared[] = []
  for (const { name, request } of scaleVerbs) {
    progress(name)
    results.push(await inTurns(name, rounds, pools, async (pool, index) => (await answered(connection, request(pool, index))).took))
  }
  progress('pages deep in the list')
  results.push(await deepPages(connection, rounds, pools))
  const name = 'AdminCreateUser and AdminDeleteUser'
  progress(name)
  const makeAndDelete: Timed = async (pool) =>
    (await answered(connection, createUser(pool))).took + (await answered(connection, deleteUser(pool))).took
  results.push(await inTurns(name, Math.ceil(rounds / 4), pools, makeAndDelete))
  connection.close()
  return results
}
