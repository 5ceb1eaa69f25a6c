import { describe, expect, it } from 'vitest'
import { migrate } from './migrate.ts'
import { connectSqlite } from './sqlite-connection.ts'
import { tableShapes } from './table-shapes.ts'

describe('the shapes of tables', () => {
  it('are those that SQLite has after all steps', () => {
    const { db } = connectSqlite(':memory:', 'write')
    migrate(db)
    const made = db
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('schema_migration', 'schema_usable_from') ORDER BY rowid`,
      )
      .all()
    expect(tableShapes.map(({ name }) => name)).toEqual(made.map(({ name }) => name))
    for (const { name, columns, key } of tableShapes) {
      const info = db.prepare(`PRAGMA table_info(${name})`).all()
      expect(columns).toEqual(info.map((column) => ({ name: column['name'], type: column['type'] })))
      const inKey = info.filter(({ pk }) => Number(pk) > 0).sort((a, b) => Number(a['pk']) - Number(b['pk']))
      expect([name, ...key]).toEqual([name, ...inKey.map((column) => column['name'])])
    }
  })
})
