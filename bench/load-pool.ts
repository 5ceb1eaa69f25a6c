import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** A pool that the build under measure filled. */
export interface LoadedPool {
  readonly userPoolId: string
  readonly clientId: string
  readonly users: number
  /** By this load, in so many seconds. */
  readonly added: number
  readonly seconds: number
  readonly signIn: { readonly everyNth: number }
}

/** Fills a pool with `poolhouse load` of a build, or takes it as an earlier load left it; no server may run on the folder. */
export const loadPool = (dist: string, dataDir: string, poolId: string, users: number, groups = 0): LoadedPool => {
  const flags = ['--pool', poolId, '--users', String(users), '--groups', String(groups), '--data-dir', dataDir, '--json']
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  return JSON.parse(execFileSync(process.execPath, [join(dist, 'main.js'), 'load', ...flags], { encoding: 'utf8', stdio: [...stdio] }))
}

/** The numbers of 100 users who can sign in, spread over the pool; it has a thousand users or more. */
export const knownUsers = ({ users, signIn: { everyNth } }: LoadedPool): number[] =>
  Array.from({ length: 100 }, (_, index) => Math.floor((index * users) / 100 / everyNth) * everyNth)
