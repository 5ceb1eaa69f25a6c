// The load generator's process: `node load.ts PORT SERVER-PID`. Does what its parent asks for, one errand after another.
import { connections as usual } from './chapter.ts'
import type { Reply } from './connections.ts'
import { drive } from './drive.ts'
import type { Errand, Figures } from './errand.ts'
import { exchange } from './exchange.ts'
import { paced } from './paced.ts'
import { accessTokenIn, authorizeRequest, codeRequest, cookieIn, pageSignIn } from './page-scenarios.ts'
import { randomSignIns } from './peers/peer-scenarios.ts'
import { benchPool, seedDocument } from './pool.ts'
import { request } from './requests.ts'
import { signIn as loadedSignIn } from './scale-requests.ts'
import {
  type AccessTokens,
  customAnswer,
  customRequest,
  ofToken,
  passwordRequest,
  requestsOf,
  rotatingSignIn,
  rotation,
  srpAnswer,
  srpRequest,
  statusOf,
  type Tokens,
  tokensIn,
} from './scenarios.ts'
import { giveTokens, signInWithCodes } from './software-tokens.ts'
import { connected, figuresOf, overOne, repeat, requireStatus, serverPid } from './under-load.ts'

let secrets: string[] = []
const cookies: string[] = []
const rotating: string[] = []
const signedIn: Tokens[] = []
let makers = requestsOf([], { api: [], page: [] })
let older: Record<keyof AccessTokens, string[]> = { api: [], page: [] }

/** Twenty sign-ins on a page, unless there were some already. */
const fillCookies = (): Promise<void> =>
  overOne(async (connection) => {
    for (let index = cookies.length; index < 20; index++) cookies.push(cookieIn(await connection.send(pageSignIn(index))))
  })

/** The first half of a code grant by one of them. */
const authorize = (index: number): Uint8Array => authorizeRequest(cookies[index % cookies.length] ?? '')

const makeTokens = async (count: number): Promise<AccessTokens> => {
  await fillCookies()
  const api: string[] = []
  const page: string[] = []
  const request = (index: number) => (index < count ? passwordRequest(index % benchPool.users) : undefined)
  const accept = (_: number, reply: Reply) => api.push(tokensIn(reply).AccessToken)
  await connected(usual, (connections) => drive({ connections, serverPid, request, accept }))
  await exchange(usual, count, authorize, codeRequest, { status: 302, accept: (reply) => page.push(accessTokenIn(reply)) })
  return { api, page }
}

const prepare = async (seed: boolean, withFactors: boolean): Promise<void> => {
  await overOne(async (connection) => {
    const document = JSON.stringify(seedDocument)
    if (seed)
      requireStatus(200)(0, await connection.send(request('POST /_poolhouse/seed', { 'content-type': 'application/json' }, document)))
    for (let index = 0; index < 20; index++) signedIn.push(tokensIn(await connection.send(passwordRequest(index))))
    if (!withFactors) return
    secrets = await giveTokens(connection)
    for (let index = 0; index < 64; index++) rotating.push(tokensIn(await connection.send(rotatingSignIn(index))).RefreshToken)
  })
  if (withFactors) await fillCookies()
  makers = requestsOf(signedIn, { api: [], page: [] })
}

/** Calls with so many of the older tokens, which are used up by it. */
const firstUse = (of: keyof AccessTokens, count: number, requests: number): Promise<Figures> => {
  const calls = older[of].splice(0, requests).map(ofToken[of])
  if (calls.length < requests) throw new Error(`There are ${calls.length} unused tokens instead of ${requests}.`)
  const request = (index: number) => calls[index]
  return connected(count, async (connections) => figuresOf(await drive({ connections, serverPid, request, accept: requireStatus(200) })))
}

/** Refreshes in as many chains as there are connections, and then some: a token is used once. */
const rotate = (count: number, seconds: number): Promise<Figures> =>
  connected(count, async (connections) => {
    const end = performance.now() + seconds * 1000
    const next = (): Uint8Array | undefined => {
      const token = performance.now() < end ? rotating.shift() : undefined
      return token === undefined ? undefined : rotation(token)
    }
    return figuresOf(
      await drive({ connections, serverPid, request: next, accept: (_, reply) => rotating.push(tokensIn(reply).RefreshToken) }),
    )
  })

const signIn = (ClientId: string, users: readonly number[], seconds: number | undefined): Promise<Figures> => {
  const requests = users.map((number) => loadedSignIn({ ClientId }, number))
  if (seconds !== undefined) return repeat((index) => requests[index % requests.length] as Uint8Array, 200, 1, seconds)
  const each = (index: number) => requests[index]
  return connected(1, async (connections) => figuresOf(await drive({ connections, serverPid, request: each, accept: requireStatus(200) })))
}

const run = async (errand: Errand): Promise<Figures | AccessTokens | undefined> => {
  switch (errand.kind) {
    case 'prepare':
      await prepare(errand.seed, errand.withFactors)
      return undefined
    case 'make tokens':
      return makeTokens(errand.count)
    case 'take tokens':
      makers = requestsOf(signedIn, errand.own)
      older = { api: [...errand.older.api], page: [...errand.older.page] }
      return undefined
    case 'first use':
      return firstUse(errand.of, errand.connections, errand.requests)
    case 'simple':
      return repeat(makers[errand.of], statusOf(errand.of), errand.connections, errand.seconds)
    case 'srp':
      return exchange(errand.connections, errand.exchanges, srpRequest, (reply) => srpAnswer(reply, new Date()))
    case 'totp':
      return signInWithCodes(errand.connections, errand.exchanges, secrets)
    case 'custom':
      return exchange(errand.connections, errand.exchanges, customRequest, customAnswer)
    case 'code':
      return exchange(errand.connections, errand.exchanges, authorize, codeRequest, { status: 302, accept: accessTokenIn })
    case 'rotate':
      return rotate(errand.connections, errand.seconds)
    case 'sign in':
      return signIn(errand.clientId, errand.users, errand.seconds)
    case 'paced':
      return paced(makers.password, errand.rate, errand.seconds)
    case 'peer':
      return repeat(randomSignIns(errand.clientId, errand.users), 200, errand.connections, errand.seconds)
  }
}

process.on('message', async (errand: Errand) => process.send?.({ answer: await run(errand) }))
process.on('disconnect', () => process.exit())
