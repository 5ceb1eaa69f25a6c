import { randomInt } from 'node:crypto'
import { callApi } from './call-api.ts'
import { type CrashLedger, createCrashLedger } from './crash-ledger.ts'
import { type RestartableServer, startRestartable } from './restartable-server.ts'
import type { TestPostgres } from './start-postgres.ts'

/** What a client was told, and whether it was true. */
export interface CrashFigures {
  readonly acknowledged: number
  readonly wrong: readonly string[]
}

/** A server and a client that remembers what it was told. */
export interface CrashRun {
  readonly server: RestartableServer
  readonly ledger: CrashLedger
  readonly pool: { readonly UserPoolId: string; readonly ClientId: string }
  /** Lets the client work and kills the server, so many times; answers what was acknowledged until then, and what the server does not stand by. */
  kill(times: number, progress?: (done: number, ledger: CrashLedger) => void): Promise<CrashFigures>
  /** The same, killing what the server keeps its data in: the client goes on through it. */
  killDatabase(times: number, database: Pick<TestPostgres, 'kill' | 'restart'>): Promise<CrashFigures>
  close(): Promise<void>
}

/** The code of every message of a server that a ledger is kept of: its flag `--fixed-code`. */
export const ledgerCode = '135790'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Resolves with the ms until another change is acknowledged. */
export const nextChange = async (ledger: CrashLedger): Promise<number> => {
  const [began, before] = [performance.now(), ledger.acknowledged()]
  while (ledger.acknowledged() === before) await pause(5)
  return Math.round(performance.now() - began)
}

/** Makes a pool with what a ledger works on, and the ledger; `urls` are of nodes on the same data. */
export const openLedger = async (...urls: readonly [string, ...string[]]): Promise<Pick<CrashRun, 'ledger' | 'pool'>> => {
  const [url] = urls
  const { UserPool } = await callApi(url, 'CreateUserPool', {
    PoolName: 'crash',
    AliasAttributes: ['email'],
    AutoVerifiedAttributes: ['email'],
  })
  const UserPoolId: string = UserPool.Id
  await callApi(url, 'CreateGroup', { UserPoolId, GroupName: 'readers' })
  const { UserPoolClient } = await callApi(url, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'crash',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
  })
  const pool = { UserPoolId, ClientId: UserPoolClient.ClientId as string }
  const ledger = createCrashLedger({ ...pool, url: (n) => urls[n % urls.length] ?? url, code: ledgerCode, below: randomInt })
  return { ledger, pool }
}

/** Starts a development server on a folder of its own, or on a database that flags name, with a pool, and a ledger on it. */
export const openCrashRun = async ({
  flags = [],
  env = {},
}: {
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
} = {}): Promise<CrashRun> => {
  const server = await startRestartable({ flags: ['--fixed-code', ledgerCode, ...flags], env })
  const { ledger, pool } = await openLedger(server.url)
  return {
    server,
    ledger,
    pool,
    kill: async (times, progress) => {
      const wrong: string[] = []
      for (let done = 1; done <= times; done += 1) {
        const work = ledger.work()
        // A busy machine may take longer than any pause for the first one.
        await Promise.race([work, nextChange(ledger)])
        await Promise.race([work, pause(randomInt(800))])
        await server.kill()
        await work
        await server.start()
        wrong.push(...(await ledger.check('touched')))
        progress?.(done, ledger)
      }
      wrong.push(...(await ledger.check('all')))
      return { acknowledged: ledger.acknowledged(), wrong }
    },
    killDatabase: async (times, database) => {
      const wrong: string[] = []
      for (let done = 1; done <= times; done += 1) {
        const killed = async () => {
          await nextChange(ledger)
          await pause(randomInt(400))
          await database.kill()
          await database.restart()
          await nextChange(ledger)
        }
        await ledger.workThrough(killed())
        wrong.push(...(await ledger.check('touched')))
      }
      wrong.push(...(await ledger.check('all')))
      return { acknowledged: ledger.acknowledged(), wrong }
    },
    close: server.close,
  }
}
