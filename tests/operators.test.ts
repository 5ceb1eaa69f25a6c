import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, start } from '../src/app.ts'
import type { Log } from '../src/context.ts'
import { readConfig } from '../src/server/config.ts'
import { createVisitor, type Send, type Visitor } from './support/operator-visitor.ts'
import { runPoolhouse } from './support/run-poolhouse.ts'
import { totpCode } from './support/totp-code.ts'

const masterKey = createHash('sha256').update('operators').digest('base64')
const password = 'purple-otter-7-lagoon'

let folder = ''
let server: RunningServer
const logged: string[] = []
const note = (fields: object, text: string) => void logged.push(`${text} ${JSON.stringify(fields)}`)
const log: Log = { debug: note, info: note, warn: note, error: note }
const fail = (error: unknown) => {
  throw error
}

const serve = async (flags: Readonly<Record<string, string>> = {}): Promise<RunningServer> =>
  start(
    await readConfig('serve', {
      flags: {
        'data-dir': join(folder, 'data'),
        port: '0',
        'admin-port': '0',
        'public-url': 'https://id.example.com',
        'smtp-url': 'smtp://127.0.0.1:9',
        'smtp-from': 'id@example.com',
        'log-level': 'debug',
        ...flags,
      },
      env: { POOLHOUSE_MASTER_KEY: masterKey },
      readMasterKeyFile: () => fail(new Error('no file is named')),
    }),
    { log, onFatal: fail, inProcess: true },
  )

const portOf = ({ adminUrl }: RunningServer) => Number(new URL(adminUrl ?? '').port)

/** Over the wire, with any Host header. */
const sendTo =
  (port: () => number): Send =>
  ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const length = method === 'GET' ? {} : { 'content-length': Buffer.byteLength(body) }
      const outgoing = request({ host: '127.0.0.1', port: port(), method, path, headers: { ...length, ...headers } }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          const isJson = incoming.headers['content-type']?.includes('json') === true && text !== ''
          const headersOf = { ...incoming.headers, 'set-cookie': incoming.headers['set-cookie']?.join(', ') } as Record<string, string>
          resolve({ status: incoming.statusCode ?? 0, headers: headersOf, body: isJson ? JSON.parse(text) : text })
        })
      })
      outgoing.on('error', reject).end(body)
    })

const visitor = (): Visitor => createVisitor(send(), `localhost:${portOf(server)}`)
const send = () => sendTo(() => portOf(server))

const poolhouse = (...args: readonly string[]) =>
  runPoolhouse(folder, [...args, '--data-dir', './data'], { POOLHOUSE_MASTER_KEY: masterKey })
const operator = (...args: readonly string[]) => poolhouse('operator', ...args)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-operators-'))
  await writeFile(
    join(folder, 'policy.json'),
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"cognito-idp:List*","Resource":"*"}}',
  )
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true })
})

describe('operators of `poolhouse serve`', () => {
  it('can be made before the server first starts, with a role or a policy and the master key', async () => {
    const made = await operator('create', 'early', '--role', 'read-only')
    expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^http:\/\/localhost:9340\/console\/set-up#early\.[\w-]{43}\n$/)])
    expect(made.err).toMatch(/It is good once, until \d{4}-/)
    type Refused = readonly (readonly [args: readonly string[], sentence: RegExp])[]
    const misused: Refused = [
      [['create', 'x'], /either --role \(administrator, support, read-only\) or --policy FILE\.$/m],
      [['create', 'x', '--role', 'support', '--policy', 'policy.json'], /not both/],
      [['create', 'x', '--role', 'king'], /Allowed choices are administrator/],
      [['create', 'x', '--policy', 'policy.json', '--pool', 'us-east-1_a'], /--pool bounds a role/],
      [['create', 'x', '--role', 'support', '--pool', 'us-east-1_*'], /no id of a user pool/],
    ]
    // At once, because nothing is opened.
    const outcomes = await Promise.all(misused.map(([args]) => operator(...args)))
    expect(outcomes.map(({ code, err }) => [code, err])).toEqual(misused.map(([, sentence]) => [2, expect.stringMatching(sentence)]))
    const refused: Refused = [
      [['create', 'x y', '--role', 'support'], /The name of an operator/],
      [['create', 'EARLY', '--role', 'support'], /There is an operator early already/],
      [['create', 'x', '--policy', 'nowhere.json'], /There is no policy file/],
      [['delete', 'nobody'], /There is no operator nobody/],
    ]
    for (const [args, sentence] of refused) {
      const outcome = await operator(...args)
      expect([outcome.code, outcome.err]).toEqual([1, expect.stringMatching(sentence)])
    }
    const dev = await runPoolhouse(folder, ['operator', 'create', 'x', '--role', 'support', '--data-dir', './dev'])
    expect([dev.code, dev.err]).toEqual([1, expect.stringMatching(/give the master key/)])
    expect(await readdir(folder)).not.toContain('dev')
  })

  it('are none of a development server’s', async () => {
    const config = await readConfig('dev', {
      flags: { 'data-dir': join(folder, 'for-dev'), port: '0', empty: 'true' },
      env: {},
      readMasterKeyFile: () => fail(new Error('no file is named')),
    })
    const dev = await start(config, { log, onFatal: fail, inProcess: true })
    const asked = [['create', 'x', '--role', 'support'], ['list'], ['delete', 'x']]
    const outcomes = await Promise.all(asked.map((args) => runPoolhouse(folder, ['operator', ...args, '--data-dir', './for-dev'])))
    const refusal = [1, expect.stringMatching(/^poolhouse: Operators sign in to the console of `poolhouse serve`/)]
    expect(outcomes.map(({ code, err }) => [code, err])).toEqual(asked.map(() => refusal))
    await dev.stop()
  })

  it('live from a command to the first call, over a reset, to the end', async () => {
    server = await serve()
    const created = await operator('create', 'Ada', '--role', 'administrator', '--json')
    const { name, link, expiresAt } = JSON.parse(created.out) as { name: string; link: string; expiresAt: number }
    expect([name, new URL(link).port, expiresAt > Date.now()]).toEqual(['ada', String(portOf(server)), true])

    const ada = visitor()
    const secret = await ada.setUp(link, password, Date.now())
    expect(ada.cookie).toMatch(/^poolhouse_operator=[\w-]{43}$/)
    expect((await ada.get('/session')).body).toMatchObject({
      mode: 'serve',
      operator: 'ada',
      accountId: '000000000000',
      regions: ['us-east-1'],
      defaultRegion: 'us-east-1',
      publicUrl: 'https://id.example.com',
      operations: expect.arrayContaining(['ListUserPools']),
      may: { metrics: true, mailbox: false, operators: true, audit: true },
    })
    const pool = (await ada.call('CreateUserPool', { PoolName: 'by ada' })).body.UserPool.Id as string
    expect((await ada.get(`/views/signing-keys/${pool}`)).body.keys.length).toBeGreaterThan(0)
    expect([(await ada.get('/views/triggers/x')).status, (await ada.get('/live/mailbox')).status]).toEqual([404, 404])
    expect((await ada.get('/live/metrics')).body).toContain('# TYPE poolhouse_requests_total counter')

    expect((await ada.post('/sign-out', {})).status).toBe(200)
    expect((await ada.get('/session')).status).toBe(401)
    const code = totpCode(secret, Date.now() + 30_000)
    const signedIn = await ada.post('/sign-in', { name: 'ada', password, code })
    expect([signedIn.status, signedIn.headers['set-cookie']]).toEqual([
      200,
      expect.stringMatching(/^poolhouse_operator=[\w-]{43}; Path=\/console; HttpOnly; SameSite=Strict$/),
    ])

    expect((await operator('list')).out).toMatch(/^ada {4}active {3}\d{4}-\S+Z\nearly {2}invited {2}-\n$/)
    const policy = await operator('policy', 'ada', '--policy', 'policy.json', '--json')
    expect(JSON.parse(policy.out)).toMatchObject({ name: 'ada', policy: { Version: '2012-10-17' } })
    expect((await ada.get('/session')).status).toBe(401)
    const reset = await operator('reset', 'ada')
    expect((await ada.post('/sign-in', { name: 'ada', password, code })).status).toBe(401)
    const again = visitor()
    await again.setUp(reset.out.trim(), `${password}-2`, Date.now())
    expect((await again.call('ListUserPools', { MaxResults: 5 })).body.UserPools).toMatchObject([{ Name: 'by ada' }])
    expect(await again.call('DeleteUserPool', { UserPoolId: pool })).toMatchObject({
      status: 400,
      body: { __type: 'AccessDeniedException' },
    })
    expect((await operator('delete', 'ada', '--json')).out).toBe('{"deleted":true}\n')
    expect(await again.call('ListUserPools', { MaxResults: 5 })).toMatchObject({
      status: 400,
      body: { __type: 'MissingAuthenticationTokenException' },
    })

    const trail = (await poolhouse('audit', 'list')).out.trimEnd().split('\n')
    expect(trail[0]).toMatch(/^\d{4}-\S+Z {2}command-line {2}DeleteOperator {2}deleted {2}operator ada {2}-$/)
    for (const change of [
      'command-line  CreateOperator  created  operator early',
      'operator:ada  SetUpOperator  saved  operator ada  127.0.0.1',
    ])
      expect(trail.some((line) => line.includes(change))).toBe(true)
    const own = (await poolhouse('audit', 'list', '--pool', pool, '--json')).out.trimEnd().split('\n')
    expect(own.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({ actor: 'operator:ada', action: 'CreateUserPool', ip: '127.0.0.1' }),
    )
    expect((await poolhouse('audit', 'list', '--limit', '2')).out).toBe(`${trail.slice(0, 2).join('\n')}\n`)
    expect(await poolhouse('audit', 'list', '--pool', 'us-east-1_nothing00')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/no user pool/),
    })
    expect((await poolhouse('audit', 'list', '--limit', '0')).code).toBe(2)

    expect(logged.filter((line) => line.startsWith('an operator')).length).toBeGreaterThanOrEqual(3)
    const files = await Promise.all(
      (await readdir(join(folder, 'data'))).filter((file) => /db/.test(file)).map((file) => readFile(join(folder, 'data', file), 'latin1')),
    )
    for (const word of [
      password,
      secret,
      new URL(link).hash.slice(1).split('.')[1] ?? '-',
      again.cookie?.split('=')[1] ?? '-',
      again.pageKey ?? '-',
    ])
      expect([logged.join('\n'), ...files].some((text) => text.includes(word))).toBe(false)
  })

  it('are nowhere but on their own listener', async () => {
    for (const path of ['/console/', '/console/session', '/console/sign-in'])
      expect((await fetch(`http://127.0.0.1:${server.port}${path}`)).status).not.toBe(200)
    expect((await fetch(`${server.adminUrl}/ready`)).status).toBe(200)
    expect((await fetch(`${server.adminUrl}/metrics`)).status).toBe(200)
    const page = await fetch(`${server.adminUrl}/console/set-up`)
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self' https://id.example.com;")
  })

  it('are reached by pages of the console alone', async () => {
    const body = { name: 'early', password, code: '000000' }
    const host = `localhost:${portOf(server)}`
    const foreign: readonly Readonly<Record<string, string>>[] = [
      { origin: 'http://localhost:3000' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreign)
      expect(await visitor().post('/sign-in', body, headers)).toMatchObject({ status: 403, body: { __type: 'AccessDeniedException' } })
    const bare = await send()({
      method: 'POST',
      path: '/console/sign-in',
      headers: { host, origin: `http://${host}` },
      body: JSON.stringify(body),
    })
    expect(bare.status).toBe(403)
    expect((await visitor().get('/account', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    for (const text of ['', '[]', '7', '{'])
      expect(
        await send()({
          method: 'POST',
          path: '/console/sign-in',
          headers: { host, origin: `http://${host}`, 'x-poolhouse-console': '1' },
          body: text,
        }),
      ).toMatchObject({
        status: 400,
        body: { __type: 'SerializationException' },
      })
    // Without the header it is a page of the console that somebody opens.
    expect(await send()({ method: 'GET', path: '/console/operators', headers: { host }, body: '' })).toMatchObject({
      body: expect.stringContaining('<html'),
    })
  })

  it('are not reached under another name or through a proxy that the server was not told of', async () => {
    const host = `localhost:${portOf(server)}`
    for (const headers of [
      { host: 'evil.example' },
      { host: 'id.example.com' },
      { host, 'x-forwarded-for': '192.0.2.7' },
      { host, forwarded: 'for=192.0.2.7' },
      { host, via: '1.1 proxy' },
      { host, 'x-real-ip': '192.0.2.7' },
    ]) {
      for (const path of ['/console/', '/console/session', '/console/account']) {
        const reply = await send()({ method: 'GET', path, headers, body: '' })
        expect([reply.status, reply.body]).toEqual([403, expect.stringContaining('on its own machine only')])
      }
    }
  })

  it('come through a proxy that the server was told of, by HTTPS and with cookies that stay there', async () => {
    await server.stop()
    server = await serve({ 'admin-url': 'https://admin.example.com/idp', 'trusted-proxies': '127.0.0.1' })
    const { out } = await operator('create', 'remote', '--role', 'support')
    expect(out).toMatch(/^https:\/\/admin\.example\.com\/idp\/console\/set-up#remote\./)
    const forwarded: Send = (one) => send()({ ...one, headers: { ...one.headers, 'x-forwarded-for': '198.51.100.7' } })
    const remote = createVisitor(forwarded, 'admin.example.com', 'https')
    const secret = await remote.setUp(out.trim(), password, Date.now())
    expect(remote.cookie).toMatch(/^__Host-poolhouse_operator=/)
    const code = totpCode(secret, Date.now() + 30_000)
    expect((await remote.post('/sign-in', { name: 'remote', password, code })).headers['set-cookie']).toMatch(
      /; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    )
    expect((await remote.get('/session')).body).toMatchObject({ operator: 'remote' })
    expect((await remote.post('/sign-out', {}, { origin: 'http://admin.example.com' })).status).toBe(403)
    const page = await forwarded({ method: 'GET', path: '/console/', headers: { host: 'admin.example.com' }, body: '' })
    expect(page.body).toContain('<base href="/idp/console/"')
    expect(page.headers['strict-transport-security']).toBe('max-age=31536000')
    // Nobody gets past the proxy, nor may a name of this machine stand for it.
    for (const host of ['localhost', `localhost:${portOf(server)}`, 'other.example.com'])
      expect((await forwarded({ method: 'GET', path: '/console/session', headers: { host }, body: '' })).status).toBe(403)
    expect(logged.some((line) => line.includes('"ip":"198.51.100.7"'))).toBe(true)
  })

  it('want a proxy that speaks HTTPS', async () => {
    await expect(serve({ 'admin-url': 'http://admin.example.com' })).rejects.toThrow(/admin-url .* must be an https URL/)
  })
})
