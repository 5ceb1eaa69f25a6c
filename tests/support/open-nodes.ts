import type { PostgresOptions } from '../../src/storage/open-postgres.ts'
import { createHarness, type Harness } from './harness.ts'
import { testDatabase } from './test-database.ts'

/** Several servers on one database, as they run on several machines. */
export interface Nodes {
  readonly all: readonly [Harness, Harness, Harness]
  /** The n-th call's node, in turns. */
  at(n: number): Harness
  /** Moves the clocks of all. */
  advance(ms: number): void
  /** The code in the newest message to a destination, whichever node sent it. */
  codeSentTo(destination: string): string
  close(): Promise<void>
}

/** Opens three nodes on a database of the test's own, or each by its own way to one. */
export const openNodes = async ({
  ways = [],
  policy = {},
}: {
  readonly ways?: readonly PostgresOptions[]
  readonly policy?: Parameters<typeof createHarness>[0]
} = {}): Promise<Nodes> => {
  const database = ways[0] ?? (await testDatabase())
  if (database === undefined) throw new Error('nodes share a PostgreSQL database: run this test in the project `postgres`')
  const open = (n: number) => createHarness(policy, {}, ':memory:', ways[n] ?? database)
  const all = [await open(0), await open(1), await open(2)] as const
  const at = (n: number) => all[n % all.length] ?? all[0]
  return {
    all,
    at,
    advance: (ms) => {
      for (const { clock } of all) clock.advance(ms)
    },
    codeSentTo: (destination) => {
      const messages = all.flatMap(({ mailbox }) => mailbox?.messages(destination) ?? [])
      const code = messages.sort((a, b) => b.sentAt - a.sentAt)[0]?.code
      if (code === undefined) throw new Error(`no message with a code was sent to ${destination}`)
      return code
    },
    close: async () => {
      for (const node of all) await node.close()
    },
  }
}
