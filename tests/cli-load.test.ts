import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callApi } from './support/call-api.ts'
import { main } from './support/program.ts'
import { runPoolhouse } from './support/run-poolhouse.ts'
import { startOnFolder } from './support/start-on-folder.ts'
import { postgresPrograms, startPostgres, type TestPostgres } from './support/start-postgres.ts'

let folder: string
let postgres: TestPostgres | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-cli-load-'))
  if (postgresPrograms.length > 0) postgres = await startPostgres()
})
afterAll(async () => {
  await postgres?.stop()
  await rm(folder, { recursive: true, force: true })
})

const poolhouse = (...args: readonly string[]) => runPoolhouse(folder, args)

interface Loaded {
  readonly userPoolId: string
  readonly clientId: string
  readonly users: number
  readonly added: number
  readonly groups: number
  readonly signIn: { readonly everyNth: number; readonly usernames: readonly string[] }
}

const load = async (...args: readonly string[]): Promise<Loaded> => {
  const { code, out, err } = await poolhouse('load', '--json', ...args)
  expect([code, err]).toEqual([0, expect.stringContaining('known passwords')])
  return JSON.parse(out) as Loaded
}

const refused = async (...args: readonly string[]): Promise<string> => refusedWith(1, ...args)

const refusedWith = async (expected: number, ...args: readonly string[]): Promise<string> => {
  const { code, err } = await poolhouse('load', ...args)
  expect(code).toBe(expected)
  expect(err).not.toMatch(/\n {4}at /)
  return err
}

/** A server on data that a load left. */
const withServer = async <T>(place: readonly string[], work: (url: string) => Promise<T>): Promise<T> => {
  const flags = [...place, '--empty', '--port', '0', '--log-level', 'warn', '--lifeline']
  const child = spawn(process.execPath, [main, 'dev', ...flags], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  try {
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    return await work((JSON.parse(line as string) as { url: string }).url)
  } finally {
    child.stdin.end()
    await ended
  }
}

const signIn = (url: string, ClientId: string, USERNAME: string, PASSWORD = 'Load-Test-1') =>
  callApi(url, 'InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } })

/** Data of one kind: the flags that name it, new for each test. */
const places: Record<string, (name: string) => Promise<readonly string[] | undefined>> = {
  'a data folder': async (name) => ['--data-dir', name],
  PostgreSQL: async (name) => postgres && ['--data-dir', `keys-${name}`, '--database', await postgres.createDatabase()],
}

describe.each(Object.keys(places))('poolhouse load into %s', (kind) => {
  const placeFor = (name: string) => places[kind]?.(name) ?? Promise.resolve(undefined)

  it('makes users whom the API finds, and who sign in', { timeout: 120_000 }, async ({ skip }) => {
    const place = await placeFor('api')
    if (place === undefined) return skip('no PostgreSQL server program on this machine')
    const made = await load('--users', '300', '--groups', '3', ...place)
    expect(made).toMatchObject({ users: 300, added: 300, groups: 3 })
    expect(made.signIn.usernames).toEqual(['load-00000000', 'load-00000010', 'load-00000020'])
    // Nobody is added, so nobody comes into a group.
    expect(await load('--users', '300', '--groups', '5', ...place)).toMatchObject({ added: 0, groups: 0 })
    const { userPoolId: UserPoolId, clientId } = made
    await withServer(place, async (url) => {
      const { AuthenticationResult } = await signIn(url, clientId, 'load-00000020')
      expect(await callApi(url, 'GetUser', { AccessToken: AuthenticationResult.AccessToken })).toMatchObject({ Username: 'load-00000020' })
      await expect(signIn(url, clientId, 'load-00000021')).rejects.toThrow('Incorrect username or password.')
      await expect(signIn(url, clientId, 'load-00000020', 'Load-Test-2')).rejects.toThrow('Incorrect username or password.')
      const found = async (Filter?: string) => {
        const names: string[] = []
        let PaginationToken: string | undefined
        do {
          const page = await callApi(url, 'ListUsers', { UserPoolId, Filter, PaginationToken, Limit: 60 })
          names.push(...page.Users.map(({ Username }: { Username: string }) => Username))
          PaginationToken = page.PaginationToken
        } while (PaginationToken !== undefined)
        return names.sort()
      }
      const all = Array.from({ length: 300 }, (_, index) => `load-${String(index).padStart(8, '0')}`)
      const those = (which: (index: number) => boolean) => all.filter((_, index) => which(index))
      expect(await found()).toEqual(all)
      expect(await found('username = "load-00000007"')).toEqual(['load-00000007'])
      expect(await found('email = "load-00000008@example.com"')).toEqual(['load-00000008'])
      expect(await found('email ^= "load-0000001"')).toEqual(those((index) => index >= 10 && index < 20))
      expect(await found('phone_number = "+155500000009"')).toEqual(['load-00000009'])
      expect(await found('preferred_username = "nick-00000010"')).toEqual(['load-00000010'])
      expect(await found('given_name = "Ada"')).toEqual(those((index) => index % 40 === 0))
      expect(await found('family_name ^= "Ab"')).toEqual(those((index) => index < 40))
      expect(await found('name = "Ada Abe"')).toEqual(['load-00000000'])
      expect(await found('cognito:user_status = "UNCONFIRMED"')).toEqual(those((index) => [7, 57, 77].includes(index % 100)))
      expect(await found('status = "Disabled"')).toEqual(those((index) => index % 50 === 25))
      const { UserAttributes } = await callApi(url, 'AdminGetUser', { UserPoolId, Username: 'load-00000011' })
      const sub = UserAttributes.find(({ Name }: { Name: string }) => Name === 'sub')?.Value
      expect(await found(`sub = "${sub}"`)).toEqual(['load-00000011'])
      const { UserPool } = await callApi(url, 'DescribeUserPool', { UserPoolId })
      expect(UserPool.EstimatedNumberOfUsers).toBe(300)
      expect(UserPool.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true)
      expect((await callApi(url, 'ListGroups', { UserPoolId })).Groups).toHaveLength(3)
      const members = await callApi(url, 'ListUsersInGroup', { UserPoolId, GroupName: 'load-group-1', Limit: 60 })
      expect(members.Users).toHaveLength(60)
      const { Groups } = await callApi(url, 'AdminListGroupsForUser', { UserPoolId, Username: 'load-00000005' })
      expect(Groups.map(({ GroupName }: { GroupName: string }) => GroupName)).toEqual(['load-group-2'])
      // They are users like others: what they hold is free again once they are gone.
      await callApi(url, 'AdminDeleteUser', { UserPoolId, Username: 'load-00000011' })
      expect(await found('email = "load-00000011@example.com"')).toEqual([])
      await callApi(url, 'AdminCreateUser', { UserPoolId, Username: 'load-00000011', MessageAction: 'SUPPRESS' })
    })
  })

  it('adds what is missing, and goes on after it was killed', { timeout: 120_000 }, async ({ skip }) => {
    const place = await placeFor('again')
    if (place === undefined) return skip('no PostgreSQL server program on this machine')
    const pool = ['--pool', 'us-east-1_LoadTest1']
    await load('--users', '30', ...pool, ...place)
    const child = spawn(process.execPath, [main, 'load', '--users', '6000', ...pool, ...place], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const ended = once(child, 'exit')
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('loading: 30 %')) child.kill('SIGKILL')
    })
    expect((await ended)[1]).toBe('SIGKILL')
    expect(await load('--users', '6000', ...pool, ...place)).toMatchObject({ userPoolId: 'us-east-1_LoadTest1', users: 6000, added: 5970 })
    // Who could sign in by an earlier load can't be told by a later one's step.
    const more = await load('--users', '6010', '--passwords', '5', ...pool, ...place)
    expect(more).toMatchObject({ users: 6010, added: 10, signIn: { everyNth: 10_000 } })
    expect(await load('--users', '6010', ...pool, ...place)).toMatchObject({ users: 6010, added: 0, signIn: { everyNth: 10_000 } })
    await withServer(place, async (url) => {
      const [UserPoolId, Limit] = ['us-east-1_LoadTest1', 60]
      const seen = new Set<string>()
      let PaginationToken: string | undefined
      do {
        const page = await callApi(url, 'ListUsers', { UserPoolId, Limit, PaginationToken })
        for (const { Username } of page.Users) seen.add(Username)
        PaginationToken = page.PaginationToken
      } while (PaginationToken !== undefined)
      expect(seen.size).toBe(6010)
    })
  })

  it('refuses a pool that holds other users, and says why', { timeout: 120_000 }, async ({ skip }) => {
    const place = await placeFor('people')
    if (place === undefined) return skip('no PostgreSQL server program on this machine')
    const { userPoolId: UserPoolId } = await load('--users', '10', ...place)
    const [people, app] = await withServer(place, async (url) => {
      await callApi(url, 'AdminCreateUser', { UserPoolId, Username: 'load-00000015', MessageAction: 'SUPPRESS' })
      const { UserPool } = await callApi(url, 'CreateUserPool', { PoolName: 'People' })
      await callApi(url, 'AdminCreateUser', { UserPoolId: UserPool.Id, Username: 'load-00000000', MessageAction: 'SUPPRESS' })
      const empty = await callApi(url, 'CreateUserPool', { PoolName: 'App' })
      await callApi(url, 'CreateUserPoolClient', { UserPoolId: empty.UserPool.Id, ClientName: 'Web' })
      return [UserPool.Id, empty.UserPool.Id] as [string, string]
    })
    expect(await refused('--users', '20', ...place)).toContain('holds users that `poolhouse load` did not make, load-00000015 among them')
    expect(await refused('--users', '20', '--pool', app, ...place)).toContain('has the app client Web')
    expect(await refused('--users', '20', '--pool', people, ...place)).toContain('did not make, load-00000000 among them')
    await withServer(place, async (url) => {
      expect((await callApi(url, 'ListUserPoolClients', { UserPoolId: people, MaxResults: 10 })).UserPoolClients).toEqual([])
      expect((await callApi(url, 'ListUserPoolClients', { UserPoolId: app, MaxResults: 10 })).UserPoolClients).toHaveLength(1)
    })
  })
})

describe('poolhouse load', () => {
  it('leaves the folder of a running server alone', { timeout: 60_000 }, async () => {
    const running = await startOnFolder()
    try {
      expect(await refused('--users', '10', '--data-dir', running.folder)).toContain('stop it first')
    } finally {
      await running.stop()
    }
  })

  it('takes a name that looks like an id for one only in a region of its own', { timeout: 60_000 }, async () => {
    const place = ['--data-dir', 'ids']
    expect(await refused('--users', '10', '--pool', 'my-app_prod', ...place)).toContain('my-app is no region of this server')
    const named = await withServer(place, async (url) => {
      const { UserPool } = await callApi(url, 'CreateUserPool', { PoolName: 'my-app_prod' })
      const { UserPools } = await callApi(url, 'ListUserPools', { MaxResults: 10 })
      expect(UserPools).toHaveLength(1)
      return UserPool.Id
    })
    expect(await load('--users', '10', '--pool', 'my-app_prod', ...place)).toMatchObject({
      userPoolId: named,
      signIn: { usernames: ['load-00000000'] },
    })
    expect(await load('--users', '10', '--pool', 'us-east-1_Mine', ...place)).toMatchObject({ userPoolId: 'us-east-1_Mine' })
    const far = ['--pool', 'eu-west-1_Mine', ...place]
    expect(await refused('--users', '10', ...far)).toContain('eu-west-1 is no region of this server')
  })

  it('refuses what makes no sense, in a sentence', async () => {
    expect(await refusedWith(2, '--users', 'many', '--data-dir', 'none')).toContain('--users must be a whole number from 1 to 16777216.')
    expect(await refusedWith(2, '--users', '10', '--groups', '-1', '--data-dir', 'none')).toContain(
      '--groups must be a whole number from 0 to 10000.',
    )
    expect(await refusedWith(2, '--users', '10', '--data-dir', ':memory:')).toContain('Nothing is kept in :memory:')
  })
})
