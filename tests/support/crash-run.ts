import { randomInt } from 'node:crypto'
import { callApi } from './call-api.ts'
import { type CrashLedger, createCrashLedger } from './crash-ledger.ts'
import { startRestartable } from './restartable-server.ts'

/** A server and a client that remembers what it was told. */
export interface CrashRun {
  /** Lets the client work and kills the server, so many times; answers what was acknowledged until then, and what the server does not stand by. */
  kill(times: number, progress?: (done: number, ledger: CrashLedger) => void): Promise<{ acknowledged: number; wrong: readonly string[] }>
  close(): Promise<void>
}

const code = '135790'
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Starts a development server on a folder of its own, with a pool, and a ledger on it. */
export const openCrashRun = async (): Promise<CrashRun> => {
  const server = await startRestartable({ flags: ['--fixed-code', code] })
  const { UserPool } = await callApi(server.url, 'CreateUserPool', {
    PoolName: 'crash',
    AliasAttributes: ['email'],
    AutoVerifiedAttributes: ['email'],
  })
  const UserPoolId: string = UserPool.Id
  await callApi(server.url, 'CreateGroup', { UserPoolId, GroupName: 'readers' })
  const { UserPoolClient } = await callApi(server.url, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'crash',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
  })
  const ledger = createCrashLedger({ url: () => server.url, UserPoolId, ClientId: UserPoolClient.ClientId, code, below: randomInt })
  return {
    kill: async (times, progress) => {
      const wrong: string[] = []
      for (let done = 1; done <= times; done += 1) {
        const work = ledger.work()
        await Promise.race([work, pause(200 + randomInt(800))])
        await server.kill()
        await work
        await server.start()
        wrong.push(...(await ledger.check('touched')))
        progress?.(done, ledger)
      }
      wrong.push(...(await ledger.check('all')))
      return { acknowledged: ledger.acknowledged(), wrong }
    },
    close: server.close,
  }
}
