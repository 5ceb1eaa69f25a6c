import { randomBytes, randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openArena } from '../linearizability/arena.ts'
import type { Arena, Judged } from '../linearizability/histories.ts'
import { scenarios, timeless } from '../linearizability/scenarios.ts'
import { harnessUnderTest, processUnderTest } from '../linearizability/server-under-test.ts'
import { ledgerCode } from '../support/crash-run.ts'
import { type CuttingProxy, openCuttingProxy } from '../support/cutting-proxy.ts'
import { type Nodes, openNodes } from '../support/open-nodes.ts'
import { type RestartableServer, startRestartable } from '../support/restartable-server.ts'
import { testDatabase } from '../support/test-database.ts'

const missing = inject('postgres') === undefined
const note = missing ? ' (skipped: no PostgreSQL server program on this machine)' : ''
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const grace = 10
const policy = { fixedCode: ledgerCode }

const arenaOf = (nodes: Nodes): Promise<Arena> => {
  const [first, ...others] = nodes.all.map(harnessUnderTest)
  if (first === undefined) throw new Error('there are no nodes')
  return openArena([first, ...others], { grace, code: ledgerCode, below: randomInt })
}

const expectOrder = ({ isPossible, history }: Judged) => expect(isPossible, history).toBe(true)

describe.skipIf(missing)(`three nodes on one database, with many clients at once${note}`, () => {
  let nodes: Nodes
  let arena: Arena
  beforeAll(async () => {
    nodes = await openNodes({ policy })
    arena = await arenaOf(nodes)
  })
  afterAll(() => nodes?.close())

  it.each(scenarios)('have an order for %s', async (_, record) => {
    for (let n = 0; n < 2; n += 1) {
      const judged = await record(arena, `round-${n}`, () => nodes.advance(grace * 1000))
      expectOrder(judged)
      expect(judged.unknown).toBe(0)
    }
  })
})

describe.skipIf(missing)(`three nodes whose connections to the database are cut at commits${note}`, () => {
  let nodes: Nodes
  let arena: Arena
  let proxies: CuttingProxy[]
  beforeAll(async () => {
    const database = await testDatabase()
    if (database === undefined) return
    const port = Number(new URL(database.url).port)
    proxies = await Promise.all([1, 2, 3].map(() => openCuttingProxy(port)))
    nodes = await openNodes({
      policy,
      ways: proxies.map((proxy) => ({ ...database, url: database.url.replace(`:${port}/`, `:${proxy.port}/`) })),
    })
    arena = await arenaOf(nodes)
  })
  afterAll(async () => {
    await nodes?.close()
    for (const proxy of proxies ?? []) await proxy.close()
  })

  let unknown = 0
  it.each(scenarios)('have an order for %s', async (_, record) => {
    // The time of one request, about; another commit is lost each time.
    const cutting = setInterval(() => proxies[randomInt(proxies.length)]?.cutAfter('COMMIT'), 20)
    try {
      const judged = await record(arena, 'once')
      expectOrder(judged)
      unknown += judged.unknown
    } finally {
      clearInterval(cutting)
    }
  })
  it('left some outcomes open', () => expect(unknown).toBeGreaterThan(scenarios.length))
})

describe.skipIf(missing)(`three nodes of which one is killed${note}`, () => {
  let nodes: RestartableServer[] = []
  let arena: Arena
  beforeAll(async () => {
    const database = await testDatabase()
    if (database === undefined) return
    const settings = {
      flags: ['--fixed-code', ledgerCode, '--database', database.url],
      env: { POOLHOUSE_MASTER_KEY: randomBytes(32).toString('base64') },
    }
    nodes = await Promise.all([1, 2, 3].map(() => startRestartable(settings)))
    const [first, ...others] = nodes.map(({ url }) => processUnderTest(url))
    if (first === undefined) return
    arena = await openArena([first, ...others], { grace: 0, code: ledgerCode, below: randomInt })
  })
  afterAll(() => Promise.all(nodes.map((node) => node.close())))

  let unknown = 0
  it.each(timeless)('have an order for %s', async (_, record) => {
    const [killed] = nodes
    const killing = pause(60 + randomInt(120)).then(() => killed?.kill())
    const judged = await record(arena, 'once')
    await killing
    expectOrder(judged)
    unknown += judged.unknown
    await killed?.start()
  })
  it('left some outcomes open', () => expect(unknown).toBeGreaterThan(0))
})
