import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { storeConformance } from './conformance.ts'
import { openSqlite } from './open-sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'poolhouse-'))
afterAll(() => rmSync(folder, { recursive: true }))

const quiet = { warn: () => undefined, error: () => undefined }
const onFatal = (error: unknown) => {
  throw error
}

storeConformance('SQLite in memory', () => openSqlite({ folder: ':memory:', onFatal, log: quiet }))
storeConformance('SQLite in a file', () => openSqlite({ folder: join(folder, 'data'), onFatal, log: quiet }))
