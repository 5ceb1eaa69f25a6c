import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDispatcher } from '../../src/api/dispatch.ts'
import { authenticateOperator } from '../../src/console/authenticate-operator.ts'
import type { ConsoleRequest } from '../../src/console/console-request.ts'
import { createConsole } from '../../src/console/create-console.ts'
import { everybodyIsOperator } from '../../src/console/operator.ts'
import { operations } from '../../src/operations/index.ts'
import { createConsoleListener } from '../../src/server/console-listener.ts'
import { countWork } from './count-work.ts'
import { type Harness, testRegion } from './harness.ts'

/** What showing a page took. */
export interface PageCost {
  /** Operations of the API that the page called, in alphabetical order. */
  readonly calls: readonly string[]
  /** Verbs of the store and slow arithmetic behind them, in alphabetical order. */
  readonly work: readonly string[]
}

/** The console of a program in this process, which counts what pages ask for. */
export interface CountedConsole {
  readonly url: string
  /**
   * Resolves to what was done since the last time, once nothing has been asked for so many milliseconds and `rest` has found nothing to wait
   * for: on a busy machine a page may be silent because its turn has not come.
   */
  settled(quiet: number, rest?: () => Promise<void>): Promise<PageCost>
  close(): Promise<void>
}

const port = (server: Server) => (server.address() as AddressInfo).port

/** Serves the console of a harness on a free port; the console has to be built. */
export const openCountedConsole = async (harness: Harness): Promise<CountedConsole> => {
  const work = countWork(harness)
  const region = { served: undefined, default: testRegion }
  let calls: string[] = []
  let pending = 0
  let last = performance.now()
  const answer = createConsole({
    dispatch: createDispatcher({
      services: { ...harness, ...work.services },
      operations,
      settings: {
        auth: 'any',
        defaultRegion: testRegion,
        idsChosenBy: 'everybody',
        strictErrors: true,
        authenticate: authenticateOperator(everybodyIsOperator, region),
      },
    }),
    findOperator: everybodyIsOperator,
    facts: {
      mode: 'dev',
      accountId: '000000000000',
      regions: undefined,
      defaultRegion: testRegion,
      operations: Object.keys(operations),
    },
    refuse: () => undefined,
    publicUrl: () => '',
    faults: harness,
  })
  const counted = async (request: ConsoleRequest) => {
    pending += 1
    const target = request.headers['x-amz-target']
    if (target !== undefined) calls.push(target.slice(target.indexOf('.') + 1))
    try {
      return await answer(request)
    } finally {
      pending -= 1
      last = performance.now()
    }
  }
  const listener = createConsoleListener(counted, { trustedProxies: () => false, maxBody: 1 << 20 })
  const server = createServer((incoming, outgoing) => {
    void listener(incoming, outgoing, (incoming.url ?? '').split('?', 1)[0] ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const isQuiet = (quiet: number) => pending === 0 && performance.now() - last > quiet
  return {
    url: `http://127.0.0.1:${port(server)}`,
    settled: async (quiet, rest = async () => undefined) => {
      do {
        while (!isQuiet(quiet)) await new Promise((resolve) => setTimeout(resolve, 20))
        await rest()
      } while (!isQuiet(quiet))
      const cost = { calls: calls.sort(), work: work.take().sort() }
      calls = []
      return cost
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
