import pg from 'pg'
import { inject } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { systemRandom } from '../../src/random.ts'
import type { PostgresOptions } from '../../src/storage/open-postgres.ts'

/** A PostgreSQL database for one store of a test in the project `postgres`; undefined in the others, which keep everything in memory. */
export const testDatabase = async (): Promise<PostgresOptions | undefined> => {
  const server = inject('postgres')
  if (server === undefined) return undefined
  const name = `harness_${systemRandom.uuid().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`CREATE DATABASE ${name} TEMPLATE template`)
  await client.end()
  return { url: server.replace(/\/[^/]*$/, `/${name}`), connections: 4, clock: systemClock, random: systemRandom }
}
