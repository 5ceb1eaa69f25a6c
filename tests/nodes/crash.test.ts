import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CrashRun, openCrashRun } from '../support/crash-run.ts'
import { postgresNote, startPostgres, type TestPostgres } from '../support/start-postgres.ts'

const kills = { server: 6, database: 10 }

let database: TestPostgres
let run: CrashRun
beforeAll(async () => {
  if (postgresNote !== '') return
  database = await startPostgres({ fsync: true })
  run = await openCrashRun({ flags: ['--database', await database.createDatabase()] })
})
afterAll(async () => {
  await run?.close()
  await database?.stop()
})

describe.skipIf(postgresNote !== '')(`a server on PostgreSQL${postgresNote}`, () => {
  it(`stands by everything that it acknowledged, after each of ${kills.server} kills`, { timeout: 300_000 }, async () => {
    const { acknowledged, wrong } = await run.kill(kills.server)
    expect(wrong).toEqual([])
    expect(acknowledged).toBeGreaterThan(kills.server)
  })

  it(`does so after each of ${kills.database} kills of the database`, { timeout: 300_000 }, async () => {
    const before = run.ledger.acknowledged()
    const { acknowledged, wrong } = await run.killDatabase(kills.database, database)
    expect(wrong).toEqual([])
    expect(acknowledged - before).toBeGreaterThan(kills.database)
  })
})
