import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSend } from '../../src/cli/client/http.ts'
import { createSignedApi, type SignedApi } from '../../src/cli/postman/signed-api.ts'
import { systemClock } from '../../src/clock.ts'
import type { SetUserPoolMfaConfigRequest } from '../../src/model/types.gen.ts'
import type { SigningKeys } from '../../src/postman/target.ts'
import { demoSeed } from '../../src/server/demo.ts'
import type { SeedPool } from '../../src/server/seed-document.ts'
import { runNewman } from '../support/run-newman.ts'
import { runPoolhouse } from '../support/run-poolhouse.ts'
import { type ServerOnFolder, startOnFolder } from '../support/start-on-folder.ts'

interface Case {
  readonly flags?: readonly string[]
  readonly pool: SeedPool
  readonly mfa?: Omit<SetUserPoolMfaConfigRequest, 'UserPoolId'>
  /** Names of requests that this configuration, and not every one, leads to. */
  readonly requests: readonly string[]
}

const secret = 'kept_by_the_server_of_the_shop'
const sms = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'shop' }

const cases: readonly (readonly [string, Case])[] = [
  [
    'user names and a public client, with signatures checked',
    {
      flags: ['--auth', 'verify'],
      pool: {
        name: 'Shop',
        settings: { AutoVerifiedAttributes: ['email'] },
        clients: [
          {
            name: 'Web',
            settings: {
              ExplicitAuthFlows: [
                'ALLOW_USER_PASSWORD_AUTH',
                'ALLOW_USER_SRP_AUTH',
                'ALLOW_ADMIN_USER_PASSWORD_AUTH',
                'ALLOW_REFRESH_TOKEN_AUTH',
              ],
              AllowedOAuthFlowsUserPoolClient: true,
              AllowedOAuthFlows: ['code', 'implicit'],
              AllowedOAuthScopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
              CallbackURLs: ['http://localhost:3000/callback'],
              SupportedIdentityProviders: ['COGNITO'],
            },
          },
        ],
      },
      requests: ['ConfirmSignUp', 'InitiateAuth: SRP', 'Tokens in the address', 'Token for a code with PKCE', 'userInfo'],
    },
  ],
  [
    'e-mail addresses, a client with a secret, a required app, rotating tokens, classic pages',
    {
      pool: {
        name: 'Strict shop',
        settings: {
          UsernameAttributes: ['email'],
          UsernameConfiguration: { CaseSensitive: false },
          AutoVerifiedAttributes: ['email'],
          Schema: [
            { Name: 'birthdate', Required: true },
            { Name: 'family_name', Required: true, Mutable: false },
            { Name: 'plan', AttributeDataType: 'String' },
          ],
          Policies: { PasswordPolicy: { MinimumLength: 30, PasswordHistorySize: 5 } },
        },
        domains: [{ Domain: 'strict-shop', ManagedLoginVersion: 1 }],
        clients: [
          {
            name: 'Site',
            secret,
            settings: {
              ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
              RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
              PreventUserExistenceErrors: 'ENABLED',
              AllowedOAuthFlowsUserPoolClient: true,
              AllowedOAuthFlows: ['code'],
              AllowedOAuthScopes: ['openid', 'email'],
              CallbackURLs: ['https://shop.example.com/callback?from=pool'],
              SupportedIdentityProviders: ['COGNITO'],
            },
          },
        ],
      },
      mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
      requests: ['VerifySoftwareToken', 'RespondToAuthChallenge: SOFTWARE_TOKEN_MFA', 'GetTokensFromRefreshToken', 'Sign in on the pages'],
    },
  ],
  [
    'users whom administrators make, codes by SMS, devices, a program',
    {
      pool: {
        name: 'Staff',
        settings: {
          AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
          AliasAttributes: ['email'],
          SmsConfiguration: sms,
          DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
          AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
        },
        resourceServers: [{ Identifier: 'orders', Name: 'Orders', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read orders' }] }],
        clients: [
          {
            name: 'Jobs',
            secret,
            settings: {
              ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
              EnableTokenRevocation: false,
              AllowedOAuthFlowsUserPoolClient: true,
              AllowedOAuthFlows: ['client_credentials'],
              AllowedOAuthScopes: ['orders/read'],
            },
          },
        ],
      },
      mfa: { MfaConfiguration: 'ON', SmsMfaConfiguration: { SmsConfiguration: sms } },
      requests: [
        'RespondToAuthChallenge: SMS_MFA',
        'AdminRespondToAuthChallenge: SMS_MFA',
        'AdminSetUserPassword: forgotten',
        'Token for the app client',
      ],
    },
  ],
]

const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' } }

describe.each(cases)('the collection of poolhouse postman for %s', (_, { flags = [], pool, mfa, requests }) => {
  let server: ServerOnFolder
  let folder: string
  let keys: SigningKeys
  let api: SignedApi
  let userPoolId = ''
  let clientId = ''
  const checksSignatures = flags.includes('verify')

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'poolhouse-postman-'))
    server = await startOnFolder(...flags)
    const made = await server.commands.createAccessKey({ userName: 'postman', policy })
    keys = { accessKeyId: made.accessKeyId, secretKey: made.secretAccessKey }
    const [seeded] = await server.commands.seed({ document: { pools: [pool] } })
    userPoolId = seeded?.userPoolId ?? ''
    clientId = seeded?.clients[0]?.clientId ?? ''
    api = createSignedApi(createSend(undefined), systemClock, { endpoint: server.url, region: 'us-east-1', keys })
    if (mfa !== undefined) await api('SetUserPoolMfaConfig', { UserPoolId: userPoolId, ...mfa })
  })
  afterAll(async () => {
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('runs in Newman as it is, without a failure or a request left out, and leaves nothing behind', { timeout: 180_000 }, async () => {
    const args = [
      'postman',
      '--endpoint',
      server.url,
      '--pool',
      userPoolId,
      '--client',
      clientId,
      '--out',
      'made',
      '--json',
      ...(checksSignatures ? ['--write-keys'] : []),
    ]
    const env = { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretKey }
    const { code, out, err } = await runPoolhouse(folder, args, env)
    expect([code, err]).toEqual([0, ''])
    const written = JSON.parse(out) as { collection: string; environment: string }
    const environment = join(folder, written.environment)
    expect(statSync(environment).mode & 0o777).toBe(0o600)
    expect(readFileSync(environment, 'utf8').includes(keys.secretKey)).toBe(checksSignatures)

    const { failures, assertions, answered, items } = await runNewman(join(folder, written.collection), environment)
    expect(failures).toEqual([])
    expect(answered).toEqual(items)
    expect(assertions).toBeGreaterThan(items.length)
    expect(items).toEqual(expect.arrayContaining([...requests]))

    const { UserPools = [] } = await api('ListUserPools', { MaxResults: 10 })
    expect(UserPools.map(({ Id }) => Id)).toEqual([userPoolId])
    for (const [operation, list] of [
      ['ListUsers', 'Users'],
      ['ListGroups', 'Groups'],
    ] as const) {
      expect(await api(operation, { UserPoolId: userPoolId })).toMatchObject({ [list]: [] })
    }
  })
})

describe('poolhouse postman', () => {
  let server: ServerOnFolder
  let folder: string
  const settings = { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH' as const, 'ALLOW_REFRESH_TOKEN_AUTH' as const] }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'poolhouse-postman-'))
    server = await startOnFolder()
    await server.commands.seed({
      document: { pools: [{ id: 'us-east-1_One', name: 'One', clients: [{ id: 'only', name: 'Only', settings }] }] },
    })
  })
  afterAll(async () => {
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const postman = (...args: readonly string[]) => runPoolhouse(folder, ['postman', '--endpoint', `${server.url}/`, ...args])

  it('finds the only pool and client, and writes what is asked for', async () => {
    const { code, out, err } = await postman('--openapi', '--vault')
    expect([code, out.split('\n')]).toEqual([
      0,
      ['one-only.postman_collection.json', 'one-only.postman_environment.json', 'one-only.openapi.json', ''],
    ])
    expect(err).toContain('newman run one-only.postman_collection.json -e one-only.postman_environment.json')
    const read = (name: string) => readFileSync(join(folder, name), 'utf8')
    expect(read('one-only.postman_collection.json')).toContain('{{vault:access_key}}')
    expect(read('one-only.postman_environment.json')).not.toContain('secret_key')
    const { servers, paths } = JSON.parse(read('one-only.openapi.json')) as { servers: { url: string }[]; paths: Record<string, object> }
    expect(servers).toEqual([{ url: server.url }])
    for (const [path, methods] of Object.entries(paths)) {
      if ('get' in methods) expect((await fetch(`${server.url}${path}`)).status, path).toBe(200)
    }
    expect(Object.keys(paths)).toContain('/oauth2/introspect')
  })

  it.each([
    [['--pool', 'us-east-1_Nobody'], 1, /ResourceNotFoundException[^\n]*\n {2}Check --pool and --client/],
    [['--client', 'nobody'], 1, /refused DescribeUserPoolClient/],
    [['--pool', 'nope'], 1, /\n {2}Check --pool and --client\.\n$/],
    [['--out', '/etc/hostname'], 2, /^poolhouse: --out is \/etc\/hostname, which is a file\. Name a folder\.\n$/],
    [['--out', '/etc/hostname/below'], 2, /a part of which is a file/],
    [['--client-secret', 'Quartz-Lantern-41'], 2, /--client-secret takes no value but - .* POOLHOUSE_POSTMAN_CLIENT_SECRET/],
    [['--jmeter', '--user', ''], 2, /--user must not be empty/],
    [['--endpoint', 'localhost:9339'], 2, /--endpoint must be an address such as/],
    [['--endpoint', 'http://127.0.0.1:9'], 1, /No server answers at http:\/\/127\.0\.0\.1:9/],
    [['--access-key', 'AKIATESTTESTTESTTEST'], 2, /give both --access-key and --secret-key/],
    [
      ['--endpoint', 'http://id.example.com'],
      2,
      /^poolhouse: --endpoint is http:[/][/]id\.example\.com: over plain http .* add --insecure/,
    ],
    [['--mailbox', 'http://id.example.com'], 2, /add --insecure/],
    [['--write-keys'], 2, /--write-keys needs a key/],
    [['--write-keys', '--vault'], 2, /exclude each other/],
    [['--cacert', 'nowhere.pem'], 2, /There is no certificate nowhere\.pem/],
  ])('refuses %j with exit code %d and a sentence', async (args, code, sentence) => {
    const outcome = await postman(...args)
    expect(outcome.err).toMatch(sentence)
    expect(outcome.err).not.toMatch(/\n {4}at |Quartz|EEXIST|ENOTDIR/)
    expect([outcome.code, outcome.out]).toEqual([code, ''])
  })

  it('writes the other files where a JMeter plan could not sign in, and ends with exit code 1', async () => {
    const { code, out, err } = await postman('--jmeter', '--openapi', '--out', 'other')
    expect(code).toBe(1)
    expect(err).toMatch(/There is no JMeter plan among the files\.\n {2}A JMeter plan [^\n]* Add ALLOW_USER_PASSWORD_AUTH/)
    expect(out).toBe(
      `${['collection', 'environment'].map((kind) => `other/one-only.postman_${kind}.json\n`).join('')}other/one-only.openapi.json\n`,
    )
    expect(readdirSync(join(folder, 'other'))).toHaveLength(3)
  })

  const canary = {
    AWS_ACCESS_KEY_ID: 'AKIACANARYOFTHETESTS',
    AWS_SECRET_ACCESS_KEY: 'canary/of+the+tests',
    AWS_SESSION_TOKEN: 'canary-session',
  }
  const filesIn = (made: string) =>
    readdirSync(join(folder, made)).map((name) => [name, readFileSync(join(folder, made, name), 'utf8')] as const)

  it('writes no key of the process for a server that takes any, and replaces no link’s target', async () => {
    await mkdir(join(folder, 'dev'))
    await writeFile(join(folder, 'theirs'), 'kept')
    await symlink(join(folder, 'theirs'), join(folder, 'dev', 'one-only.postman_environment.json'))
    const args = ['postman', '--endpoint', server.url, '--out', 'dev', '--openapi']
    const { code, err } = await runPoolhouse(folder, args, canary)
    expect(code).toBe(0)
    expect(err).not.toContain('vault')
    const files = filesIn('dev')
    expect(files).toHaveLength(3)
    for (const [name, content] of files) expect(content, name).not.toMatch(/canary/i)
    const [, environment = ''] = files.find(([name]) => name.includes('environment')) ?? []
    expect(JSON.parse(environment).values).toContainEqual({ key: 'secret_key', value: 'any', type: 'secret', enabled: true })
    expect(readFileSync(join(folder, 'theirs'), 'utf8')).toBe('kept')
  })

  it('takes the key from the vault where it counts, unless it is to be written, and then into the environment alone', async () => {
    const strict = await startOnFolder('--auth', 'verify')
    try {
      const made = await strict.commands.createAccessKey({ userName: 'postman', policy })
      const env = { AWS_ACCESS_KEY_ID: made.accessKeyId, AWS_SECRET_ACCESS_KEY: made.secretAccessKey }
      await strict.commands.seed({ document: { pools: [{ name: 'Strict', clients: [{ name: 'Only', settings }] }] } })
      const ask = (...args: readonly string[]) => runPoolhouse(folder, ['postman', '--endpoint', strict.url, ...args], env)
      const plain = await ask('--out', 'vault')
      expect([plain.code, plain.err]).toEqual([0, expect.stringContaining("from Postman's vault: put your key there.")])
      expect(plain.err).toContain('--write-keys')
      const written = await ask('--out', 'written', '--write-keys')
      expect([written.code, written.err.includes('vault')]).toEqual([0, false])
      const holders = [...filesIn('vault'), ...filesIn('written')].filter(([, content]) => content.includes(made.secretAccessKey))
      expect(holders.map(([name]) => name)).toEqual(['strict-only.postman_environment.json'])
      expect(Object.fromEntries(filesIn('vault'))['strict-only.postman_collection.json']).toContain('{{vault:secret_key}}')
      const refused = await runPoolhouse(folder, ['postman', '--endpoint', strict.url])
      expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('AWS_ACCESS_KEY_ID')])
    } finally {
      await strict.stop()
    }
  })

  it('leaves out what Postman would take for a variable, and says so', async () => {
    const scope = { ScopeName: '{{secret_key}}', ScopeDescription: 'Send me your key' }
    await server.commands.seed({
      document: {
        pools: [
          {
            id: 'us-east-1_Ill',
            name: 'Ill',
            settings: { Schema: [{ Name: '{{secret_key}}', AttributeDataType: 'String' }] },
            resourceServers: [{ Identifier: 'orders', Name: 'Orders', Scopes: [scope, { ScopeName: 'read', ScopeDescription: 'Read' }] }],
            clients: [
              {
                id: 'ill',
                name: 'Ill',
                secret,
                settings: {
                  AllowedOAuthFlowsUserPoolClient: true,
                  AllowedOAuthFlows: ['client_credentials'],
                  AllowedOAuthScopes: ['orders/{{secret_key}}', 'orders/read'],
                },
              },
            ],
          },
        ],
      },
    })
    const { code, err } = await postman('--pool', 'us-east-1_Ill', '--client', 'ill', '--out', 'ill')
    expect([code, err]).toEqual([0, expect.stringContaining('Left out, because Postman would take a part of it for a variable:')])
    expect(err).toContain('scope orders/{ {secret_key}}')
    const [, environment = ''] = filesIn('ill').find(([name]) => name.includes('environment')) ?? []
    expect(JSON.parse(environment).values).toContainEqual({ key: 'scope', value: 'orders/read', type: 'default', enabled: true })
    expect(environment).not.toContain('{{')
  })

  it('wants to know which of several pools is meant', async () => {
    await server.commands.seed({ document: { pools: [{ id: 'us-east-1_Two', name: 'Two' }] } })
    const { code, err } = await postman()
    expect(code).toBe(2)
    expect(err).toMatch(/Choose one with --pool:\n(?: {2}us-east-1_(?:One {2}One|Two {2}Two|Ill {2}Ill)\n){3}/)
  })

  it('keeps the files of another app client of the same name', async () => {
    const twins = ['1', '2'].map((id) => ({
      id: `us-east-1_Twin${id}`,
      name: 'Twin',
      clients: [{ id: `twin${id}`, name: 'Twin', settings }],
    }))
    const [one, two] = await server.commands.seed({ document: { pools: twins } })
    const write = async (made: typeof one) => {
      const client = made?.clients[0]?.clientId ?? ''
      const { out, err } = await postman('--pool', made?.userPoolId ?? '', '--client', client, '--out', 'twins', '--json')
      return { client, err, collection: (JSON.parse(out) as { collection: string }).collection }
    }
    const [first, second, again] = [await write(one), await write(two), await write(one)]
    expect([first.collection, again.collection]).toEqual(Array(2).fill('twins/twin-twin.postman_collection.json'))
    expect(second.collection).toBe(`twins/twin-twin.${second.client}.postman_collection.json`)
    expect(second.err).toContain('twin-twin are the files of another app client')
    expect(readFileSync(join(folder, first.collection), 'utf8')).toContain(first.client)
  })

  it('has the demo’s user in a JMeter plan of the demo pool alone, and whom --user names in any', async () => {
    const plain = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] }
    const demo = demoSeed('us-east-1')
    const clients = [{ name: 'Load', settings: plain }]
    const [own, theirs] = await server.commands.seed({ document: { pools: [...demo.pools, { name: 'Load', clients }] } })
    const planOf = async (made: typeof own, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) => {
      const target = ['--pool', made?.userPoolId ?? '', '--client', made?.clients[0]?.clientId ?? '', '--jmeter', '--json', '--out', 'load']
      const { out, err } = await runPoolhouse(folder, ['postman', '--endpoint', server.url, ...target, ...args], env)
      return { err, xml: readFileSync(join(folder, (JSON.parse(out) as { jmeter: string }).jmeter), 'utf8') }
    }
    const password = demo.pools[0]?.users?.[0]?.password ?? ''
    expect((await planOf(own)).xml).toContain(`__P(password,${password})`)
    const unnamed = await planOf(theirs)
    expect(unnamed.xml).toContain('__P(username,)')
    expect(unnamed.xml).not.toContain(password)
    expect(unnamed.err).toContain('The JMeter plan has no user: name one with --user')
    const named = await planOf(theirs, ['--user', 'ana'], { POOLHOUSE_POSTMAN_PASSWORD: 'Quartz-Lantern-41' })
    expect(named.xml).toContain('__P(username,ana)')
    expect(named.xml).toContain('__P(password,Quartz-Lantern-41)')
    expect(named.err).toBe('')
  })

  it('knows of a secret that only the list of secrets has, and runs with it once it is given', { timeout: 180_000 }, async () => {
    const [made] = await server.commands.seed({
      document: {
        pools: [
          {
            name: 'Turned',
            settings: { AutoVerifiedAttributes: ['email'] },
            clients: [
              {
                name: 'Turned',
                secret,
                settings: {
                  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
                  AllowedOAuthFlowsUserPoolClient: true,
                  AllowedOAuthFlows: ['code'],
                  AllowedOAuthScopes: ['openid'],
                  CallbackURLs: ['http://localhost:3000/callback'],
                  SupportedIdentityProviders: ['COGNITO'],
                },
              },
            ],
          },
        ],
      },
    })
    const client = { UserPoolId: made?.userPoolId ?? '', ClientId: made?.clients[0]?.clientId ?? '' }
    const keys = { accessKeyId: 'any', secretKey: 'any' }
    const api = createSignedApi(createSend(undefined), systemClock, { endpoint: server.url, region: 'us-east-1', keys })
    const { ClientSecrets = [] } = await api('ListUserPoolClientSecrets', client)
    const { ClientSecretDescriptor: added } = await api('AddUserPoolClientSecret', client)
    await api('DeleteUserPoolClientSecret', { ...client, ClientSecretId: ClientSecrets[0]?.ClientSecretId ?? '' })

    const args = [
      'postman',
      '--endpoint',
      server.url,
      '--pool',
      client.UserPoolId,
      '--client',
      client.ClientId,
      '--out',
      'turned',
      '--json',
    ]
    const untold = await runPoolhouse(folder, args)
    expect([untold.code, untold.err]).toEqual([
      0,
      expect.stringMatching(
        /^\nThe app client \w+ has a secret that the server does not tell[^\n]* POOLHOUSE_POSTMAN_CLIENT_SECRET[^\n]*\n$/,
      ),
    ])
    const written = JSON.parse(untold.out) as { collection: string; environment: string }
    expect(readFileSync(join(folder, written.collection), 'utf8')).toContain('{{secret_hash}}')

    const env = { POOLHOUSE_POSTMAN_CLIENT_SECRET: added?.ClientSecretValue ?? '' }
    const told = await runPoolhouse(folder, args, env)
    expect([told.code, told.err]).toEqual([0, ''])
    const { failures, answered, items } = await runNewman(join(folder, written.collection), join(folder, written.environment))
    expect(failures).toEqual([])
    expect(answered).toEqual(items)

    const open = ['postman', '--endpoint', server.url, '--pool', 'us-east-1_One', '--client', 'only']
    const needless = await runPoolhouse(folder, open, env)
    expect([needless.code, needless.err]).toEqual([2, expect.stringContaining('The app client only has no secret: leave --client-secret')])
  })
})
