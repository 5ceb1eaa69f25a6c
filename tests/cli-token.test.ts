import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import {
  AssociateSoftwareTokenCommand,
  CreateUserPoolClientCommand,
  SetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSend } from '../src/cli/client/http.ts'
import { byPages } from '../src/cli/token/by-pages.ts'
import { createApi } from '../src/cli/token/call-api.ts'
import { createCodes } from '../src/cli/token/codes.ts'
import { createMailbox } from '../src/cli/token/mailbox.ts'
import { createSecrets } from '../src/cli/token/secrets.ts'
import { signIn } from '../src/cli/token/sign-in.ts'
import { openTerminal } from '../src/cli/token/terminal.ts'
import { readTokenRequest } from '../src/cli/token/token-request.ts'
import type { TokenRun } from '../src/cli/token/token-run.ts'
import { type Poolhouse, type SeedDocument, startPoolhouse } from '../src/lib.ts'
import { systemRandom } from '../src/random.ts'
import { demoSeed } from '../src/server/demo.ts'
import { main } from './support/program.ts'
import { type Outcome, runPoolhouse } from './support/run-poolhouse.ts'
import { password, sdkClient } from './support/start-app.ts'
import { tokenParts } from './support/token-parts.ts'
import { totpCode } from './support/totp-code.ts'

const poolId = 'us-east-1_TokenTests'
const region = 'us-east-1'
const callback = 'https://app.example.com/callback'
const clientSecret = 'SecretOfTheClient0123456789'
const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`

const pages = {
  AllowedOAuthFlows: ['code', 'implicit'] as ('code' | 'implicit')[],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthScopes: ['openid', 'email', 'aws.cognito.signin.user.admin'],
  CallbackURLs: [callback, 'com.example.app:/signed-in'],
  SupportedIdentityProviders: ['COGNITO'],
}
const flows = [
  'ALLOW_USER_PASSWORD_AUTH' as const,
  'ALLOW_USER_SRP_AUTH' as const,
  'ALLOW_USER_AUTH' as const,
  'ALLOW_CUSTOM_AUTH' as const,
  'ALLOW_REFRESH_TOKEN_AUTH' as const,
]
const user = (username: string) => ({
  username,
  password,
  attributes: { email: `${username}@example.org`, email_verified: 'true', name: username },
})

const document: SeedDocument = {
  pools: [
    ...demoSeed(region).pools,
    {
      id: poolId,
      name: 'Tokens',
      settings: {
        AutoVerifiedAttributes: ['email'],
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
        Schema: [{ Name: 'name', AttributeDataType: 'String', Required: true, Mutable: true }],
        LambdaConfig: {
          DefineAuthChallenge: arn('define'),
          CreateAuthChallenge: arn('create'),
          VerifyAuthChallengeResponse: arn('verify'),
        },
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
        EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/a@example.org' },
      },
      resourceServers: [{ Identifier: 'api', Name: 'API', Scopes: [{ ScopeName: 'read', ScopeDescription: 'reads' }] }],
      clients: [
        { id: 'open', name: 'Open', settings: { ...pages, ExplicitAuthFlows: flows } },
        { id: 'guarded', name: 'Guarded', secret: clientSecret, settings: { ...pages, ExplicitAuthFlows: flows } },
        {
          id: 'narrow',
          name: 'Narrow',
          settings: { ...pages, AllowedOAuthFlows: ['implicit'], ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] },
        },
        {
          id: 'machine',
          name: 'Machine',
          secret: clientSecret,
          settings: { AllowedOAuthFlows: ['client_credentials'], AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthScopes: ['api/read'] },
        },
      ],
      users: [
        ...['ana', 'tom', 'eve', 'both'].map(user),
        { username: 'new', temporaryPassword: 'Temporary-Horse-1', attributes: { email: 'new@example.org', email_verified: 'true' } },
        { username: 'newer', temporaryPassword: 'Temporary-Horse-1', attributes: { email: 'newer@example.org', email_verified: 'true' } },
      ],
    },
    {
      name: 'Classic',
      domains: [{ Domain: 'classic-tokens', ManagedLoginVersion: 1 }],
      clients: [{ id: 'classic', name: 'Classic', settings: pages }],
      users: [user('ana')],
    },
  ],
}

const triggers = {
  [arn('define')]: async (event: { request: { session: { challengeResult: boolean }[] }; response: object }) => {
    const { session } = event.request
    const passed = session.filter(({ challengeResult }) => challengeResult).length
    event.response = { challengeName: 'CUSTOM_CHALLENGE', issueTokens: passed === 2, failAuthentication: passed < session.length }
    return event
  },
  [arn('create')]: async (event: { request: { session: unknown[] }; response: object }) => {
    const name = event.request.session.length === 0 ? 'animal' : 'colour'
    event.response = { publicChallengeParameters: { question: `Which ${name}?` }, privateChallengeParameters: { answer: `the ${name}` } }
    return event
  },
  [arn('verify')]: async (event: {
    request: { privateChallengeParameters: { answer: string }; challengeAnswer: string }
    response: object
  }) => {
    event.response = { answerCorrect: event.request.challengeAnswer === event.request.privateChallengeParameters.answer }
    return event
  },
}

let server: Poolhouse
let folder: string
/** Secrets of the authenticator apps. */
const apps = new Map<string, string>()

const poolhouse = (args: readonly string[], { env = {}, input = '' } = {}): Promise<Outcome> => runPoolhouse(folder, args, env, input)

const token = (args: readonly string[], more: { env?: Record<string, string>; input?: string } = {}) =>
  poolhouse(['token', '--endpoint', server.url, ...args], more)

/** The answer of a run that must succeed. */
const tokens = async (args: readonly string[], more: { env?: Record<string, string>; input?: string } = {}) => {
  const { code, out, err } = await token([...args, '--json'], more)
  if (code !== 0) throw new Error(err)
  return JSON.parse(out) as { access_token: string; id_token?: string; refresh_token?: string; expires_in: number }
}

const open = ['--client', 'open']
const as = (username: string) => [...open, '--user', username, '--password', password]
const onPages = ['--code', '--redirect-uri', callback]
const claims = (jwt: string | undefined) => tokenParts(jwt ?? '').payload

/** Gives somebody an authenticator app, whose code of the present step stays unused, and more factors where they are named. */
const giveApp = async (username: string, factors: object = {}): Promise<void> => {
  const admin = sdkClient(server.url)
  const { access_token: AccessToken } = await tokens(as(username))
  const { SecretCode = '' } = await admin.send(new AssociateSoftwareTokenCommand({ AccessToken }))
  const verify = () => admin.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: totpCode(SecretCode, Date.now() - 30_000) }))
  // A step of 30 s may end on the way.
  await verify().catch(verify)
  await admin.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true }, ...factors }))
  apps.set(username, SecretCode)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-token-'))
  server = await startPoolhouse({ inProcess: true, seed: document, triggers })
  const admin = sdkClient(server.url)
  await admin.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: poolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: {},
    }),
  )
  await giveApp('tom')
  await giveApp('both', { EmailMfaSettings: { Enabled: true } })
  const { access_token: AccessToken } = await tokens(as('eve'))
  await admin.send(new SetUserMFAPreferenceCommand({ AccessToken, EmailMfaSettings: { Enabled: true } }))
})

afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('poolhouse token', () => {
  it('begins its help with examples', async () => {
    const { code, out } = await poolhouse(['token', '--help'])
    expect(code).toBe(0)
    expect(out.indexOf('Examples:')).toBeLessThan(out.indexOf('Usage:'))
    expect(out).toContain('Exit codes: 0 tokens were printed')
    // Other users of the machine see what stands on a command line.
    expect(out.slice(0, out.indexOf('Usage:'))).not.toMatch(/curl -H "?\$\(|--(?:client-secret|totp-secret|password|refresh) (?!-)[A-Z"$]/)
  })

  it('gives curl its header as the help does', async () => {
    const command = `curl -s -H @<("${process.execPath}" "${main}" token --endpoint ${server.url} --header) ${server.url}/oauth2/userInfo -o /dev/null -w '%{http_code} %header{www-authenticate}'`
    const said = await new Promise<string>((resolve) => execFile('bash', ['-c', command], { cwd: folder }, (_error, said) => resolve(said)))
    expect(said).toMatch(/^(?:200|401 .*scope)/)
  })

  it('prints tokens of the demo user without a flag', async () => {
    const { code, out, err } = await token([])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(
      /^Access token of demo, good until [\d :-]+ UTC, scope aws\.cognito\.signin\.user\.admin\ney\S+\n\nID token of demo/,
    )
    expect(out).toMatch(/\n\nRefresh token\n\S+\n$/)
  })

  it('prints one token, a header, and lines that a shell runs', async () => {
    expect(claims((await token(['--id'])).out.trim())).toMatchObject({ token_use: 'id', 'cognito:username': 'demo' })
    const header = /^Authorization: Bearer (\S+)\n$/.exec((await token(['--header'])).out)?.[1]
    expect(claims(header)).toMatchObject({ token_use: 'access', username: 'demo' })
    const { out } = await token(['--env'])
    const shell = await new Promise<string>((resolve) =>
      execFile('sh', ['-c', `${out}\nprintf '%s\\n' "$ACCESS_TOKEN" "$ID_TOKEN" "$REFRESH_TOKEN"`], (_error, said) => resolve(said)),
    )
    const [access, id, refresh] = shell.split('\n')
    expect([claims(access)['token_use'], claims(id)['token_use'], refresh?.split('.').length]).toEqual(['access', 'id', 5])
  })
})

describe('grants', () => {
  it('password and SRP, with the secret of the app client and without', async () => {
    const guarded = ['--client', 'guarded', '--user', 'ana', '--password', password, '--client-secret', clientSecret]
    for (const args of [
      as('ana'),
      guarded,
      [...as('ana'), '--srp', '--pool', poolId],
      [...guarded, '--srp', '--pool', poolId],
      ['--srp'],
    ]) {
      expect(claims((await tokens(args)).access_token)['token_use']).toBe('access')
    }
  })

  it('a refresh token, from a flag and from standard input', async () => {
    const { refresh_token = '' } = await tokens(as('ana'))
    const again = await tokens([...open, '--refresh', refresh_token])
    expect([claims(again.access_token)['username'], again.refresh_token]).toEqual(['ana', undefined])
    expect(claims((await tokens([...open, '--refresh', '-'], { input: `${refresh_token}\n` })).id_token)['cognito:username']).toBe('ana')
    const ofDemo = await tokens([])
    const env = { POOLHOUSE_TOKEN_REFRESH: ofDemo.refresh_token ?? '' }
    expect(claims((await tokens(['--refresh'], { env })).access_token)['username']).toBe('demo')
  })

  it('a refresh token that rotates, of a client with a secret', async () => {
    const made = await sdkClient(server.url).send(
      new CreateUserPoolClientCommand({
        UserPoolId: poolId,
        ClientName: 'Rotating',
        GenerateSecret: true,
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
        RefreshTokenRotation: { Feature: 'ENABLED' },
      }),
    )
    const { ClientId = '', ClientSecret = '' } = made.UserPoolClient ?? {}
    const client = ['--client', ClientId, '--client-secret', ClientSecret]
    const first = await tokens([...client, '--user', 'ana', '--password', password])
    const second = await tokens([...client, '--refresh', first.refresh_token ?? ''])
    expect(second.refresh_token).not.toBe(first.refresh_token)
    const late = await token([...client, '--refresh', first.refresh_token ?? ''])
    expect([late.code, late.err]).toEqual([1, expect.stringContaining('Sign in again for a new refresh token.')])
    expect(late.err).toContain('RefreshTokenReuseException')
    expect(late.err).not.toContain(first.refresh_token)
  })

  it('client credentials', async () => {
    const machine = ['--client-credentials', '--client', 'machine']
    const given = await tokens([...machine, '--client-secret', clientSecret, '--scope', 'api/read'])
    expect(claims(given.access_token)).toMatchObject({ scope: 'api/read', client_id: 'machine' })
    const all = await tokens(machine, { env: { POOLHOUSE_TOKEN_CLIENT_SECRET: clientSecret } })
    expect(claims(all.access_token)['scope']).toBe('api/read')
    const id = await token([...machine, '--client-secret', clientSecret, '--id'])
    expect([id.code, id.out, id.err]).toEqual([1, '', expect.stringContaining('This grant gave no ID token.')])
  })

  it('authorization code with PKCE, on managed login and on classic pages', async () => {
    const { port } = new URL(server.url)
    const classic = ['--client', 'classic', '--domain', `http://classic-tokens.auth.${region}.localhost:${port}`]
    const scoped = await tokens([...as('ana'), ...onPages, '--scope', 'openid', '--scope', 'email'])
    expect(claims(scoped.access_token)['scope']).toBe('openid email')
    for (const args of [
      ['--code'],
      ['--user', 'ana', '--password', password, ...onPages, ...classic],
      [...as('ana'), '--code', '--redirect-uri', 'com.example.app:/signed-in'],
    ]) {
      expect(claims((await tokens(args)).id_token)).toMatchObject({ token_use: 'id', nonce: expect.any(String) })
    }
    const secret = ['--client', 'guarded', '--client-secret', clientSecret, '--user', 'ana', '--password', password]
    expect((await tokens([...secret, ...onPages])).refresh_token).toBeDefined()
  })

  it('implicit', async () => {
    const given = await tokens([...as('ana'), '--implicit', '--redirect-uri', callback, '--scope', 'openid email'])
    expect([claims(given.id_token)['email'], given.refresh_token, given.expires_in]).toEqual(['ana@example.org', undefined, 3600])
  })

  it('one of several first factors, by the API and on pages', async () => {
    for (const factor of ['password', 'email-otp']) {
      expect(claims((await tokens([...as('ana'), '--first-factor', factor])).access_token)['username']).toBe('ana')
    }
    await tokens([...as('ana'), '--first-factor', 'PASSWORD_SRP', '--pool', poolId])
    const withCode = await tokens([...open, '--user', 'ana', ...onPages, '--first-factor', 'EMAIL_OTP'])
    expect(claims(withCode.access_token)['username']).toBe('ana')
    const refused = await token([...as('ana'), '--first-factor', 'SMS_OTP'])
    expect([refused.code, refused.out]).toEqual([1, ''])
  })

  it("the pool's own challenges", async () => {
    const custom = [...open, '--user', 'ana', '--custom', '--answer', 'the animal']
    expect(claims((await tokens([...custom, '--answer', 'the colour'])).access_token)['username']).toBe('ana')
    const unanswered = await token(custom)
    expect([unanswered.code, unanswered.err]).toEqual([1, expect.stringContaining('question: Which colour?')])
    expect(unanswered.err).toContain('--answer')
  })
})

describe('challenges', () => {
  const app = (username: string) => ['--totp-secret', apps.get(username) ?? '']

  it('the code of an authenticator app, and the choice of one', async () => {
    expect(claims((await tokens([...as('tom'), ...app('tom')])).access_token)['amr']).toEqual(expect.arrayContaining(['pwd']))
    await tokens([...as('both'), ...app('both')])
    const none = await token(as('tom'))
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('--totp-secret')])
  })

  it('a code by e-mail, from the mailbox', async () => {
    await tokens(as('eve'))
    await tokens([...as('eve'), '--mailbox', 'eve@example.org'])
    await tokens([...as('eve'), ...onPages])
    await tokens([...as('both'), ...onPages])
    const elsewhere = await token([...as('eve'), '--mailbox', 'nobody@example.org'])
    expect([elsewhere.code, elsewhere.err]).toEqual([1, expect.stringContaining('no new message in the mailbox')])
  })

  it('a code that is typed', async () => {
    const wrong = await token([...as('eve'), '--code-prompt'], { input: '000 000\n' })
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('CodeMismatchException')])
    const none = await token([...as('eve'), '--code-prompt'])
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('No code was typed.')])
    const step = totpCode(apps.get('tom') ?? '', Date.now() + 30_000)
    await tokens([...open, '--user', 'tom', '--password', '-', '--code-prompt'], { input: `${password}\n${step}\n` })
  })

  it('a new password, with the attributes that the pool requires', async () => {
    const invited = (username: string) => [...open, '--user', username, '--password', 'Temporary-Horse-1']
    const own = ['--new-password', 'My-Own-Horse-8', '--attribute', 'name=Newcomer']
    const lacking = await token(invited('new'))
    expect([lacking.code, lacking.err]).toEqual([1, expect.stringContaining('--new-password')])
    const nameless = await token([...invited('new'), '--new-password', 'My-Own-Horse-8'])
    expect([nameless.code, nameless.err]).toEqual([1, expect.stringContaining('--attribute name=VALUE')])
    const weak = await token([...invited('new'), '--new-password', 'weak', '--attribute', 'name=Newcomer'])
    expect([weak.code, weak.err]).toEqual([1, expect.stringContaining('InvalidPasswordException')])
    expect(claims((await tokens([...invited('new'), ...own])).id_token)['name']).toBe('Newcomer')
    expect(claims((await tokens([...invited('newer'), ...own, ...onPages])).id_token)['cognito:username']).toBe('newer')
    await tokens([...open, '--user', 'new', '--password', 'My-Own-Horse-8'])
  })

  it.each([
    ['the API', signIn, {}],
    ['the pages', byPages, { code: true, redirectUri: callback }],
  ])('waits for the next code of an app whose present one was used, on %s', async (_name, grant, more) => {
    await giveApp('both')
    const clock = { at: Date.now(), now: () => clock.at }
    const waits: number[] = []
    const begin = async (): Promise<TokenRun> => {
      const terminal = openTerminal()
      const options = { endpoint: server.url, client: 'open', user: 'both', password, totpSecret: apps.get('both'), ...more }
      const request = await readTokenRequest(options, { env: {}, terminal, secrets: createSecrets() })
      const send = createSend(undefined)
      const sleep = async (wait: number) => {
        waits.push(wait)
        clock.at += wait
      }
      const codes = createCodes({ request, mailbox: createMailbox(send, request), terminal, clock, sleep })
      return { request, send, codes, callApi: createApi(send, request), clock, random: systemRandom }
    }
    await grant(await begin())
    expect(waits).toEqual([])
    expect((await grant(await begin())).accessToken).toBeDefined()
    expect(waits).toHaveLength(1)
    expect(waits[0]).toBeLessThanOrEqual(30_000)
  })
})

/** A server that somebody else wrote: answers operations with what is given, by name, and keeps what it was sent. */
const startHostile = async (answers: Readonly<Record<string, readonly [number, object]>>, redirect?: string) => {
  const received: string[] = []
  const listening = createServer(async (request, reply) => {
    received.push(`${request.url} ${await text(request)}`)
    if (request.method === 'GET')
      return void reply.writeHead(redirect === undefined ? 404 : 302, { location: `${redirect}${request.url}` }).end()
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
    const [status, body] = answers[operation] ?? [400, { __type: 'InvalidParameterException', message: 'no' }]
    reply.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, received, stop: () => listening.close() }
}

describe('a server that means ill', () => {
  const srp = ['--srp', '--pool', poolId]
  const choice = ['--first-factor', 'PASSWORD_SRP', '--pool', poolId]

  it.each([
    ['PASSWORD', srp, { ChallengeName: 'PASSWORD' }],
    ['PASSWORD', choice, { ChallengeName: 'PASSWORD' }],
    ['a choice', srp, { ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges: ['PASSWORD', 'WEB_AUTHN'] }],
    ['a choice', choice, { ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges: ['PASSWORD'] }],
  ])('gets no password in clear by asking %s where SRP was to keep it (%j)', async (_, how, challenge) => {
    const hostile = await startHostile({ InitiateAuth: [200, { ...challenge, ChallengeParameters: {}, Session: 's' }] })
    try {
      const { code, out, err } = await poolhouse(['token', '--endpoint', hostile.url, ...as('ana'), ...how])
      expect([code, out]).toEqual([1, ''])
      expect(err).toMatch(/asks for the password itself|PASSWORD_SRP is not among them/)
      expect(hostile.received.filter((request) => request.startsWith('/ '))).toHaveLength(1)
      expect(hostile.received.join()).not.toContain(password)
    } finally {
      hostile.stop()
    }
  })

  it('takes SRP for the first factor where it may choose', async () => {
    const asked = {
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD', 'PASSWORD_SRP'],
      ChallengeParameters: {},
      Session: 's',
    }
    const hostile = await startHostile({ InitiateAuth: [200, asked] })
    try {
      await poolhouse(['token', '--endpoint', hostile.url, ...as('ana'), ...srp])
      expect(hostile.received.at(-1)).toContain('"ANSWER":"PASSWORD_SRP"')
      expect(hostile.received.join()).not.toContain(password)
    } finally {
      hostile.stop()
    }
  })

  it('controls no terminal and adds no line of its own', async () => {
    const message = '\u001b[2J\u001b]0;owned\u0007\npoolhouse: run this command\u009b1m'
    const hostile = await startHostile({ InitiateAuth: [400, { __type: 'NotAuthorizedException\u001b[1m', message }] })
    try {
      const { code, err } = await poolhouse(['token', '--endpoint', hostile.url, ...as('ana')])
      expect(code).toBe(1)
      expect(err).not.toMatch(/(?!\n)\p{Cc}/u)
      expect(err.match(/^poolhouse:/gm)).toHaveLength(1)
      expect(err).toContain('owned')
    } finally {
      hostile.stop()
    }
  })

  it('is no application because it redirects with what it was asked', async () => {
    const hostile = await startHostile({}, 'https://127.0.0.1:9443')
    const other = await startHostile({}, 'https://elsewhere.example')
    try {
      const moved = await poolhouse(['token', '--endpoint', hostile.url, ...as('ana'), '--code'])
      expect([moved.code, moved.err]).toEqual([1, expect.stringContaining('The server is at https://127.0.0.1:9443.')])
      expect(moved.err).toContain('--endpoint https://127.0.0.1:9443')
      const named = await poolhouse(['token', '--endpoint', hostile.url, ...as('ana'), ...onPages])
      expect(named.err).toContain('The server is at https://127.0.0.1:9443.')
      const led = await poolhouse(['token', '--endpoint', other.url, ...as('ana'), '--code'])
      expect([led.code, led.err]).toEqual([
        1,
        expect.stringContaining('leads to https://elsewhere.example, where this command does not follow'),
      ])
      expect([...hostile.received, ...other.received].filter((request) => request.startsWith('/oauth2/token'))).toEqual([])
    } finally {
      hostile.stop()
      other.stop()
    }
  })
})

describe('refusals', () => {
  const secretWord = 'Wrong-Horse-Word-1'

  it.each([
    [
      'a wrong password',
      [...open, '--user', 'ana', '--password', secretWord],
      'NotAuthorizedException: Incorrect username or password.',
      '--password',
    ],
    ['one by SRP', [...open, '--user', 'ana', '--password', secretWord, '--srp', '--pool', poolId], 'NotAuthorizedException', '--pool'],
    ['one on a page', [...open, '--user', 'ana', '--password', secretWord, ...onPages], 'password is not right', '--password'],
    ['no client secret', ['--client', 'guarded', '--user', 'ana', '--password', secretWord], 'NotAuthorizedException', '--client-secret'],
    [
      'a wrong client secret',
      ['--client', 'guarded', '--user', 'ana', '--password', password, '--client-secret', secretWord],
      'NotAuthorizedException',
      'Check --client-secret',
    ],
    [
      'a wrong client secret of a machine',
      ['--client-credentials', '--client', 'machine', '--client-secret', secretWord],
      'invalid_client',
      'Check --client and --client-secret.',
    ],
    [
      'a flow that is off',
      ['--client', 'narrow', '--user', 'ana', '--password', password],
      'USER_PASSWORD_AUTH flow not enabled for this client',
      'Add ALLOW_USER_PASSWORD_AUTH to the ExplicitAuthFlows of the app client narrow',
    ],
    [
      'a grant that is off',
      ['--client', 'narrow', '--user', 'ana', '--password', password, ...onPages],
      'unauthorized_client',
      'Add code to the AllowedOAuthFlows of the app client narrow',
    ],
    ['a scope', [...as('ana'), ...onPages, '--scope', 'api/nothing'], 'invalid_scope', 'AllowedOAuthScopes'],
    [
      'an address of the application',
      [...as('ana'), '--code', '--redirect-uri', 'https://x.example/'],
      'redirect_mismatch',
      'CallbackURLs',
    ],
    ['an unknown client', ['--client', 'nobody', '--user', 'ana', '--password', password], 'ResourceNotFoundException', 'Check --client'],
    ['an unknown client of pages', ['--client', 'nobody', '--user', 'ana', ...onPages], 'client_mismatch', 'Check --client'],
    ['a refresh token', [...open, '--refresh', 'no-refresh-token'], 'NotAuthorizedException', 'Sign in again'],
    ['a wrong app', [...as('tom'), '--totp-secret', 'MZXW6YTBOI'], 'CodeMismatchException', 'Check --totp-secret'],
    ['a second factor on a page', [...as('tom'), ...onPages], "tom's authenticator app", '--totp-secret'],
  ])('%s: exit code 1, what refused it, and what to do', async (_name, args, why, advice) => {
    const { code, out, err } = await token(args)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(why)
    expect(err).toContain(advice)
    expect(err).toMatch(/^poolhouse: [^\n]+\n( {2}[^\n]+\n){1,2}$/)
    for (const secret of [secretWord, password, 'no-refresh-token', 'MZXW6YTBOI']) expect(err).not.toContain(secret)
  })

  it.each([
    [['--code', '--srp'], '--srp and --code exclude each other'],
    [['--json', '--env'], '--json and --env exclude each other'],
    [[...open], 'Name who signs in with --user'],
    [[...open, '--user', 'ana'], 'POOLHOUSE_TOKEN_PASSWORD'],
    [[...as('ana'), '--srp'], 'add --pool ID'],
    [['--refresh'], '--refresh TOKEN'],
    [['--client-credentials', '--client', 'machine'], '--client-secret'],
    [['--totp-secret', 'Not-Base32-At-All!'], '--totp-secret must be base32'],
    [['--password', '-'], 'should come from standard input'],
    [['--first-factor', 'luck'], 'It must be one of'],
    [['--password', ''], '--password must not be empty.'],
    [['--scope', 'openid'], '--scope is for --code, --implicit and --client-credentials'],
    [['--refresh', 'x', '--scope', 'openid'], '--scope is for'],
    [['--region', 'eu-central-1'], '--endpoint and --region exclude each other'],
    [['--domain', 'ftp://x'], '--domain must be an address'],
    [['--pasword=Not-Base32-At-All!'], "unknown option '--pasword'"],
    [['Not-Base32-At-All!'], 'too many arguments'],
    [['--cacert', 'nowhere.pem'], 'There is no certificate nowhere.pem'],
    [['--domain', 'http://pages.example.com'], 'add --insecure'],
    [[...as('ana'), ...onPages, '--first-factor', 'PASSWORD_SRP'], 'Pages take the password itself'],
  ])('%j: exit code 2', async (args, sentence) => {
    const { code, out, err } = await token(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(sentence)
    expect(err).not.toContain('Not-Base32-At-All!')
  })

  it('a server of somebody else gets nothing of the demo', async () => {
    for (const where of [
      ['--endpoint', 'https://id.example.com'],
      ['--region', 'eu-central-1'],
    ]) {
      const { code, err } = await poolhouse(['token', ...where])
      expect([code, err]).toEqual([2, 'poolhouse: Name the app client with --client ID.\n'])
    }
    const pagesOfAws = await poolhouse(['token', '--region', 'eu-central-1', '--client', 'x', '--user', 'ana', '--code'])
    expect([pagesOfAws.code, pagesOfAws.err]).toEqual([2, expect.stringContaining('--domain')])
  })

  it.each([
    ['cn-north-1', 'https://cognito-idp.cn-north-1.amazonaws.com.cn'],
    ['eu-central-1', 'https://cognito-idp.eu-central-1.amazonaws.com'],
  ])('goes to the right server of AWS for the region %s', async (named, endpoint) => {
    const options = { region: named, client: 'x', user: 'ana', password }
    const request = await readTokenRequest(options, { env: {}, terminal: openTerminal(), secrets: createSecrets() })
    expect(request.endpoint).toBe(endpoint)
  })

  it('a server on another machine that is spoken to in clear, unless somebody says so', async () => {
    for (const args of [
      ['--endpoint', 'http://id.example.com'],
      ['--endpoint', 'http://192.0.2.1:9339', '--refresh', 'no-refresh-token'],
      ['--endpoint', 'http://localhost.example.com'],
    ]) {
      const { code, err } = await poolhouse(['token', ...args, ...as('ana')])
      expect([code, err]).toEqual([
        2,
        expect.stringMatching(/^poolhouse: --endpoint is http:[^\n]+ over plain http [^\n]+ --insecure [^\n]+\n$/),
      ])
    }
    const env = { POOLHOUSE_TOKEN_ENDPOINT: 'http://name-of-nobody.invalid' }
    expect((await poolhouse(['token', ...as('ana')], { env })).code).toBe(2)
    const meant = await poolhouse(['token', '--insecure', ...as('ana')], { env })
    expect([meant.code, meant.err]).toEqual([1, expect.stringContaining('No server answers at http://name-of-nobody.invalid.')])
  })

  it('nobody at the endpoint, and something else there', async () => {
    const nobody = await poolhouse(['token'], { env: { POOLHOUSE_TOKEN_ENDPOINT: 'http://localhost:1' } })
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining('No server answers at http://localhost:1.')])
    expect(nobody.err).toContain('Start a server with `poolhouse dev`')
    const other = await poolhouse(['token', '--endpoint', `${server.url}/health`])
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('Check --endpoint')])
  })

  it('a server without the demo pool', async () => {
    const empty = await startPoolhouse({ inProcess: true })
    try {
      const { code, err } = await poolhouse(['token', '--endpoint', empty.url])
      expect([code, err]).toEqual([1, expect.stringContaining('The server has no demo pool: name an app client of yours with --client')])
    } finally {
      await empty.stop()
    }
  })

  it('a certificate that nobody vouches for, until its authority is named', async () => {
    const secure = await startPoolhouse({ inProcess: true, tls: true, seed: demoSeed(region) })
    try {
      await writeFile(join(folder, 'authority.pem'), secure.certificateAuthority ?? '')
      const refused = await poolhouse(['token', '--endpoint', secure.url])
      expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('--cacert "$(poolhouse trust --path)"')])
      const trusted = await poolhouse(['token', '--endpoint', secure.url, '--cacert', 'authority.pem', '--code', '--id'])
      expect(claims(trusted.out.trim())['token_use']).toBe('id')
    } finally {
      await secure.stop()
    }
  })

  it('no variable of the command stops a server from starting', async () => {
    const env = { POOLHOUSE_TOKEN_USER: 'ana' }
    const { err } = await poolhouse(['access-key', 'list', '--data-dir', './nowhere'], { env })
    expect(err).toContain('There is no data in ./nowhere')
  })
})
