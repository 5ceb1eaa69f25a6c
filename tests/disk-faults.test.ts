import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { callApi } from './support/call-api.ts'
import type { CrashLedger } from './support/crash-ledger.ts'
import { type CrashRun, nextChange, openCrashRun } from './support/crash-run.ts'

const hasCompiler = (): boolean => {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const unfit = hasCompiler() ? '' : 'no C compiler'
const missing = process.platform === 'linux' ? unfit : 'not Linux'
const note = missing && ` (skipped: ${missing})`

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

interface FailingDisk extends CrashRun {
  /** What writing the database's files, or making it durable, meets from now on; undefined: nothing. */
  fail(error: 'ENOSPC' | 'EIO' | undefined, kind?: 'write' | 'sync'): Promise<void>
}

let run: FailingDisk | undefined
afterEach(async () => {
  await run?.close()
  run = undefined
})

const open = async (): Promise<FailingDisk> => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-disk-'))
  const shim = join(folder, 'shim.so')
  const trigger = join(folder, 'trigger')
  const source = fileURLToPath(new URL('support/disk-faults.c', import.meta.url))
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, source, '-ldl'])
  const crash = await openCrashRun({ env: { LD_PRELOAD: shim, DISK_FAULT: trigger } })
  const opened: FailingDisk = {
    ...crash,
    fail: (error, kind = 'write') => writeFile(trigger, error === undefined ? '' : `${error} ${kind}`),
    close: async () => {
      await crash.close()
      await rm(folder, { recursive: true })
    },
  }
  run = opened
  return opened
}

const someChanges = async (ledger: CrashLedger): Promise<void> => {
  await nextChange(ledger)
  await pause(400)
}

const signedUp = async ({ server, pool }: CrashRun, name: string): Promise<void> => {
  const { UserPoolId, ClientId } = pool
  await callApi(server.url, 'SignUp', { ClientId, Username: name, Password: 'Correct-Horse-7' })
  await callApi(server.url, 'AdminConfirmSignUp', { UserPoolId, Username: name })
}

const signIn = ({ server, pool: { ClientId } }: CrashRun, USERNAME: string) =>
  callApi(server.url, 'InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD: 'Correct-Horse-7' },
  })

describe.skipIf(missing !== '')(`a disk that fails under the database${note}`, () => {
  it('refuses changes while it is full, answers what needs none, and goes on when there is space again', async () => {
    const opened = await open()
    const { server, ledger, pool, fail } = opened
    await signedUp(opened, 'steady')
    await ledger.workThrough(someChanges(ledger))
    expect(ledger.faults()).toBe(0)
    await fail('ENOSPC')
    const before = ledger.acknowledged()
    const refused = async () => {
      while (ledger.faults() < 10) await pause(20)
    }
    await ledger.workThrough(refused())
    expect(ledger.acknowledged()).toBe(before)
    const { AuthenticationResult } = await signIn(opened, 'steady')
    await callApi(server.url, 'GetUser', { AccessToken: AuthenticationResult.AccessToken })
    await expect(signedUp(opened, 'refused')).rejects.toThrow(/^SignUp: \{"__type":"InternalErrorException"/)
    expect(await ledger.check('all')).toEqual([])
    expect(server.log()).toContain('Writing failed: the disk is full')
    await fail(undefined)
    await ledger.workThrough(someChanges(ledger))
    expect(await ledger.check('all')).toEqual([])
    await signedUp(opened, 'refused')
    expect((await callApi(server.url, 'ListUsers', { UserPoolId: pool.UserPoolId, Filter: 'username = "refused"' })).Users).toHaveLength(1)
    // Nor does a start make do with a disk that is full.
    await server.kill()
    await fail('ENOSPC')
    await expect(server.start()).rejects.toThrow(/poolhouse\.db can not be opened: the disk is full\.$/m)
    await fail(undefined)
    await server.start()
    expect(await ledger.check('all')).toEqual([])
  })

  it('ends the server when a commit can not be made durable, which then stands by all that it acknowledged', async () => {
    const { server, ledger, fail } = await open()
    await ledger.workThrough(someChanges(ledger))
    await fail('EIO', 'sync')
    await ledger.work()
    expect(await server.ended()).toBe(1)
    expect(server.log()).toContain('Writing failed: the disk failed under the database (disk I/O error)')
    expect(server.log()).toContain('the database failed; the server ends so that nothing is answered that is not stored')
    // Whoever was in the batch is told.
    expect(server.log()).toContain('a request failed because of a fault of the server')
    await fail(undefined)
    await server.start()
    // What a failed sync left in the log may be lost with the power: a start copies it into the database before anything follows it.
    expect((await stat(join(server.folder, 'poolhouse.db-wal'))).size).toBe(0)
    expect(await ledger.check('all')).toEqual([])
    await ledger.workThrough(someChanges(ledger))
    expect(await ledger.check('all')).toEqual([])
  })
})
