import type { TestProject } from 'vitest/node'
import { systemClock } from '../../src/clock.ts'
import { systemRandom } from '../../src/random.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { postgresPrograms, startPostgres } from './start-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where stores of tests are made: the administrator's address of a PostgreSQL server that has a database `template`. */
    postgres: string | undefined
  }
}

/** One server for all tests of the run that keep their data in PostgreSQL. */
export default async ({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> => {
  if (postgresPrograms.length === 0) return undefined
  const server = await startPostgres()
  await server.query('CREATE DATABASE template')
  const store = await openPostgres({ url: server.urlOf('template'), clock: systemClock, random: systemRandom })
  await store.close()
  provide('postgres', server.urlOf('postgres'))
  return server.stop
}
