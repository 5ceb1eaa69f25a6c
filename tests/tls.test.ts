import { spawn } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueServerCertificate, newAuthority } from '../src/crypto/certificate-authority.ts'
import { p256Key } from '../src/crypto/p256-key.ts'
import { type Poolhouse, startPoolhouse } from '../src/lib.ts'
import { httpsGet } from './support/https-get.ts'
import { bareEnvironment, main } from './support/program.ts'
import { type Outcome, runPoolhouse } from './support/run-poolhouse.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-tls-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const password = 'Correct-Horse-7'
const poolId = 'us-east-1_TlsTest01'
const seed = {
  pools: [
    {
      id: poolId,
      name: 'tls',
      clients: [{ id: 'tlsclient1', name: 'app', settings: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] } }],
      users: [{ username: 'ana', password }],
    },
  ],
}

describe.each([{ inProcess: false }, { inProcess: true }])('startPoolhouse({ tls: true }) with $0', (how) => {
  let server: Poolhouse
  const home = process.env['XDG_DATA_HOME']
  beforeAll(async () => {
    process.env['XDG_DATA_HOME'] = join(folder, 'home')
    server = await startPoolhouse({ ...how, tls: true, seed })
  })
  afterAll(async () => {
    await server.stop()
    if (home === undefined) delete process.env['XDG_DATA_HOME']
    else process.env['XDG_DATA_HOME'] = home
  })
  const get = (url: string, options?: Parameters<typeof httpsGet>[2]) => httpsGet(url, server.certificateAuthority, options)

  it('is trusted by who trusts its authority alone, under localhost and the names of domains', async () => {
    expect(server.url).toMatch(/^https:\/\/localhost:\d+$/)
    expect(new X509Certificate(server.certificateAuthority ?? '').ca).toBe(true)
    for (const host of ['localhost', 'shop.auth.us-east-1.localhost', '127.0.0.1'])
      expect((await get(`${server.url.replace('localhost', host)}/health`)).status).toBe(200)
    await expect(fetch(`${server.url}/health`)).rejects.toMatchObject({ cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } })
    expect((await fetch(`${server.url.replace('https', 'http')}/health`)).status).toBe(400)
  })

  it('keeps nothing of its authority', async () => {
    await expect(readdir(join(folder, 'home'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('names itself by https wherever it names itself', async () => {
    const discovery = JSON.parse((await get(`${server.url}/${poolId}/.well-known/openid-configuration`)).body) as Record<string, string>
    expect(discovery['issuer']).toBe(`${server.url}/${poolId}`)
    expect(discovery['jwks_uri']).toMatch(/^https:\/\/localhost:/)
  })

  it('signs users in, and has its test hooks, also for its own pages', async () => {
    const client = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
      requestHandler: { httpsAgent: new Agent({ ca: server.certificateAuthority }) },
    })
    const AuthParameters = { USERNAME: 'ana', PASSWORD: password }
    const signIn = new InitiateAuthCommand({ ClientId: 'tlsclient1', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })
    const { AuthenticationResult } = await client.send(signIn)
    client.destroy()
    const claims = JSON.parse(Buffer.from(AuthenticationResult?.AccessToken?.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({ iss: `${server.url}/${poolId}`, username: 'ana' })
    expect(await server.mailbox.messages()).toEqual([])
    const clock = (origin: string) =>
      get(`${server.url}/_poolhouse/clock`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: '{"advance":0}',
      })
    expect((await clock(server.url)).status).toBe(200)
    expect((await clock(server.url.replace('https', 'http'))).status).toBe(403)
  })
})

it('startPoolhouse has no authority without tls', async () => {
  const server = await startPoolhouse({ inProcess: true })
  expect([server.certificateAuthority, server.url]).toEqual([undefined, expect.stringMatching(/^http:/)])
  await server.stop()
})

const homes = () => ({ HOME: folder, XDG_DATA_HOME: join(folder, 'data home') })

const poolhouse = (...args: readonly string[]): Promise<Outcome> => runPoolhouse(folder, args, homes())

/** A server as a person starts it, until it has printed all that a person reads. */
const startByHand = async (...args: readonly string[]) => {
  const child = spawn(process.execPath, [main, ...args, '--port', '0', '--data-dir', ':memory:', '--log-level', 'warn'], {
    cwd: folder,
    env: bareEnvironment(homes()),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  await expect.poll(() => text, { timeout: 20_000 }).toMatch(/ready: |serves /)
  return {
    text,
    url: /https?:\/\/localhost:\d+/.exec(text)?.[0] ?? '',
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

describe('poolhouse dev --tls', () => {
  it('has one authority for all servers of a user, and says how it is trusted', async () => {
    const path = join(folder, 'data home', 'poolhouse', 'ca', 'authority.pem')
    expect(await poolhouse('trust', '--path')).toEqual({ code: 0, out: `${path}\n`, err: '' })
    const certificate = await readFile(path, 'utf8')
    for (const flags of [[], ['--empty']]) {
      const server = await startByHand('dev', '--tls', ...flags)
      try {
        expect(server.url).toMatch(/^https:/)
        expect((await httpsGet(`${server.url}/health`, certificate)).status).toBe(200)
        expect(server.text).toContain(`  export NODE_EXTRA_CA_CERTS='${path}'\n`)
        expect(server.text).toMatch(/^ {2}(sudo|security|certutil) .*authority\.pem'/m)
        expect(server.text.includes(`curl -s --cacert '${path}' ${server.url}/`)).toBe(flags.length === 0)
      } finally {
        await server.stop()
      }
    }
    expect(await readFile(path, 'utf8')).toBe(certificate)
    expect((await stat(path.replace('.pem', '.key'))).mode & 0o777).toBe(0o600)
  })

  it('has another authority for a server with other names, of which `poolhouse trust` knows', async () => {
    const { out } = await poolhouse('trust', '--allowed-host', 'id.example.test', '--json')
    const told = JSON.parse(out) as { path: string; fingerprint: string; names: string[]; trust: string; distrust: string }
    expect(told).toMatchObject({ fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}/), trust: expect.stringContaining(told.path) })
    expect(told.names).toContain('id.example.test')
    const certificate = await readFile(told.path, 'utf8')
    expect(new X509Certificate(certificate).fingerprint256).toBe(told.fingerprint)
    const server = await startByHand('dev', '--tls', '--allowed-host', 'id.example.test')
    try {
      for (const host of ['localhost', 'id.example.test'])
        expect((await httpsGet(`${server.url.replace('localhost', host)}/health`, certificate)).status).toBe(200)
      await expect(httpsGet(`${server.url.replace('localhost', 'example.test')}/health`, certificate)).rejects.toThrow()
    } finally {
      await server.stop()
    }
  })

  it('tells a person the same at greater length', async () => {
    const { out } = await poolhouse('trust')
    for (const text of ['SHA-256 ', 'Vouches for   localhost', 'NODE_EXTRA_CA_CERTS=', 'Take the trust back:']) expect(out).toContain(text)
    expect((await poolhouse('trust', '--help')).out).toContain('export NODE_EXTRA_CA_CERTS="$(poolhouse trust --path)"')
  })
})

describe('a certificate of one’s own', () => {
  const now = Date.now()
  const keyOf = (name: string) => p256Key(createHash('sha512').update(name).digest().subarray(0, 40))
  const cert = () => join(folder, 'cert.pem')
  const key = () => join(folder, 'key.pem')
  let authority: string

  beforeAll(async () => {
    const validity = { from: now - 1000, until: now + 86_400_000 * 300 }
    const serialNumber = Uint8Array.of(1)
    const made = await newAuthority({ key: keyOf('authority'), names: ['id.example.com'], validity, serialNumber })
    authority = made.certificate
    const names = ['id.example.com', 'localhost']
    await writeFile(cert(), await issueServerCertificate(made, { names, publicKey: keyOf('server'), validity, serialNumber }))
    await writeFile(key(), keyOf('server').export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
    await writeFile(join(folder, 'other.pem'), keyOf('other').export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
  })

  it('is what a development server shows', async () => {
    const server = await startByHand('dev', '--tls-cert', cert(), '--tls-key', key())
    try {
      const { certificate } = await httpsGet(`${server.url}/health`, authority)
      expect(certificate.subjectaltname).toBe('DNS:id.example.com, DNS:localhost')
      expect(server.text).not.toContain('NODE_EXTRA_CA_CERTS')
    } finally {
      await server.stop()
    }
  })

  it('is what a server for production shows', async () => {
    await writeFile(join(folder, 'master.key'), `${createHash('sha256').update('some key').digest('base64')}\n`, { mode: 0o600 })
    const mail = ['--smtp-url', 'smtp://127.0.0.1:1', '--smtp-from', 'id@example.com', '--master-key-file', join(folder, 'master.key')]
    const flags = ['--public-url', 'https://id.example.com', '--admin-port', '0', '--tls-cert', cert(), '--tls-key', key()]
    const server = await startByHand('serve', ...mail, ...flags)
    try {
      const port = /listens on 127\.0\.0\.1:(\d+)/.exec(server.text)?.[1]
      expect((await httpsGet(`https://id.example.com:${port}/health`, authority)).status).toBe(200)
    } finally {
      await server.stop()
    }
  })

  it.each<[string[], RegExp]>([
    [
      ['--tls-cert', 'cert.pem', '--tls-key', 'other.pem'],
      /The private key other\.pem does not belong to the first certificate in cert\.pem\./,
    ],
    [['--tls-cert', 'nowhere.pem', '--tls-key', 'key.pem'], /There is no certificate at nowhere\.pem\. Name its PEM file with tls-cert\./],
    [['--tls-cert', 'cert.pem'], /tls-cert is set, but not tls-key/],
    [['--tls', '--tls-cert', 'cert.pem', '--tls-key', 'key.pem'], /Leave out one of them\./],
    [['--tls', '--public-url', 'http://localhost'], /public-url begins with http:\/\/, but the server speaks HTTPS\./],
  ])('stops the start with one sentence when it can not be: %j', async (flags, sentence) => {
    const { code, out, err } = await poolhouse('dev', '--port', '0', '--data-dir', join(folder, 'no-data'), ...flags)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^poolhouse: .*\n$/)
    expect(err).toMatch(sentence)
    await expect(stat(join(folder, 'no-data'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
