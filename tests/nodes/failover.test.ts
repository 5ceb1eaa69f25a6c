import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CrashLedger } from '../support/crash-ledger.ts'
import { ledgerCode, nextChange, openLedger } from '../support/crash-run.ts'
import { type RestartableServer, startRestartable } from '../support/restartable-server.ts'
import { standbyPrograms, startPostgres, type TestPostgres, type TestStandby } from '../support/start-postgres.ts'

const note = standbyPrograms === undefined ? ' (skipped: no PostgreSQL with pg_basebackup on this machine)' : ''
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

let primary: TestPostgres
let standby: TestStandby
let database: string
let nodes: RestartableServer[] = []
let ledger: CrashLedger

beforeAll(async () => {
  if (standbyPrograms === undefined) return
  primary = await startPostgres({ programs: standbyPrograms, fsync: true })
  standby = await primary.startStandby()
  const url = await primary.createDatabase()
  database = url.split('/').at(-1) ?? ''
  const flags = ['--fixed-code', ledgerCode, '--database', url.replace(/@[^/]+/, `@127.0.0.1:${primary.port},127.0.0.1:${standby.port}`)]
  const env = { POOLHOUSE_MASTER_KEY: randomBytes(32).toString('base64') }
  nodes = await Promise.all([1, 2, 3].map(() => startRestartable({ flags, env })))
  const [first = '', ...others] = nodes.map((node) => node.url)
  ledger = (await openLedger(first, ...others)).ledger
})
afterAll(async () => {
  for (const node of nodes) await node.close()
  await primary?.stop()
  await standby?.stop()
})

/** What requests have done twice, by the audit trail, in which each change leaves a row of its own. */
const doneTwice = (server: TestPostgres) =>
  server.query(`SELECT request_id, action, subject, outcome FROM audit GROUP BY 1, 2, 3, 4 HAVING count(*) > 1`, database)

describe.skipIf(standbyPrograms === undefined)(`three nodes on a primary and its synchronous standby${note}`, () => {
  it('lose nothing when the primary is killed and the standby takes its place', async () => {
    let recovery = 0
    const killed = async () => {
      await nextChange(ledger)
      await pause(700)
      await primary.kill()
      const began = performance.now()
      await standby.promote()
      await nextChange(ledger)
      recovery = Math.round(performance.now() - began)
      await pause(500)
    }
    await ledger.workThrough(killed())
    expect(await ledger.check('all')).toEqual([])
    expect(await doneTwice(standby)).toEqual([])
    console.log(`a change was acknowledged ${recovery} ms after the primary was killed and its standby promoted at once`)
    expect(recovery).toBeLessThan(15_000)
  })

  it('pass over a deposed primary that is back and takes no writes', async () => {
    await primary.restart({ default_transaction_read_only: 'on', synchronous_standby_names: '' })
    const [node] = nodes
    await node?.kill()
    await node?.start()
    await ledger.workThrough(nextChange(ledger).then(() => pause(500)))
    expect(await ledger.check('all')).toEqual([])
    expect(await primary.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'poolhouse'")).toEqual([])
  })

  it('refuse what hangs with the primary, and do nothing twice once it goes on', { timeout: 90_000 }, async () => {
    const before = ledger.faults()
    const hung = async () => {
      await nextChange(ledger)
      standby.hang()
      await pause(12_000)
      expect(ledger.faults()).toBeGreaterThan(before)
      standby.goOn()
      await nextChange(ledger)
      await pause(300)
    }
    await ledger.workThrough(hung())
    // The statement timeout and the wait for another server, with room for a busy machine.
    expect(ledger.longestWait()).toBeLessThan(30_000)
    expect(await ledger.check('all')).toEqual([])
    expect(await doneTwice(standby)).toEqual([])
  })
})

describe.skipIf(standbyPrograms === undefined)(`three nodes on a primary whose standby was promoted beside it${note}`, () => {
  let [old, next]: (TestPostgres | undefined)[] = []
  let beside: RestartableServer[] = []
  afterAll(async () => {
    for (const node of beside) await node.close()
    await old?.stop()
    await next?.stop()
  })

  it('leave it at the first commit that its standby does not confirm', { timeout: 90_000 }, async () => {
    const left = await startPostgres({ programs: standbyPrograms ?? '', fsync: true })
    old = left
    const taker = await left.startStandby()
    next = taker
    const url = (await left.createDatabase()).replace(/@[^/]+/, `@127.0.0.1:${left.port},127.0.0.1:${taker.port}`)
    const env = { POOLHOUSE_MASTER_KEY: randomBytes(32).toString('base64') }
    beside = await Promise.all([1, 2, 3].map(() => startRestartable({ flags: ['--fixed-code', ledgerCode, '--database', url], env })))
    const [first = '', ...others] = beside.map((node) => node.url)
    const { ledger: open } = await openLedger(first, ...others)
    const split = async () => {
      await nextChange(open)
      await taker.promote()
      await pause(500)
      await nextChange(open)
      // Each of the nodes meets a commit that hangs.
      await pause(12_000)
    }
    await open.workThrough(split(), { isSplit: true })
    // Those of commits that hang stay, until a standby comes back to them.
    const used = "SELECT query FROM pg_stat_activity WHERE application_name = 'poolhouse' AND wait_event IS DISTINCT FROM 'SyncRep'"
    expect(await left.query(used)).toEqual([])
    expect(await open.check('all')).toEqual([])
  })
})
