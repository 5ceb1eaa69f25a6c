import { describe, expect, it } from 'vitest'
import { byAt } from './conformance/samples.ts'
import { endSessions } from './end-sessions.ts'
import { storeOver } from './executor.ts'
import { migrate } from './migrate.ts'
import { connectSqlite } from './sqlite-connection.ts'
import { sqliteInline } from './sqlite-inline.ts'
import { tableShapes } from './table-shapes.ts'
import { tableStatements } from './table-statements.ts'

describe('a new epoch', () => {
  it('empties exactly the tables of what people are in the middle of, and counts up', async () => {
    const connection = connectSqlite(':memory:', 'write')
    migrate(connection.db)
    const store = storeOver(
      sqliteInline(connection, (error) => {
        throw error
      }),
    )
    const expiring = tableShapes.filter(({ columns }) => columns.some(({ name }) => name === 'expires_at')).map(({ name }) => name)
    for (const { shape, insert } of tableStatements) {
      if (expiring.includes(shape.name))
        connection.db.prepare(insert(1)).run(...shape.columns.map(({ type }) => (type === 'TEXT' ? 'x' : 7)))
    }
    expect(await endSessions(store, byAt(1))).toBe(1)
    expect(await endSessions(store, byAt(2))).toBe(2)
    const left = expiring.filter((name) => connection.db.prepare(`SELECT * FROM ${name}`).all().length > 0)
    // Counted failures and quotas hold on; a revocation or a spent token is never good again; a lease is no one's session.
    expect(left).toEqual(['lease', 'attempt', 'quota', 'spent', 'revocation'])
    expect(expiring.filter((name) => !left.includes(name))).toEqual([
      'code',
      'challenge_state',
      'refresh_family',
      'user_session',
      'authorization_code',
      'operator_session',
    ])
    await store.close()
  })
})
