import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type ConfigSources, readConfig, readDataConfig } from './config.ts'
import type { RunCommand } from './settings.ts'

const masterKey = randomBytes(32)
const noFiles = async (path: string) => ({ fault: `There is no master key file at ${path}.` })
const read = (command: RunCommand, sources: Partial<ConfigSources> = {}) =>
  readConfig(command, { flags: {}, env: {}, readMasterKeyFile: noFiles, ...sources })
const faultOf = async (command: RunCommand, sources: Partial<ConfigSources>) => {
  const outcome = await read(command, sources).catch((error: Error) => error)
  return outcome instanceof Error ? `${outcome.name}: ${outcome.message}` : 'no fault'
}
const serving = {
  POOLHOUSE_MASTER_KEY: masterKey.toString('base64'),
  POOLHOUSE_PUBLIC_URL: 'https://id.example.com/',
  POOLHOUSE_SMTP_URL: 'smtps://user:password@mail.example.com',
  POOLHOUSE_SMTP_FROM: 'id@example.com',
}

describe('readConfig', () => {
  it('needs nothing for dev', async () => {
    const config = await read('dev')
    expect(config).toMatchObject({ command: 'dev', port: 9339, host: 'localhost', dataDir: './.poolhouse', auth: 'any', empty: false })
    expect(config).toMatchObject({
      issuer: 'own',
      accountId: '000000000000',
      defaultRegion: 'us-east-1',
      delivery: 'mailbox',
      masterKeys: [],
    })
    expect(config.regions).toBeUndefined()
    expect(config.publicUrl).toBeUndefined()
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('takes a flag before the environment, the environment before the file, the file before the default', async () => {
    const file = { path: 'poolhouse.yaml', values: { port: '1003', host: '127.0.0.3', 'log-level': 'warn' } }
    const env = { POOLHOUSE_PORT: '1002', POOLHOUSE_HOST: '127.0.0.2' }
    expect(await read('dev', { flags: { port: '1001' }, env, file })).toMatchObject({ port: 1001, host: '127.0.0.2', logLevel: 'warn' })
  })

  it('takes no password of a database from the command line, for servers and for commands on data, and does not repeat it', async () => {
    const url = 'postgres://ada:hunter2@db.example.com/poolhouse'
    const sources = { flags: { database: url }, env: {}, readMasterKeyFile: noFiles }
    for (const config of [read('dev', { flags: { database: url } }), readDataConfig(sources)]) {
      const refusal = await config.catch((error: unknown) => String(error))
      expect(refusal).toMatch(/A password on the command line can be read by every user/)
      expect(refusal).not.toContain('hunter2')
    }
    expect((await read('dev', { env: { POOLHOUSE_DATABASE: url } })).database).toBe(url)
    expect((await read('dev', { flags: { database: 'postgres://ada@db.example.com/x' } })).database).toBe('postgres://ada@db.example.com/x')
  })

  it('reads lists from repeated flags, from commas and from the file', async () => {
    expect(await read('dev', { flags: { 'allowed-host': ['a.test', 'b.test'] } })).toMatchObject({ allowedHosts: ['a.test', 'b.test'] })
    expect(await read('dev', { env: { POOLHOUSE_TRUSTED_PROXIES: '10.0.0.0/8, ::1' } })).toMatchObject({
      trustedProxies: ['10.0.0.0/8', '::1'],
    })
    const file = { path: 'poolhouse.yaml', values: { regions: ['eu-west-1', 'us-gov-east-1'] } }
    expect(await read('dev', { file })).toMatchObject({ regions: ['eu-west-1', 'us-gov-east-1'], defaultRegion: 'eu-west-1' })
  })

  it('reads switches from flags, environment and file', async () => {
    expect(await read('dev', { flags: { empty: true } })).toMatchObject({ empty: true })
    expect(await read('dev', { env: { POOLHOUSE_EMPTY: '1' } })).toMatchObject({ empty: true })
    expect(await read('dev', { file: { path: 'f', values: { empty: 'false' } } })).toMatchObject({ empty: false })
  })

  it('takes the defaults of the profile, and what is said over them', async () => {
    const lenient = {
      refreshReuse: 'keep',
      lockout: 'user',
      sessionsOnPasswordChange: 'keep',
      unprovedAccounts: 'guard',
      requirePkce: 'off',
    }
    expect(await read('dev')).toMatchObject({ profile: 'cognito', ...lenient })
    const hardened = { refreshReuse: 'revoke-family', lockout: 'user+source', sessionsOnPasswordChange: 'end', requirePkce: 'public' }
    expect(await read('dev', { flags: { profile: 'hardened' } })).toMatchObject({ profile: 'hardened', ...hardened, rateLimits: 'off' })
    expect(await read('dev', { env: { POOLHOUSE_PROFILE: 'hardened' }, flags: { lockout: 'user' } })).toMatchObject({
      ...hardened,
      lockout: 'user',
    })
    expect(await read('serve', { env: { ...serving, POOLHOUSE_PROFILE: 'hardened' } })).toMatchObject(hardened)
  })

  it('reads rates by category', async () => {
    expect(await read('dev')).toMatchObject({ rateLimits: 'off', rateLimit: [] })
    expect(await read('serve', { env: serving })).toMatchObject({ rateLimits: 'cognito', rateLimit: [] })
    expect(await read('dev', { flags: { 'rate-limit': ['UserRead=7', 'UserCreation=1000'] } })).toMatchObject({
      rateLimit: [
        { category: 'UserRead', perSecond: 7 },
        { category: 'UserCreation', perSecond: 1000 },
      ],
    })
    for (const text of ['UserRead', 'UserRead=0', 'UserRead=1.5', 'UserRead=1=2', 'Users=5', 'toString=5']) {
      expect(await faultOf('dev', { flags: { 'rate-limit': text } })).toContain('must be a category and requests per second')
    }
  })

  it('reads where app clients are told of sign-outs', async () => {
    const url = 'https://app.example.com:8443/logged-out?key=k=1'
    expect(await read('dev')).toMatchObject({ backchannelLogout: [] })
    expect(await read('serve', { env: { ...serving, POOLHOUSE_BACKCHANNEL_LOGOUT: `a+b=${url},c=http://10.0.0.5/x` } })).toMatchObject({
      backchannelLogout: [
        { clientId: 'a+b', url },
        { clientId: 'c', url: 'http://10.0.0.5/x' },
      ],
    })
    for (const text of [
      'a',
      'a=',
      `=${url}`,
      'a=ftp://x.example',
      'a=https://u:p@x.example',
      `a=${url}#x`,
      'a=https://',
      'a b=https://x',
    ]) {
      expect(await faultOf('dev', { flags: { 'backchannel-logout': text } })).toContain('must be the id of an app client')
    }
  })

  it('counts a variable without a value as not set', async () => {
    expect(await read('dev', { env: { POOLHOUSE_PORT: '' } })).toMatchObject({ port: 9339 })
  })

  it('overlooks what Kubernetes says about a service of that name', async () => {
    const env = { POOLHOUSE_PORT: 'tcp://10.0.0.7:80', POOLHOUSE_SERVICE_HOST: '10.0.0.7', POOLHOUSE_PORT_80_TCP_ADDR: '10.0.0.7' }
    expect(await read('dev', { env })).toMatchObject({ port: 9339 })
  })

  it.each<[Partial<ConfigSources>, string]>([
    [{ flags: { port: '70000' } }, 'port (from --port) is "70000", but must be a whole number from 0 to 65535.'],
    [{ env: { POOLHOUSE_PORT: '9.5' } }, 'port (from POOLHOUSE_PORT) is "9.5", but must be a whole number from 0 to 65535.'],
    [{ file: { path: 'p.yaml', values: { port: 'x' } } }, 'port in p.yaml is "x", but must be a whole number from 0 to 65535.'],
    [{ flags: { auth: 'none' } }, 'auth (from --auth) is "none", but must be any or verify.'],
    [{ flags: { 'account-id': '1234' } }, 'account-id (from --account-id) is "1234", but must be twelve digits.'],
    [{ flags: { regions: ['eu-west-1', 'moon'] } }, 'regions (from --regions) is "eu-west-1,moon", but must be the name of a region'],
    [{ flags: { 'trusted-proxies': '10.0.0.0/33' } }, 'must be an IP address or a network such as 10.0.0.0/8, or several of them.'],
    [{ flags: { 'public-url': 'id.example.com' } }, 'must be an http or https URL'],
    [{ flags: { 'public-url': 'https://user@id.example.com' } }, 'must be an http or https URL'],
    [{ flags: { 'fixed-code': '12345' } }, 'must be six digits.'],
    [{ env: { POOLHOUSE_PROT: '1' } }, 'The environment has POOLHOUSE_PROT, which is no setting. Did you mean POOLHOUSE_PORT?'],
    [{ env: { POOLHOUSE_COLOUR: 'red' } }, 'POOLHOUSE_COLOUR, which is no setting. docs/configuration.md lists them all.'],
    [{ file: { path: 'p.yaml', values: { acount_id: '1' } } }, 'p.yaml sets acount_id, which is no setting. Did you mean account-id?'],
    [{ file: { path: 'p.yaml', values: ['port'] } }, 'p.yaml must hold lines such as `port: 9339`.'],
    [{ file: { path: 'p.yaml', values: { port: { a: '1' } } } }, 'port in p.yaml must be a value or a list of values.'],
    [{ flags: { 'dta-dir': 'x' } }, '--dta-dir is no setting. Did you mean --data-dir?'],
    [{ flags: { host: '0.0.0.0' } }, 'host is 0.0.0.0, which other machines can reach'],
    [
      { flags: { regions: 'eu-west-1', 'default-region': 'us-east-1' } },
      'default-region is us-east-1, which is not among regions (eu-west-1).',
    ],
    [{ flags: { delivery: 'smtp' } }, 'Sending e-mail needs smtp-url, the mail server.'],
    [{ flags: { delivery: 'smtp', 'smtp-url': 'smtp://localhost' } }, 'Sending e-mail needs smtp-from, the sender.'],
    [{ flags: { 'sms-url': 'sms.example.org' } }, 'must be an http or https URL without user name and fragment'],
    [{ flags: { 'sms-url': 'https://[' }, env: { POOLHOUSE_SMS_SECRET: 'sixteen-characters' } }, 'sms-url is no URL.'],
    [{ flags: { 'sms-url': 'http://sms.example.org/' } }, 'sms-url needs sms-secret, the secret that its messages are signed with.'],
    [
      { env: { POOLHOUSE_SMS_SECRET: 'sixteen characters' } },
      'sms-secret (from POOLHOUSE_SMS_SECRET) must be at least 16 characters without blanks.',
    ],
    [{ env: { POOLHOUSE_SMS_SECRET: 'sixteen-characters' } }, 'sms-secret is set, but not sms-url, the endpoint that it is for.'],
    [{ flags: { 'tls-cert': 'c.pem' } }, 'tls-cert is set, but not tls-key, the private key of the certificate.'],
    [{ flags: { 'tls-key': 'k.pem' } }, 'tls-key is set, but not tls-cert, the certificate that it is for.'],
    [{ flags: { tls: true, 'tls-cert': 'c.pem', 'tls-key': 'k.pem' } }, 'Leave out one of them.'],
    [{ flags: { tls: true, 'public-url': 'http://localhost' } }, 'public-url begins with http://, but the server speaks HTTPS.'],
    [{ flags: { 'admin-port': '1' } }, '--admin-port has no place in `poolhouse dev`: only `poolhouse serve` knows it.'],
  ])('dev refuses %j', async (sources, sentence) => {
    expect(await faultOf('dev', sources)).toMatch(/^ConfigError: /)
    expect(await faultOf('dev', sources)).toContain(sentence)
  })

  it('counts the private key of TLS among the files with secrets', async () => {
    const config = await read('dev', { flags: { 'tls-cert': 'c.pem', 'tls-key': '/run/k.pem' }, authorityFolder: '/home/ana/ca' })
    expect(config).toMatchObject({ tls: false, tlsKey: '/run/k.pem', secretFiles: ['/run/k.pem'], authorityFolder: '/home/ana/ca' })
    expect((await read('dev')).authorityFolder).toBeUndefined()
  })

  it('lets a development server out only when told to', async () => {
    expect(await read('dev', { flags: { host: '0.0.0.0', expose: true } })).toMatchObject({ host: '0.0.0.0', expose: true })
    expect(await read('dev', { flags: { host: '::1' } })).toMatchObject({ host: '::1' })
  })

  it('never repeats a secret', async () => {
    for (const env of [
      { POOLHOUSE_SMTP_URL: 'mail:hunter2@host' },
      { POOLHOUSE_MASTER_KEY: 'hunter2 hunter2' },
      { POOLHOUSE_MASTER_KEY: 'hunter2' },
      { POOLHOUSE_SMS_SECRET: 'hunter2' },
    ]) {
      const fault = await faultOf('dev', { env })
      expect(fault).toContain('ConfigError')
      expect(fault).not.toContain('hunter2')
    }
  })
})

describe('readConfig for serve', () => {
  it('verifies, keeps to its own regions and makes no demo pool', async () => {
    const config = await read('serve', { env: serving })
    expect(config).toMatchObject({
      auth: 'verify',
      empty: true,
      regions: ['us-east-1'],
      publicUrl: 'https://id.example.com',
      logFormat: 'json',
    })
    expect(config).toMatchObject({ host: '127.0.0.1', adminHost: '127.0.0.1', adminPort: 9340, masterKeys: [masterKey] })
  })

  it('reads several master keys, the first being the current one', async () => {
    const older = randomBytes(32)
    const env = { ...serving, POOLHOUSE_MASTER_KEY: `${masterKey.toString('hex')},${older.toString('base64')}` }
    expect((await read('serve', { env })).masterKeys).toEqual([masterKey, older])
  })

  it('reads master keys from files', async () => {
    const { POOLHOUSE_MASTER_KEY: _, ...env } = serving
    const readMasterKeyFile = async (path: string) => (path === '/run/key' ? { key: masterKey } : { fault: `No ${path}.` })
    expect((await read('serve', { env, flags: { 'master-key-file': ['/run/key'] }, readMasterKeyFile })).masterKeys).toEqual([masterKey])
    expect(await faultOf('serve', { env, flags: { 'master-key-file': ['/other'] }, readMasterKeyFile })).toBe('ConfigError: No /other.')
  })

  it('wants https for SMS, except on this machine', async () => {
    const env = { ...serving, POOLHOUSE_SMS_SECRET: 'sixteen-characters' }
    expect(await faultOf('serve', { env, flags: { 'sms-url': 'http://sms.example.org/' } })).toContain('Use https')
    for (const smsUrl of ['https://sms.example.org/send?a=1', 'http://localhost:8080/', 'http://127.0.0.1/', 'http://[::1]:8080/'])
      expect(await read('serve', { env, flags: { 'sms-url': smsUrl } })).toMatchObject({ smsUrl, smsSecret: 'sixteen-characters' })
  })

  it.each<[string, Partial<ConfigSources>, string]>([
    ['no master key', { env: { ...serving, POOLHOUSE_MASTER_KEY: '' } }, 'needs a master key'],
    ['a short master key', { env: { ...serving, POOLHOUSE_MASTER_KEY: 'c2hvcnQ=' } }, 'must have exactly 32'],
    ['equal bytes', { env: { ...serving, POOLHOUSE_MASTER_KEY: '00'.repeat(32) } }, 'placeholder'],
    ['a master key on the command line', { env: serving, flags: { 'master-key': 'x' } }, '--master-key would show a secret to others.'],
    ['a master key in the file', { env: serving, file: { path: 'p', values: { 'master-key': 'x' } } }, 'would show a secret to others.'],
    ['master keys from two places', { env: serving, flags: { 'master-key-file': '/run/key' } }, 'Give all of them in one way.'],
    ['no public URL', { env: { ...serving, POOLHOUSE_PUBLIC_URL: '' } }, 'needs public-url'],
    ['no mail server', { env: { ...serving, POOLHOUSE_SMTP_URL: '' } }, 'sends e-mail and needs smtp-url'],
    ['a mailbox', { env: serving, flags: { delivery: 'mailbox' } }, '--delivery has no place in `poolhouse serve`'],
    ['a switch of dev', { env: serving, flags: { auth: 'any' } }, '--auth has no place in `poolhouse serve`'],
    ['a certificate of its own making', { env: serving, flags: { tls: true } }, '--tls has no place in `poolhouse serve`'],
    [
      'TLS under a plain address',
      { env: { ...serving, POOLHOUSE_PUBLIC_URL: 'http://id.example.com' }, flags: { 'tls-cert': 'c', 'tls-key': 'k' } },
      'the server speaks HTTPS',
    ],
    ['a fixed code', { env: { ...serving, POOLHOUSE_FIXED_CODE: '123456' } }, 'POOLHOUSE_FIXED_CODE has no place in `poolhouse serve`'],
    ['one port for both listeners', { env: serving, flags: { port: '9340' } }, 'port and admin-port are both 9340.'],
  ])('refuses %s', async (_, sources, sentence) => {
    expect(await faultOf('serve', sources)).toContain(sentence)
  })
})
