import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../src/clock.ts'
import type { KeyPurpose } from '../src/keys/keyring.ts'
import { jwks } from '../src/oauth/jwks.ts'
import { systemRandom } from '../src/random.ts'
import { readDataConfig } from '../src/server/config.ts'
import { silentLog } from '../src/server/log.ts'
import { backUpSqlite } from '../src/storage/back-up-sqlite.ts'
import { copyData } from '../src/storage/copy-data.ts'
import { endSessions } from '../src/storage/end-sessions.ts'
import type { PostgresOptions } from '../src/storage/open-postgres.ts'
import { openPostgresPlace } from '../src/storage/open-postgres-place.ts'
import { openSqlitePlace } from '../src/storage/open-sqlite-place.ts'
import { restoreSqlite } from '../src/storage/restore-sqlite.ts'
import type { By } from '../src/storage/store.ts'
import { endAllSessions } from '../src/work-on-data.ts'
import { createHarness, type Harness } from './support/harness.ts'
import { type MadePool, makeClient, makePool } from './support/make-pool.ts'
import { makeUser } from './support/make-user.ts'
import { answer, makeTokenUser, setMfa } from './support/mfa-pool.ts'
import { begin, signIn, tokensOf } from './support/sign-in.ts'
import { postgresNote, postgresPrograms, startPostgres, type TestPostgres } from './support/start-postgres.ts'

const by: By = { actor: 'operator', requestId: 'test', action: 'Restore', at: 0 }

const lasting: readonly KeyPurpose[] = ['verifiers', 'secrets', 'totp', 'signing-keys', 'access-keys', 'operators', 'fake-salts', 'pages']
const passing: readonly KeyPurpose[] = ['sessions', 'codes']

let folder: string
let source: Harness
let held: Held
let backup: string
let home: string
let postgres: TestPostgres | undefined
let count = 0
const newPath = (): string => {
  count += 1
  return join(folder, String(count))
}

const operator = { name: 'olga', uid: 'o1', version: 1, policy: '{}', boundaries: [], madeBy: [], generation: 0, createdAt: 0 }
const operatorSession = { hash: 's', name: 'olga', uid: 'o1', generation: 0, createdAt: 0, usedAt: 0, expiresAt: 9e15 }

/** Everything that a new epoch ends or keeps, as the people of a server hold it. */
const prepare = async (server: Harness) => {
  const made = await makePool(server, { AutoVerifiedAttributes: ['email'] })
  const secretive = await makeClient(server, made.UserPoolId, { GenerateSecret: true })
  await makeUser(server, made.UserPoolId, 'ana', { email: 'ana@example.org', email_verified: 'true' })
  await setMfa(server, made.UserPoolId, 'OPTIONAL', { SoftwareTokenMfaConfiguration: { Enabled: true } })
  const appCode = await makeTokenUser(server, made, 'bea')
  await server.ok('ForgotPassword', { ClientId: made.ClientId, Username: 'ana' })
  const challenge = await begin(server, made, 'bea')
  const sealed = new Map<KeyPurpose, string>()
  for (const purpose of [...lasting, ...passing]) {
    sealed.set(purpose, await server.keyring.seal(purpose, 'pool', 'entity', Buffer.from('content')))
  }
  await server.store.operators.create(by, { ...operator, setUp: { hash: 'h', expiresAt: 9e15 } }, 10)
  await server.store.operatorSessions.open(by, operatorSession)
  return {
    made,
    secretive,
    appCode,
    tokens: await tokensOf(server, made, 'ana'),
    Session: challenge.body.Session as string,
    code: server.codeSentTo('ana@example.org'),
    sealed,
    keys: await jwks(server, made.UserPoolId),
  }
}
type Held = Awaited<ReturnType<typeof prepare>>

const refresh = (server: Harness, { ClientId }: MadePool, RefreshToken: string) =>
  server.call('GetTokensFromRefreshToken', { ClientId, RefreshToken })

const confirm = (server: Harness) =>
  server.call('ConfirmForgotPassword', {
    ClientId: held.made.ClientId,
    Username: 'ana',
    ConfirmationCode: held.code,
    Password: 'Another-Horse-7',
  })

const second = (server: Harness, Session: string) =>
  answer(server, held.made, 'SOFTWARE_TOKEN_MFA', 'bea', Session, { SOFTWARE_TOKEN_MFA_CODE: held.appCode() })

const opened = async (server: Harness, purposes: readonly KeyPurpose[]) =>
  Promise.all(
    purposes.map(async (purpose) => {
      const plain = await server.keyring.open(purpose, 'pool', 'entity', held.sealed.get(purpose) ?? '')
      return plain && Buffer.from(plain).toString()
    }),
  )

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-epoch-'))
  home = newPath()
  source = await createHarness({}, {}, home)
  held = await prepare(source)
  expect(await refresh(source, held.made, held.tokens.RefreshToken)).toMatchObject({ status: 200 })
  backup = newPath()
  await backUpSqlite({ folder: home, file: backup })
  await source.close()
  if (postgresPrograms.length > 0) postgres = await startPostgres()
})
afterAll(async () => {
  await postgres?.stop()
  await rm(folder, { recursive: true, force: true })
})

const restored = async (keepSessions: boolean): Promise<Harness> => {
  const to = newPath()
  const prepareStore = async (store: Harness['store']) => {
    if (!keepSessions) await endSessions(store, by)
  }
  await restoreSqlite({ folder: to, file: backup, log: silentLog, prepare: prepareStore })
  const server = await createHarness({}, {}, to)
  server.clock.set(source.clock.now())
  return server
}

const copied = async (database: PostgresOptions | undefined, keepSessions: boolean): Promise<Harness> => {
  const folder = newPath()
  const from = openSqlitePlace({ folder: home, use: 'read', log: silentLog })
  const to = database ? openPostgresPlace(database) : openSqlitePlace({ folder, use: 'make', log: silentLog })
  await copyData({ from, to, keepSessions, by, progress: () => undefined })
  await Promise.all([from.close(), to.close()])
  const server = await createHarness({}, {}, folder, database)
  server.clock.set(source.clock.now())
  return server
}

/** As a database's own tools would have brought the data back. */
const setBack = async (keepSessions: boolean): Promise<Harness> => {
  const folder = newPath()
  await restoreSqlite({ folder, file: backup, log: silentLog, prepare: async () => undefined })
  const config = await readDataConfig({ flags: { 'data-dir': folder }, env: {}, readMasterKeyFile: async () => ({ fault: 'none' }) })
  if (!keepSessions) expect(await endAllSessions(config)).toBe(folder)
  const server = await createHarness({}, {}, folder)
  await expect(endAllSessions(config)).rejects.toThrow(/Another Poolhouse server uses the data folder/)
  server.clock.set(source.clock.now())
  return server
}

const options = { clock: systemClock, random: systemRandom }

const ways: readonly (readonly [string, (keepSessions: boolean) => Promise<Harness>])[] = [
  ['a restored backup', restored],
  ['data that was set back', setBack],
  ['a copy in another folder', (keepSessions) => copied(undefined, keepSessions)],
  ...(postgresNote === ''
    ? ([
        [
          'a copy in PostgreSQL',
          async (keepSessions: boolean) => copied({ ...options, url: (await postgres?.createDatabase()) ?? '' }, keepSessions),
        ],
      ] as const)
    : []),
]

describe.each(ways)('%s', (_, move) => {
  it('begins a new epoch: what was signed in, sent or asked before is over', async () => {
    const server = await move(false)
    try {
      expect(await refresh(server, held.made, held.tokens.RefreshToken)).toMatchObject({
        status: 400,
        body: { __type: 'NotAuthorizedException' },
      })
      expect(await server.refused('GetUser', { AccessToken: held.tokens.AccessToken })).toEqual([
        'NotAuthorizedException',
        expect.any(String),
      ])
      expect(await second(server, held.Session)).toMatchObject({ status: 400, body: { __type: 'NotAuthorizedException' } })
      expect((await confirm(server)).status).toBe(400)
      expect(await opened(server, passing)).toEqual(passing.map(() => undefined))
      expect(await server.store.operatorSessions.byHash('s')).toBeUndefined()
      expect((await server.store.operators.byName('olga'))?.setUp).toBeUndefined()
      expect(await server.store.meta.get('epoch')).toBe('1')
    } finally {
      await server.close()
    }
  })

  it('keeps passwords, second factors, secrets and keys in a new epoch, and goes on from there', async () => {
    const server = await move(false)
    try {
      expect(await opened(server, lasting)).toEqual(lasting.map(() => 'content'))
      expect(await jwks(server, held.made.UserPoolId)).toEqual(held.keys)
      const tokens = await tokensOf(server, held.made, 'ana')
      expect(await refresh(server, held.made, tokens.RefreshToken)).toMatchObject({ status: 200 })
      await server.ok('GetUser', { AccessToken: tokens.AccessToken })
      expect(await signIn(server, held.secretive, 'ana')).toBe('tokens')
      const challenge = await begin(server, held.made, 'bea')
      expect(await second(server, challenge.body.Session)).toMatchObject({ status: 200 })
    } finally {
      await server.close()
    }
  })

  it('goes on as before where sessions are kept', async () => {
    const server = await move(true)
    try {
      expect(await refresh(server, held.made, held.tokens.RefreshToken)).toMatchObject({ status: 200 })
      await server.ok('GetUser', { AccessToken: held.tokens.AccessToken })
      expect(await second(server, held.Session)).toMatchObject({ status: 200 })
      expect(await confirm(server)).toMatchObject({ status: 200 })
      expect(await opened(server, [...lasting, ...passing])).toEqual([...lasting, ...passing].map(() => 'content'))
      expect(await server.store.operatorSessions.byHash('s')).toBeDefined()
      expect((await server.store.operators.byName('olga'))?.setUp).toBeDefined()
      expect(await server.store.meta.get('epoch')).toBeUndefined()
    } finally {
      await server.close()
    }
  })
})
