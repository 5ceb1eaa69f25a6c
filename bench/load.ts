// The load generator's process: `node load.ts PORT SERVER-PID`. Does what its parent asks for, one errand after another.

import { totpCode } from '../tests/support/totp-code.ts'
import { type Connection, openConnection, type Reply } from './connections.ts'
import { drive, type Effort } from './drive.ts'
import { accessTokenIn, authorizeRequest, codeRequest, cookieIn, pageSignIn } from './page-scenarios.ts'
import { seedDocument, totpPool } from './pool.ts'
import { adminRequest, apiRequest, request } from './requests.ts'
import {
  customAnswer,
  customRequest,
  passwordRequest,
  requestsOf,
  rotatingSignIn,
  rotation,
  type Simple,
  srpAnswer,
  srpRequest,
  statusOf,
  type Tokens,
  tokensIn,
  totpAnswer,
  totpRequest,
} from './scenarios.ts'
import { percentiles } from './statistics.ts'

/** What the parent may ask for. */
export type Errand =
  | { readonly kind: 'seed'; readonly withFactors: boolean }
  | { readonly kind: 'simple'; readonly of: Simple; readonly connections: number; readonly seconds: number }
  | { readonly kind: Exchange; readonly connections: number; readonly exchanges: number }
  | { readonly kind: 'rotate'; readonly connections: number; readonly seconds: number }
  | { readonly kind: 'sign in'; readonly users: readonly number[]; readonly seconds: number }

/** Two requests, the second made from the answer to the first. */
export type Exchange = 'srp' | 'totp' | 'custom' | 'code'

/** What a load came to. */
export interface Figures {
  /** Per second. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Microseconds of CPU for each, in the server and in the load generator. */
  readonly serverCpu: number
  readonly clientCpu: number
}

const [port, serverPid] = process.argv.slice(2).map(Number) as [number, number]

const connected = async <T>(count: number, work: (connections: readonly Connection[]) => Promise<T>): Promise<T> => {
  const connections = await Promise.all(Array.from({ length: count }, () => openConnection(port)))
  const result = await work(connections)
  for (const connection of connections) connection.close()
  return result
}

const figures = ({ requests, seconds, serverCpu, clientCpu, latencies }: Effort): Figures => ({
  rate: requests / seconds,
  ...percentiles(latencies),
  serverCpu: (serverCpu / requests) * 1e6,
  clientCpu: (clientCpu / requests) * 1e6,
})

const requireStatus =
  (status: number) =>
  (_: number, reply: Reply): void => {
    if (reply.status !== status) throw new Error(`Instead of ${status} the server answered ${reply.status}: ${reply.body.slice(0, 300)}`)
  }

const lasting = (seconds: number, make: (index: number) => Uint8Array) => {
  const end = performance.now() + seconds * 1000
  return (index: number) => (performance.now() < end ? make(index) : undefined)
}

const simple = (make: (index: number) => Uint8Array, status: number, count: number, seconds: number): Promise<Figures> =>
  connected(count, async (connections) =>
    figures(await drive({ connections, serverPid, request: lasting(seconds, make), accept: requireStatus(status) })),
  )

let secrets: string[] = []
const cookies: string[] = []
const pageTokens: string[] = []
const rotating: string[] = []

/** Gives every user of the pool for it a software token, and switches it on. */
const giveTokens = async (connection: Connection): Promise<string[]> => {
  const send = async (bytes: Uint8Array) => {
    const reply = await connection.send(bytes)
    requireStatus(200)(0, reply)
    return reply.body === '' ? {} : JSON.parse(reply.body)
  }
  const UserPoolId = totpPool.id
  await send(
    adminRequest('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } }),
  )
  const { now } = await send(request('POST /_poolhouse/clock', { 'content-type': 'application/json' }, '{}'))
  const given: string[] = []
  for (let index = 0; index < totpPool.users; index++) {
    const { AccessToken } = (await send(totpRequest(index))).AuthenticationResult
    const { SecretCode } = await send(apiRequest('AssociateSoftwareToken', { AccessToken }))
    await send(apiRequest('VerifySoftwareToken', { AccessToken, UserCode: totpCode(SecretCode, now) }))
    await send(apiRequest('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } }))
    given.push(SecretCode)
  }
  return given
}

const seed = (withFactors: boolean): Promise<Tokens[]> =>
  connected(1, async ([connection]) => {
    if (connection === undefined) return []
    const reply = await connection.send(
      request('POST /_poolhouse/seed', { 'content-type': 'application/json' }, JSON.stringify(seedDocument)),
    )
    requireStatus(200)(0, reply)
    const tokens: Tokens[] = []
    for (let index = 0; index < 20; index++) tokens.push(tokensIn(await connection.send(passwordRequest(index))))
    if (withFactors) {
      secrets = await giveTokens(connection)
      for (let index = 0; index < 20; index++) {
        const cookie = cookieIn(await connection.send(pageSignIn(index)))
        cookies.push(cookie)
        pageTokens.push(accessTokenIn(await connection.send(codeRequest(await connection.send(authorizeRequest(cookie))))))
      }
      for (let index = 0; index < 64; index++) rotating.push(tokensIn(await connection.send(rotatingSignIn(index))).RefreshToken)
    }
    return tokens
  })

/** Both halves of many exchanges; what the client computes between them counts for nothing. */
const exchange = (
  count: number,
  exchanges: number,
  first: (index: number) => Uint8Array,
  second: (reply: Reply, index: number) => Uint8Array,
  { status, accept }: { readonly status: number; readonly accept: (reply: Reply) => unknown } = { status: 200, accept: tokensIn },
): Promise<Figures> =>
  connected(count, async (connections) => {
    const replies: Reply[] = []
    const begun = await drive({
      connections,
      serverPid,
      request: (index) => (index < exchanges ? first(index) : undefined),
      accept: (index, reply) => {
        requireStatus(status)(index, reply)
        replies[index] = reply
      },
    })
    const answers = replies.map(second)
    const answered = await drive({ connections, serverPid, request: (index) => answers[index], accept: (_, reply) => accept(reply) })
    return figures({
      requests: exchanges,
      seconds: begun.seconds + answered.seconds,
      serverCpu: begun.serverCpu + answered.serverCpu,
      clientCpu: begun.clientCpu + answered.clientCpu,
      latencies: begun.latencies.map((first, index) => first + (answered.latencies[index] ?? 0)),
    })
  })

/** Moves the server's clock on, so that every software token shows a new code; answers the server's time. */
const nextCodes = (connection: Connection): Promise<number> =>
  connection
    .send(request('POST /_poolhouse/clock', { 'content-type': 'application/json' }, JSON.stringify({ advance: 30_000 })))
    .then((reply) => JSON.parse(reply.body).now)

const totp = (count: number, exchanges: number): Promise<Figures> =>
  connected(1, async ([connection]) => {
    if (connection === undefined) throw new Error('no connection')
    const now = await nextCodes(connection)
    const atMost = Math.min(exchanges, totpPool.users)
    return exchange(count, atMost, totpRequest, (reply, index) => totpAnswer(reply, index, totpCode(secrets[index] ?? '', now)))
  })

/** Refreshes in as many chains as there are connections, and then some: a token is used once. */
const rotate = (count: number, seconds: number): Promise<Figures> =>
  connected(count, async (connections) => {
    const end = performance.now() + seconds * 1000
    return figures(
      await drive({
        connections,
        serverPid,
        request: () => {
          const token = performance.now() < end ? rotating.shift() : undefined
          return token === undefined ? undefined : rotation(token)
        },
        accept: (_, reply) => rotating.push(tokensIn(reply).RefreshToken),
      }),
    )
  })

let makers = requestsOf([], [])

const run = async (errand: Errand): Promise<Figures | undefined> => {
  switch (errand.kind) {
    case 'seed':
      makers = requestsOf(await seed(errand.withFactors), pageTokens)
      return undefined
    case 'simple':
      return simple(makers[errand.of], statusOf(errand.of), errand.connections, errand.seconds)
    case 'srp':
      return exchange(errand.connections, errand.exchanges, srpRequest, (reply) => srpAnswer(reply, new Date()))
    case 'totp':
      return totp(errand.connections, errand.exchanges)
    case 'custom':
      return exchange(errand.connections, errand.exchanges, customRequest, customAnswer)
    case 'code': {
      const first = (index: number) => authorizeRequest(cookies[index % cookies.length] ?? '')
      return exchange(errand.connections, errand.exchanges, first, codeRequest, { status: 302, accept: accessTokenIn })
    }
    case 'rotate':
      return rotate(errand.connections, errand.seconds)
    case 'sign in': {
      const requests = errand.users.map(passwordRequest)
      return simple((index) => requests[index % requests.length] as Uint8Array, 200, 1, errand.seconds)
    }
  }
}

process.on('message', async (errand: Errand) => process.send?.({ figures: await run(errand) }))
process.on('disconnect', () => process.exit())
