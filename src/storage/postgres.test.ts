import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqlCorpus } from '../../tests/support/sql-corpus.ts'
import { postgresNote, postgresPrograms, startPostgres, type TestPostgres } from '../../tests/support/start-postgres.ts'
import { systemClock } from '../clock.ts'
import { systemRandom } from '../random.ts'
import { storeConformance } from './conformance.ts'
import { openPostgres } from './open-postgres.ts'
import { postgresStatement } from './postgres-statement.ts'
import { tableStatements } from './table-statements.ts'

const options = { clock: systemClock, random: systemRandom }
const programs = postgresPrograms.map((folder) => ({ folder }))

describe.skipIf(postgresNote !== '').each(programs)(`PostgreSQL of $folder${postgresNote}`, ({ folder }) => {
  let server: TestPostgres
  beforeAll(async () => {
    server = await startPostgres({ programs: folder })
  })
  afterAll(() => server?.stop())

  storeConformance('with prepared statements', async () => openPostgres({ url: await server.createDatabase(), ...options }))
  storeConformance('without prepared statements', async () =>
    openPostgres({ url: await server.createDatabase(), prepared: false, ...options }),
  )

  it('reaches its rows through keys, as its plans for any parameters say', async ({ skip }) => {
    skip(Number.parseInt(server.version, 10) < 16, 'EXPLAIN (GENERIC_PLAN) came with PostgreSQL 16')
    const url = await server.createDatabase()
    await (await openPostgres({ url, ...options })).close()
    // Small tables are cheaper to read whole, so it is told not to.
    await server.query(`ALTER DATABASE ${url.split('/').at(-1)} SET enable_seqscan = off`)
    const wiping = /^DELETE FROM \w+$/
    const slow: object[] = []
    let seen = 0
    const verbs = sqlCorpus().filter((one) => one.file !== 'tables.ts' && !wiping.test(one.sql))
    const walks = tableStatements.map(({ shape, after }) => ({ file: shape.name, sql: after }))
    for (const { file, sql } of [...verbs, ...walks]) {
      const plan = await server.query(`EXPLAIN (GENERIC_PLAN) ${postgresStatement(sql).text}`, url.split('/').at(-1))
      const lines = plan.map((row) => String(row['QUERY PLAN']))
      seen += lines.length
      if (lines.some((line) => /Seq Scan/.test(line))) slow.push({ file, sql, lines })
    }
    expect(slow).toEqual([])
    expect(seen).toBeGreaterThan(200)
  })
})
