import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, start } from '../src/app.ts'
import { openForCommands } from '../src/open-data.ts'
import { commandSocket, remoteCommands } from '../src/server/admin-socket.ts'
import { type Config, readConfig, readDataConfig } from '../src/server/config.ts'
import { silentLog } from '../src/server/log.ts'
import { openSqlite } from '../src/storage/open-sqlite.ts'

const masterKey = (name: string) => createHash('sha256').update(name).digest('base64')
const keys = { first: masterKey('the first'), second: masterKey('the second') }

let folder: string
let mail: SMTPServer
let mailPort: number
const letters: string[] = []
let running: RunningServer | undefined

const fail = (error: unknown) => {
  throw error
}

const configure = (masterKey: string, flags: Record<string, string> = {}): Promise<Config> =>
  readConfig('serve', {
    flags: {
      'data-dir': folder,
      port: '0',
      'admin-port': '0',
      'public-url': 'https://id.example.com',
      'smtp-url': `smtp://127.0.0.1:${mailPort}`,
      'smtp-from': 'id@example.com',
      ...flags,
    },
    env: { POOLHOUSE_MASTER_KEY: masterKey },
    readMasterKeyFile: () => fail(new Error('no file is named')),
  })

const restart = async (masterKey: string): Promise<RunningServer> => {
  await running?.stop()
  running = undefined
  running = await start(await configure(masterKey), { log: silentLog, onFatal: fail, inProcess: true })
  return running
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-serve-'))
  mail = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        letters.push(Buffer.concat(chunks).toString('utf8'))
        done()
      })
    },
  })
  mailPort = await new Promise((resolve) => {
    const server = mail.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
})
afterAll(async () => {
  await running?.stop()
  await new Promise<void>((resolve) => mail.close(resolve))
  await rm(folder, { recursive: true })
})

/** `url` is the public one; the test reaches the port that was taken. */
const clientOf = (port: number, credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
  new CognitoIdentityProviderClient({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials, maxAttempts: 1 })

describe('poolhouse serve', () => {
  it('lets administrators in by access key and policy alone, sends mail, and has no test hooks', async () => {
    const server = await restart(keys.first)
    expect(server.url).toBe('https://id.example.com')
    const policy = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['cognito-idp:*'], NotResource: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_secret' },
      ],
    }
    const key = await remoteCommands(commandSocket(folder)).createAccessKey({ userName: 'backend', policy })
    const admin = clientOf(server.port, key)

    const { UserPool } = await admin.send(new CreateUserPoolCommand({ PoolName: 'production', AutoVerifiedAttributes: ['email'] }))
    const { UserPoolClient } = await admin.send(
      new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: 'app', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }),
    )
    const anybody = clientOf(server.port, { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'unknown' })
    await expect(anybody.send(new ListUsersCommand({ UserPoolId: UserPool?.Id }))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    })
    const temporary = clientOf(server.port, { ...key, sessionToken: 'a-session-token' })
    await expect(temporary.send(new ListUsersCommand({ UserPoolId: UserPool?.Id }))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    })
    await expect(admin.send(new AdminCreateUserCommand({ UserPoolId: 'us-east-1_secret', Username: 'x' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'cognito-idp:AdminCreateUser on resource: arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_secret',
      ),
    })
    await expect(
      admin.send(new CreateUserPoolCommand({ PoolName: 'chosen', UserPoolTags: { _custom_id_: 'us-east-1_Chosen' } })),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException' })

    await admin.send(
      new SignUpCommand({
        ClientId: UserPoolClient?.ClientId,
        Username: 'ana',
        Password: 'Correct-Horse-7',
        UserAttributes: [{ Name: 'email', Value: 'ana@example.org' }],
      }),
    )
    expect(letters).toHaveLength(1)
    expect(letters[0]).toMatch(/^To: ana@example\.org$/m)
    expect(letters[0]).toMatch(/\b\d{6}\b/)
    for (const path of ['messages', 'reset', 'clock', 'seed']) {
      expect((await fetch(`http://127.0.0.1:${server.port}/_poolhouse/${path}`)).status).toBe(404)
    }
    expect(await (await fetch(`http://127.0.0.1:${server.port}/health`)).json()).toEqual({ status: 'ok' })
  })

  it('keeps everything over restarts and a change of the master key', async () => {
    const first = await restart(keys.first)
    const commands = remoteCommands(commandSocket(folder))
    const { accessKeyId, secretAccessKey } = await commands.createAccessKey({
      userName: 'again',
      policy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
    })
    const admin = clientOf(first.port, { accessKeyId, secretAccessKey })
    const { UserPool } = await admin.send(new CreateUserPoolCommand({ PoolName: 'kept' }))
    const { UserPoolClient } = await admin.send(
      new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: 'app', GenerateSecret: true }),
    )
    expect(UserPoolClient?.ClientSecret).toMatch(/^[a-z0-9]{52}$/)

    await expect(restart(keys.second)).rejects.toThrow(/is not loaded/)
    await restart(`${keys.second},${keys.first}`)
    expect((await remoteCommands(commandSocket(folder)).rotateMasterKey()).rewrapped).toBeGreaterThan(0)
    const last = await restart(keys.second)
    const again = clientOf(last.port, { accessKeyId, secretAccessKey })
    await expect(again.send(new ListUsersCommand({ UserPoolId: UserPool?.Id }))).resolves.toMatchObject({ Users: [] })
    await expect(
      again.send(
        new InitiateAuthCommand({
          ClientId: UserPoolClient?.ClientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: 'x' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    await expect(restart(keys.first)).rejects.toThrow(/is not loaded/)
    await restart(keys.second)
  })

  it('and dev keep off each other’s folders; commands work on the folder while no server runs', async () => {
    await running?.stop()
    running = undefined
    const dev = await readConfig('dev', {
      flags: { 'data-dir': folder, port: '0' },
      env: {},
      readMasterKeyFile: () => fail(new Error('none')),
    })
    await expect(start(dev, { log: silentLog, onFatal: fail })).rejects.toThrow(/was made by `poolhouse serve`/)
    const data = await readDataConfig({
      flags: { 'data-dir': folder },
      env: { POOLHOUSE_MASTER_KEY: keys.second },
      readMasterKeyFile: () => fail(new Error('none')),
    })
    const commands = await openForCommands(data, silentLog)
    const listed = await commands.listAccessKeys()
    await commands.close()
    expect(listed.map(({ userName }) => userName).sort()).toEqual(['again', 'backend'])
    expect(Object.keys(listed[0] ?? {}).sort()).toEqual(['accessKeyId', 'createdAt', 'policy', 'userName'])
  })

  it('does not start without a master key, a public URL or a mail server', async () => {
    await expect(configure('')).rejects.toThrow(/needs a master key/)
    await expect(configure('changemechangemechangemechangeme')).rejects.toThrow(/POOLHOUSE_MASTER_KEY/)
    await expect(configure(keys.first, { delivery: 'mailbox' })).rejects.toThrow(/only `poolhouse dev` knows it/)
  })
})

describe('poolhouse dev', () => {
  const onFolder = async (dataDir: string, flags: Record<string, string> = {}) =>
    start(
      await readConfig('dev', {
        flags: { 'data-dir': dataDir, port: '0', ...flags },
        env: {},
        readMasterKeyFile: () => fail(new Error('none')),
      }),
      { log: silentLog, onFatal: fail, inProcess: true },
    )

  it('makes the demo that an earlier start was killed over, and makes it once', async () => {
    const dataDir = join(folder, 'killed')
    const by = { actor: 'poolhouse', requestId: 'r', action: 'Start', at: 1 }
    const store = await openSqlite({ folder: dataDir, log: silentLog, onFatal: fail })
    await store.meta.set(by, 'demo', 'wanted')
    await store.meta.set(by, 'made-by', 'dev')
    await store.close()

    const first = await onFolder(dataDir)
    expect(first.demo).toMatchObject({ username: 'demo' })
    await first.reset()
    await first.stop()
    const second = await onFolder(dataDir)
    expect(second.demo).toBeUndefined()
    await second.stop()
  })

  it.runIf(process.platform === 'linux')('names the loopback address that it listens on, and answers there', async () => {
    const server = await onFolder(':memory:', { host: '127.0.0.2' })
    expect(server.url).toBe(`http://127.0.0.2:${server.port}`)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    await server.stop()
  })
})
