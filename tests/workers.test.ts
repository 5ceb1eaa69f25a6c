import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandSocket, remoteCommands } from '../src/server/admin-socket.ts'
import { runPoolhouse } from './support/run-poolhouse.ts'
import { postgresNote, startPostgres, type TestPostgres } from './support/start-postgres.ts'
import { type StartedWorkers, serveFlags, startWorkers } from './support/start-workers.ts'

const count = 3
const env = { POOLHOUSE_MASTER_KEY: randomBytes(32).toString('base64') }
const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }

let postgres: TestPostgres
let folder: string
let database: string
let server: StartedWorkers
let admin: CognitoIdentityProviderClient
let pool: { readonly UserPoolId: string; readonly ClientId: string }

const startOn = (name: string, workers: number, ...flags: readonly string[]) =>
  startWorkers(join(folder, name), { ...env, POOLHOUSE_DATABASE: database }, [
    '--workers',
    String(workers),
    '--rate-limits',
    'off',
    ...flags,
  ])

interface Reply {
  readonly status: number
  readonly body: string
}

/** A request on a connection of its own, which a worker gets when it is its turn. */
const ask = (url: string, options: { readonly operation?: string; readonly body?: object } = {}): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { operation, body } = options
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      ...(operation && { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` }),
    }
    const call = request(url, { method: body === undefined ? 'GET' : 'POST', headers, agent: false, timeout: 10_000 }, (reply) => {
      text(reply).then((answer) => resolve({ status: reply.statusCode ?? 0, body: answer }), reject)
    })
    call.once('timeout', () => call.destroy(new Error('no answer')))
    call.once('error', reject)
    call.end(body && JSON.stringify(body))
  })

const signUp = (Username: string, to = server) =>
  ask(to.url, { operation: 'SignUp', body: { ClientId: pool.ClientId, Username, Password: 'Correct-Horse-7' } })

const refusedCall = () => ask(server.url, { operation: 'GetUser', body: { AccessToken: 'x' } })

/** What /metrics says of a series, on a connection of its own. */
const counted = async (series: string): Promise<number> => {
  const { body } = await ask(`${server.adminUrl}/metrics`)
  return Number(
    body
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.split(' ')[1] ?? 0,
  )
}

/** Calls at once on connections of their own: whether each was answered, or why not. */
const burst = (size: number): Promise<string>[] =>
  Array.from({ length: size }, () =>
    refusedCall().then(
      () => 'answered',
      ({ message }: Error) => message,
    ),
  )

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Waits until none of the processes is there; answers those that stay. */
const left = async (pids: Iterable<number>): Promise<number[]> => {
  const all = [...pids]
  for (let tries = 0; tries < 100 && all.some(isAlive); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50))
  return all.filter(isAlive)
}

beforeAll(async () => {
  if (postgresNote !== '') return
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-workers-'))
  postgres = await startPostgres({ fsync: true })
  database = await postgres.createDatabase()
  server = await startOn('main', count, '--log-level', 'debug')
  const key = await remoteCommands(commandSocket(server.folder)).createAccessKey({ userName: 'admin', policy })
  admin = new CognitoIdentityProviderClient({ endpoint: server.url, region: 'us-east-1', credentials: key, maxAttempts: 1 })
  const { UserPool } = await admin.send(new CreateUserPoolCommand({ PoolName: 'workers' }))
  const UserPoolId = UserPool?.Id ?? ''
  const { UserPoolClient } = await admin.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'app' }))
  pool = { UserPoolId, ClientId: UserPoolClient?.ClientId ?? '' }
})
afterAll(async () => {
  await server?.stop()
  await postgres?.stop()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

describe.skipIf(postgresNote !== '')(`poolhouse serve --workers${postgresNote}`, { timeout: 120_000 }, () => {
  it('answers on one port by each of its workers, and each line of the log says which', async () => {
    expect([...server.workers().keys()].sort()).toEqual([1, 2, 3])
    for (let n = 0; n < 4 * count; n += 1) expect((await refusedCall()).status).toBe(400)
    const answering = server.log().filter(({ msg }) => msg === 'refused')
    expect([...new Set(answering.map(({ worker }) => worker))].sort()).toEqual([1, 2, 3])
    expect((await ask(`${server.adminUrl}/ready`)).body).toBe('{"status":"ready"}')
    expect((await ask(`${server.url}/health`)).body).toBe('{"status":"ok"}')
  })

  it.skipIf(!existsSync('/proc/self/environ'))('shows no secret in the environment or the arguments of a worker', async () => {
    for (const pid of server.workers().values()) {
      const seen = `${await readFile(`/proc/${pid}/environ`, 'latin1')}\n${await readFile(`/proc/${pid}/cmdline`, 'latin1')}`
      expect(seen).toContain('UV_THREADPOOL_SIZE=')
      for (const secret of [env.POOLHOUSE_MASTER_KEY, database, new URL(database).password || 'postgres://']) {
        expect(seen).not.toContain(secret)
      }
    }
  })

  it('tells the metrics of all of them, whichever is asked', async () => {
    const series = 'poolhouse_requests_total{operation="GetUser",outcome="NotAuthorizedException"}'
    const before = await counted(series)
    for (let round = 1; round <= 2 * count; round += 1) {
      await Promise.all(Array.from({ length: 5 }, refusedCall))
      expect(await counted(series)).toBe(before + 5 * round)
    }
  })

  it('loses nothing that was acknowledged when a worker is killed, counts on, and starts another one', async () => {
    const series = 'poolhouse_requests_total{operation="SignUp",outcome="ok"}'
    const acknowledged: string[] = []
    const bursts: Promise<string>[] = []
    let unanswered = 0
    let isOver = false
    const line = async (name: string) => {
      for (let n = 0; !isOver; n += 1) {
        const reply = await signUp(`${name}-${n}`).catch(() => undefined)
        if (reply?.status === 200) acknowledged.push(`${name}-${n}`)
        else if (reply === undefined) unanswered += 1
        else throw new Error(reply.body)
      }
    }
    const lines = ['a', 'b', 'c'].map(line)
    const kill = async () => {
      for (const [worker, pid] of server.workers()) {
        const before = acknowledged.length
        while (acknowledged.length < before + 5) await new Promise((resolve) => setTimeout(resolve, 10))
        const told = await counted(series)
        bursts.push(...burst(60))
        await new Promise((resolve) => setTimeout(resolve, 5))
        process.kill(pid, 'SIGKILL')
        expect(await server.replaced(worker, pid)).toBeGreaterThan(0)
        expect(await counted(series)).toBeGreaterThanOrEqual(told)
      }
    }
    await kill().finally(() => (isOver = true))
    await Promise.all(lines)
    // A connection that a worker did not live to take goes to another one; it does not wait for ever.
    expect(await Promise.all(bursts)).not.toContain('no answer')
    // What a worker had in hand when it was killed, a few requests at most.
    expect(unanswered).toBeLessThanOrEqual(3 * count)
    for (const Username of acknowledged) {
      await expect(admin.send(new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username }))).resolves.toMatchObject({ Username })
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(5 * count)
    // By now each of the workers that began is gone, and the socket is still answered.
    await expect(remoteCommands(commandSocket(server.folder)).listAccessKeys()).resolves.toHaveLength(1)
  })

  it('starts another one, too, for a worker that is asked to end, which answers what it has in hand', async () => {
    const [[worker, pid] = [0, 0]] = server.workers()
    const calls = Array.from({ length: 9 }, (_, n) => signUp(`asked-${n}`))
    process.kill(pid, 'SIGTERM')
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(9).fill(200))
    await server.replaced(worker, pid)
    expect(await left([pid])).toEqual([])
  })

  it('comes back on the same ports and takes commands when all of its workers are killed at once', async () => {
    const killed = [...server.workers()]
    const calls = burst(120)
    await new Promise((resolve) => setTimeout(resolve, 5))
    for (const [, pid] of killed) process.kill(pid, 'SIGKILL')
    for (const [worker, pid] of killed) await server.replaced(worker, pid)
    // What nobody is left to take is closed; it does not wait for those that are started.
    expect(await Promise.all(calls)).not.toContain('no answer')
    expect((await signUp('afterwards')).status).toBe(200)
    await expect(remoteCommands(commandSocket(server.folder)).listAccessKeys()).resolves.toHaveLength(1)
  })

  it('keeps request rates for all workers together, and ends with all of them when it is told', async () => {
    const perSecond = 20
    const limited = await startOn('limited', count, '--rate-limit', `UserCreation=${perSecond}`)
    let passed = 0
    const end = performance.now() + 4000
    const line = async (name: number) => {
      for (let n = 0; performance.now() < end; n += 1) {
        const body = { ClientId: pool.ClientId, Username: `nobody-${name}-${n}`, ConfirmationCode: '123456' }
        const reply = await ask(limited.url, { operation: 'ConfirmSignUp', body })
        if (!reply.body.includes('TooManyRequestsException')) passed += 1
      }
    }
    await Promise.all([1, 2, 3, 4, 5, 6].map(line))
    const pids = [...limited.workers().values()]
    process.kill(limited.pid, 'SIGTERM')
    // Each for itself, they would let 3 x (20 + 4 x 20) pass; together that of one, but in the first moment a burst of each.
    expect(passed).toBeLessThan(count * perSecond + 6 * perSecond)
    expect(passed).toBeGreaterThan(perSecond * 2)
    expect(await limited.ended).toBe(0)
    expect([pids.length, ...pids.filter(isAlive)]).toEqual([count])
    expect(limited.log().filter(({ level }) => level > 30)).toEqual([])
  })

  it('ends with 1 and says which, when a worker did not finish what it had in hand', async () => {
    const other = await startOn('unfinished', 2)
    const [[worker, pid] = [0, 0]] = other.workers()
    process.kill(pid, 'SIGSTOP')
    process.kill(other.pid, 'SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 300))
    process.kill(pid, 'SIGKILL')
    expect(await other.ended).toBe(1)
    expect(other.log().filter(({ level }) => level === 50)).toEqual([
      expect.objectContaining({ worker, msg: expect.stringContaining('SIGKILL') }),
    ])
  })

  it('leaves no worker behind when it is killed itself', async () => {
    const other = await startOn('other', 2)
    const pids = [...other.workers().values()]
    process.kill(other.pid, 'SIGKILL')
    await other.ended
    expect(await left(pids)).toEqual([])
    // What it left in the data folder does not keep the next one from being asked for commands.
    const next = await startOn('other', 2)
    await expect(remoteCommands(commandSocket(next.folder)).listAccessKeys()).resolves.toHaveLength(1)
    process.kill(next.pid, 'SIGINT')
    expect(await next.ended).toBe(0)
    expect(await left(next.workers().values())).toEqual([])
  })

  it('says once why it can’t start, and ends', async () => {
    const start = (more: readonly string[], variables: Readonly<Record<string, string>>) =>
      runPoolhouse(folder, ['serve', ...serveFlags(join(folder, 'bad')), '--workers', '3', ...more], { ...env, ...variables })
    const free = ['--port', '0', '--admin-port', '0']
    const wrongKey = { POOLHOUSE_DATABASE: database, POOLHOUSE_MASTER_KEY: randomBytes(32).toString('base64') }
    expect(await start(free, wrongKey)).toEqual({ code: 1, out: '', err: expect.stringMatching(/^poolhouse: .*master key.*\n$/) })
    const taken = ['--port', new URL(server.url).port, '--admin-port', '0']
    expect(await start(taken, { POOLHOUSE_DATABASE: database })).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^poolhouse: Another program listens on 127\.0\.0\.1:\d+\..*\n$/),
    })
    const certificate = ['--tls-cert', 'none.pem', '--tls-key', 'none.pem', ...free]
    expect(await start(certificate, { POOLHOUSE_DATABASE: database })).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^poolhouse: There is no certificate at none\.pem\..*\n$/),
    })
  })
})

it('poolhouse serve --workers needs PostgreSQL, and says so', async () => {
  const flags = serveFlags(join(tmpdir(), 'poolhouse-never'))
  const { code, out, err } = await runPoolhouse(tmpdir(), ['serve', ...flags, '--workers', '2'], env)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/^poolhouse: workers is 2, but a SQLite database belongs to one process\. .*POOLHOUSE_DATABASE.*\n$/)
})
