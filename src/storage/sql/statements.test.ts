import { describe, expect, it } from 'vitest'
import { sqlCorpus } from '../../../tests/support/sql-corpus.ts'
import { migrate } from '../migrate.ts'
import { connectSqlite } from '../sqlite-connection.ts'
import { migrations } from './tables.ts'

const statements = sqlCorpus()
const ddl = statements.filter(({ file }) => file === 'tables.ts')
const dml = statements.filter(({ file }) => file !== 'tables.ts')

const forbidden: readonly (readonly [string, RegExp])[] = [
  ['text put in at run time', /\$\{/],
  ['foreign keys', /\bREFERENCES\b|\bFOREIGN\b|\bCASCADE\b/i],
  ['triggers, views, sequences, functions', /\b(TRIGGER|VIEW|SEQUENCE|FUNCTION|PROCEDURE|AUTOINCREMENT|SERIAL|IDENTITY|GENERATED)\b/],
  ["one engine's upserts", /INSERT OR|REPLACE INTO|UPDATE OR/i],
  [
    "one engine's functions",
    /\b(ifnull|strftime|datetime|julianday|now|random|json_\w+|printf|instr|substr|hex|group_concat|typeof|last_insert_rowid|changes)\s*\(/i,
  ],
  ["one engine's operators", /::|->|\bGLOB\b|\bLIKE\b|\bILIKE\b|\bREGEXP\b|\bIS NOT DISTINCT\b/i],
  ['collations and row numbers', /\bCOLLATE\b|\browid\b|WITHOUT ROWID|\bSTRICT\b/i],
  ['types beyond TEXT and BIGINT', /\b(INTEGER|INT|BLOB|BYTEA|BOOLEAN|REAL|JSONB?|VARCHAR|TIMESTAMP|ENUM|ARRAY)\b/],
  ['locks and notifications', /\bFOR (UPDATE|SHARE)\b|SKIP LOCKED|\bLISTEN\b|\bNOTIFY\b|advisory/i],
  ['statements that only some engines have', /\bTRUNCATE\b|\bTEMP(ORARY)?\b|\bPRAGMA\b|\bATTACH\b/i],
  ['named parameters', /[:@$][a-z]\w*|\$\d/],
]

describe('the SQL of the storage layer', () => {
  it('was found', () => {
    expect(ddl.map(({ sql }) => sql)).toEqual(migrations)
    expect(dml.length).toBeGreaterThan(110)
  })

  it.each(forbidden)('has no %s', (_, pattern) => {
    expect(statements.filter(({ sql }) => pattern.test(sql))).toEqual([])
  })

  it('knows its own patterns', () => {
    expect(forbidden[6]?.[1].test('CREATE TABLE t (a TEXT) WITHOUT ROWID')).toBe(true)
    expect(forbidden[5]?.[1].test("SELECT a FROM t WHERE b LIKE 'x%'")).toBe(true)
  })

  it('has migrations of one additive, repeatable statement each', () => {
    for (const sql of migrations) {
      expect(sql).toMatch(/^CREATE (TABLE|INDEX|UNIQUE INDEX) IF NOT EXISTS /)
      expect(sql).not.toContain(';')
      // No partial indexes and no defaults to fill in.
      expect(sql).not.toMatch(/\bWHERE\b|\bDEFAULT\b|\bCHECK\b/)
    }
  })

  it('has keys that begin with the pool, of eight columns at most', () => {
    const global = ['meta', 'lease', 'user_pool_name', 'app_client_name', 'access_key', 'pool_domain_name', 'operator', 'operator_session']
    for (const sql of migrations.filter((text) => text.startsWith('CREATE TABLE'))) {
      const table = /EXISTS (\w+)/.exec(sql)?.[1] ?? ''
      const columns = /PRIMARY KEY \(([^)]*)\)/.exec(sql)?.[1]?.split(', ') ?? []
      expect(columns.length).toBeGreaterThan(0)
      expect(columns.length).toBeLessThanOrEqual(8)
      if (!global.includes(table)) expect([table, columns[0]]).toEqual([table, 'pool_uid'])
    }
  })

  it('empties every table at a wipe but those of facts and keys, and every one that belongs to a pool with that pool', () => {
    const tables = migrations.flatMap((sql) => /^CREATE TABLE IF NOT EXISTS (\w+)/.exec(sql)?.[1] ?? [])
    const emptied = dml.flatMap(({ file, sql }) => (file === 'maintenance.ts' ? (/^DELETE FROM (\w+)$/.exec(sql)?.[1] ?? []) : []))
    const kept = ['meta', 'lease', 'data_key', 'signing_key', 'access_key', 'operator', 'operator_session']
    expect(tables.filter((table) => !emptied.includes(table))).toEqual(kept)
    const purged = dml.flatMap(({ file, sql }) => (file === 'purge-deleted.ts' ? (/^DELETE FROM (\w+)/.exec(sql)?.[1] ?? []) : []))
    const others = ['meta', 'lease', 'user_pool', 'user_pool_name', 'access_key', 'audit', 'operator', 'operator_session']
    expect(tables.filter((table) => !purged.includes(table))).toEqual(others)
  })

  it('calls the purge of a pool done only where it has looked at every table that it purges', () => {
    const purging = dml.filter(({ file }) => file === 'purge-deleted.ts').map(({ sql }) => sql)
    const end = purging.find((sql) => /^DELETE FROM purge_job .* kind = 'pool'/.test(sql)) ?? ''
    const seen = [...end.matchAll(/EXISTS \(SELECT 1 FROM (\w+) WHERE pool_uid = purge_job\.pool_uid\)/g)].map(([, table]) => table)
    const purged = purging.flatMap((sql) => /^DELETE FROM (\w+)/.exec(sql)?.[1] ?? [])
    expect([...new Set(purged)].filter((table) => !seen.includes(table))).toEqual(['purge_job', 'app_client_name'])
  })

  it('names the key wherever it inserts or resolves a conflict', () => {
    for (const { sql } of dml.filter((statement) => statement.sql.startsWith('INSERT'))) {
      expect(sql).toMatch(/^INSERT INTO \w+ \(/)
      if (sql.includes('DO UPDATE')) expect(sql).toMatch(/ON CONFLICT \([a-z_, ]+\) DO UPDATE/)
    }
  })

  it('limits only what it orders by a key: PostgreSQL may else read all of a table for its first rows', () => {
    const limited = dml.filter(({ sql }) => /\bLIMIT\b/.test(sql))
    expect(limited.length).toBeGreaterThan(50)
    expect(limited.filter(({ sql }) => !/ORDER BY [\w., ]+\s+(DESC\s+)?LIMIT\b/.test(sql))).toEqual([])
  })

  it('reaches its rows through the leading columns of a key, without sorting', () => {
    const { db } = connectSqlite(':memory:', 'write')
    migrate(db)
    const wiping = /^DELETE FROM \w+$/
    const slow = dml
      .filter(({ sql }) => !wiping.test(sql))
      .flatMap(({ file, sql }) => {
        const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()
        const details = plan.map((row) => String(row['detail']))
        return details.filter((detail) => /^SCAN|TEMP B-TREE|AUTOMATIC/.test(detail)).map((detail) => ({ file, sql, detail }))
      })
    expect(slow).toEqual([])
  })
})
