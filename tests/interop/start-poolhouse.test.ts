import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { GetUserCommand, InitiateAuthCommand, ListUserPoolsCommand, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Poolhouse, type SeedDocument, startPoolhouse } from '../../src/lib.ts'
import { password, sdkClient } from '../support/start-app.ts'

const poolId = 'us-east-1_ShopShop1'
const clientId = 'shopclient1'
const seed: SeedDocument = {
  pools: [
    {
      id: poolId,
      name: 'shop',
      settings: { AutoVerifiedAttributes: ['email'] },
      groups: [{ GroupName: 'staff' }],
      clients: [
        {
          id: clientId,
          name: 'web',
          settings: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
        },
      ],
      users: [{ username: 'ana', password, attributes: { email: 'ana@example.org', email_verified: 'true' }, groups: ['staff'] }],
    },
  ],
}

const poolNames = async ({ url }: { url: string }) => {
  const { UserPools = [] } = await sdkClient(url).send(new ListUserPoolsCommand({ MaxResults: 60 }))
  return UserPools.map(({ Name }) => Name)
}
const signIn = async ({ url }: Poolhouse) => {
  const { AuthenticationResult } = await sdkClient(url).send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: password },
    }),
  )
  return AuthenticationResult
}
const signUp = ({ url }: Poolhouse, Username: string) => {
  const UserAttributes = [{ Name: 'email', Value: `${Username}@example.org` }]
  return sdkClient(url).send(new SignUpCommand({ ClientId: clientId, Username, Password: password, UserAttributes }))
}
const claimsOf = (token = ''): Record<string, unknown> => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
const isUp = (url: string) =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  )

it('refuses an option that it does not have', async () => {
  await expect(startPoolhouse({ seeds: seed } as object)).rejects.toThrow('startPoolhouse has no option seeds. It takes seed, fixedCode, ')
})

describe.each([{ inProcess: false }, { inProcess: true }])('startPoolhouse($0)', (how) => {
  let server: Poolhouse
  beforeAll(async () => {
    server = await startPoolhouse({ ...how, fixedCode: '424242' })
  })
  beforeEach(() => server.reset())
  afterAll(() => server.stop())

  it('seeds, the same again changes nothing, and says where a seed is wrong', async () => {
    const expected = [{ name: 'shop', region: 'us-east-1', userPoolId: poolId, clients: [{ name: 'web', clientId }], users: ['ana'] }]
    expect(await server.seed(seed)).toMatchObject(expected)
    expect(await server.seed(seed)).toMatchObject(expected)
    expect(await poolNames(server)).toEqual(['shop'])
    expect(claimsOf((await signIn(server))?.IdToken)).toMatchObject({ 'cognito:groups': ['staff'] })
    const weak = { pools: [{ name: 'weak', users: [{ username: 'bob', password: 'short' }] }] }
    await expect(server.seed(weak)).rejects.toThrow(/^pools\[0\] \(weak\): InvalidPasswordException: /)
    await expect(server.seed({ pools: [{ nme: 'x' }] } as unknown as SeedDocument)).rejects.toThrow('nme')
  })

  it('keeps messages, newest first, until it is reset', async () => {
    await server.seed(seed)
    await signUp(server, 'bob')
    await signUp(server, 'cy')
    expect(await server.mailbox.messages()).toMatchObject([{ destination: 'cy@example.org' }, { destination: 'bob@example.org' }])
    expect(await server.mailbox.messages('bob@example.org')).toEqual([
      {
        medium: 'EMAIL',
        destination: 'bob@example.org',
        subject: expect.any(String),
        body: expect.stringContaining('424242'),
        code: '424242',
        sentAt: expect.any(Number),
      },
    ])
    expect(await server.mailbox.code('cy@example.org')).toBe('424242')
    await expect(server.mailbox.code('nobody@example.org')).rejects.toThrow('No message with a code was sent to nobody@example.org.')
    await server.reset()
    expect(await server.mailbox.messages()).toEqual([])
    expect(await poolNames(server)).toEqual([])
    await server.seed(seed)
    expect((await signIn(server))?.TokenType).toBe('Bearer')
  })

  it('moves its clock', async () => {
    await server.seed(seed)
    const token = await signIn(server)
    const who = () => sdkClient(server.url).send(new GetUserCommand({ AccessToken: token?.AccessToken }))
    await server.clock.advance(59 * 60_000)
    expect((await who()).Username).toBe('ana')
    await server.clock.advance(2 * 60_000)
    await expect(who()).rejects.toMatchObject({ name: 'NotAuthorizedException', message: 'Access Token has expired' })
    await server.clock.set(new Date('2030-01-01T00:00:00Z'))
    expect(claimsOf((await signIn(server))?.IdToken)['auth_time']).toBeOneOf([1_893_456_000, 1_893_456_001, 1_893_456_002])
    await server.reset()
    await server.seed(seed)
    expect(Number(claimsOf((await signIn(server))?.IdToken)['iat'])).toBeLessThanOrEqual(Date.now() / 1000)
  })

  it('runs beside others that know nothing of it, each with its own options', async () => {
    const [own, aws] = await Promise.all([
      startPoolhouse({ ...how, seed }),
      startPoolhouse({ ...how, seed, issuer: 'aws', auth: 'verify' }),
    ])
    try {
      expect(new Set([server.url, own.url, aws.url]).size).toBe(3)
      expect(await Promise.all([server, own].map(poolNames))).toEqual([[], ['shop']])
      await expect(poolNames(aws)).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
      expect(claimsOf((await signIn(own))?.AccessToken)['iss']).toBe(`${own.url}/${poolId}`)
      expect(claimsOf((await signIn(aws))?.AccessToken)['iss']).toBe(`https://cognito-idp.us-east-1.amazonaws.com/${poolId}`)
    } finally {
      await Promise.all([own.stop(), aws.stop()])
    }
    expect(await Promise.all([server, own, aws].map(({ url }) => isUp(url)))).toEqual([true, false, false])
    await own.stop()
  })

  it('says why it can not start', async () => {
    await expect(startPoolhouse({ ...how, fixedCode: 'abc' })).rejects.toThrow(/six digits/)
    await expect(startPoolhouse({ ...how, seed: { pools: [{ name: '' }] } })).rejects.toThrow(/^pools\[0\]/)
  })
})

/** Process ids of the children of this process, from /proc. */
const children = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === process.pid
      } catch {
        return false
      }
    })
    .map(Number)

const lib = fileURLToPath(new URL('../../src/lib.ts', import.meta.url))
const starting = `import { startPoolhouse } from ${JSON.stringify(lib)}; const { url } = await startPoolhouse(); console.log(url);`

/** A test process of its own that starts a server and then goes on as the code says. */
const testProcess = async (code: string) => {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', starting + code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, url, ended }
}

describe('processes', () => {
  it.skipIf(!existsSync('/proc/self/stat'))('are gone when stop has resolved', async () => {
    const before = children()
    const server = await startPoolhouse()
    const [pid] = children().filter((known) => !before.includes(known))
    expect(pid).toBeTypeOf('number')
    await server.stop()
    expect(() => process.kill(pid ?? Number.NaN, 0)).toThrow('ESRCH')
  })

  it.each([
    ['is killed', 'setInterval(() => {}, 1000)', 'SIGKILL'],
    ['gives up', 'process.exit(1)', undefined],
    ['just ends', '', undefined],
  ] as const)('end with a test process that %s', async (_, code, signal) => {
    const { child, url, ended } = await testProcess(code)
    if (signal !== undefined) {
      expect(await isUp(url)).toBe(true)
      child.kill(signal)
    }
    await ended
    await expect.poll(() => isUp(url), { timeout: 5000 }).toBe(false)
  })
})

const root = fileURLToPath(new URL('../..', import.meta.url))
const oldNode = process.env['TEST_OLD_NODE'] ?? '/usr/bin/node'
const oldVersion = spawnSync(oldNode, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''
const unfit = !/^v2[0-3]\./.test(oldVersion)
  ? `${oldNode} is not one of 20 to 23`
  : existsSync(`${root}dist/lib.cjs`)
    ? undefined
    : 'dist/ is not built'

describe('the built package', () => {
  it.skipIf(unfit !== undefined).each([
    ['require()', [], `const { startPoolhouse } = require(${JSON.stringify(`${root}dist/lib.cjs`)})`],
    ['import', ['--input-type=module'], `import { startPoolhouse } from ${JSON.stringify(`${root}dist/lib.js`)}`],
  ])(`works by %s from an older Node.js ${unfit === undefined ? oldVersion : `(skipped: ${unfit})`}`, (_, flags, loading) => {
    const script = `
      ${loading}
      startPoolhouse({ seed: ${JSON.stringify(seed)} }).then(async (server) => {
        console.log((await fetch(server.url + '/health')).status, (await server.seed(${JSON.stringify(seed)}))[0].userPoolId)
        await server.stop()
        await startPoolhouse({ inProcess: true }).catch((error) => console.log(error.message))
      })`
    const { stdout, stderr } = spawnSync(oldNode, [...flags, '-e', script], { encoding: 'utf8', cwd: root })
    expect(stderr).toBe('')
    expect(stdout).toContain(`200 ${poolId}\n`)
    expect(stdout).toContain(`needs Node.js 24.15 or newer; this process runs ${oldVersion}`)
  })
})
