import { describe, expect, it } from 'vitest'
import { migrate } from './migrate.ts'
import { connectSqlite } from './sqlite-connection.ts'
import { tableStatements } from './table-statements.ts'

describe('the statements for whole tables', () => {
  it('walk every table along its primary key, without sorting', () => {
    const { db } = connectSqlite(':memory:', 'write')
    migrate(db)
    expect(tableStatements.length).toBeGreaterThanOrEqual(40)
    for (const { shape, after } of tableStatements) {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${after}`).all()
      const details = plan.map((row) => String(row['detail']))
      const form = new RegExp(`^SEARCH ${shape.name} USING (PRIMARY KEY|INDEX sqlite_autoindex_${shape.name}_1) \\(`)
      expect(details).toEqual([expect.stringMatching(form)])
    }
  })

  it('insert many rows as one, within what engines take as parameters', () => {
    for (const { shape, insert } of tableStatements) {
      expect(insert(3).match(/\?/g)?.length).toBe(3 * shape.columns.length)
      expect(100 * shape.columns.length).toBeLessThan(32_766)
      expect(insert(1)).toMatch(new RegExp(`^INSERT INTO ${shape.name} \\([a-z_, ]+\\) VALUES \\([?, ]+\\)$`))
    }
  })
})
