import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type HttpFunction, startHttpFunction } from './support/http-function.ts'
import { type MadePool, makeClient } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser, type PageBrowser } from './support/page-browser.ts'
import { authorizeQuery, callback, makePagePool, pageClient } from './support/page-pool.ts'
import { tokenParts } from './support/token-parts.ts'

const told = new Map<string, string>()
let server: OAuthServer
let application: HttpFunction
/** Applications `a` and `b` are told of sign-outs, `silent` is not. */
let [a, b, silent, foreign]: MadePool[] = []
let sub = ''
let answer: () => number | Promise<number> = () => 200

const made = (client: MadePool | undefined): MadePool => client ?? { UserPoolId: '', ClientId: '', ClientSecret: '' }

beforeAll(async () => {
  application = await startHttpFunction(async (_, reply) => void reply.writeHead(await answer()).end())
  server = await startOAuth({ backchannelLogout: told, rpInitiatedLogout: true })
  a = await makePagePool(server.harness)
  foreign = await makePagePool(server.harness)
  b = await makeClient(server.harness, a.UserPoolId, pageClient)
  silent = await makeClient(server.harness, a.UserPoolId, pageClient)
  for (const { ClientId } of [a, b, foreign]) told.set(ClientId, `${application.url}/${ClientId}`)
  sub = await makeUser(server.harness, a.UserPoolId, 'ana')
})
afterAll(async () => {
  await server.stop()
  await application.close()
})
afterEach(() => {
  application.received.length = 0
  answer = () => 200
})

interface Session {
  readonly browser: PageBrowser
  readonly tokens: Record<string, string>
}

const membersOf = (location: string) => Object.fromEntries(new URLSearchParams(new URL(location).hash.slice(1)))

/** Signs ana in to a client in a new browser. */
const signIn = async (client: MadePool | undefined): Promise<Session> => {
  const browser = openBrowser(server.url)
  const page = await browser.get(`/login?${authorizeQuery(made(client), { response_type: 'token' })}`)
  const { location } = await browser.submit(await browser.submit(page, { username: 'ana' }), { username: 'ana', password })
  return { browser, tokens: membersOf(location) }
}

/** Goes on to another client in the same browser. */
const goOn = async ({ browser }: Session, client: MadePool | undefined, more: Record<string, string> = {}) => {
  const { location } = await browser.get(`/oauth2/authorize?${authorizeQuery(made(client), { response_type: 'token', ...more })}`)
  expect(location.startsWith(callback)).toBe(true)
  return location
}

const sidOf = ({ tokens }: Pick<Session, 'tokens'>) => tokenParts(tokens['id_token'] ?? '').payload['sid']

const logOut = ({ browser }: Session) =>
  browser.get(`/logout?${new URLSearchParams({ client_id: made(a).ClientId, logout_uri: 'https://app.example.com/bye' })}`)

/** What the applications are told, in the order of their ids. */
const heard = async (count: number) => {
  await expect.poll(() => application.received.length).toBe(count)
  return application.received
    .map(({ path, body }) => {
      const { aud, sub: user, sid } = tokenParts(new URLSearchParams(body).get('logout_token') ?? '').payload
      return { path, aud, user, sid }
    })
    .sort((one, other) => one.path.localeCompare(other.path))
}

const noticeOf = (client: MadePool | undefined, sid?: string) => {
  const { ClientId } = made(client)
  return { path: `/${ClientId}`, aud: ClientId, user: sub, sid }
}

const inOrder = (...notices: ReturnType<typeof noticeOf>[]) => notices.sort((one, other) => one.path.localeCompare(other.path))

describe('back-channel logout', () => {
  it('tells every application that took part, with the session of its ID tokens, and no other', async () => {
    const session = await signIn(a)
    await goOn(session, silent)
    const second = { tokens: membersOf(await goOn(session, b)) }
    await goOn(session, b)
    const sid = sidOf(session)
    expect(sid).toMatch(/^sso[0-9a-z]{25}$/)
    expect(sidOf(second)).toBe(sid)
    await logOut(session)
    expect(await heard(2)).toEqual(inOrder(noticeOf(a, sid), noticeOf(b, sid)))
  })

  it('knows nothing of another browser’s session, and tells nobody twice', async () => {
    const [session, other] = [await signIn(a), await signIn(b)]
    const copy = openBrowser(server.url)
    for (const [name, value] of session.browser.cookies) copy.cookies.set(name, value)
    await logOut(session)
    await logOut({ browser: copy, tokens: {} })
    await logOut(other)
    expect(await heard(2)).toEqual(inOrder(noticeOf(a, sidOf(session)), noticeOf(b, sidOf(other))))
  })

  it('goes on with the session when its user proves who they are again', async () => {
    const session = await signIn(a)
    const page = await session.browser.get(`/login?${authorizeQuery(made(b), { response_type: 'token', prompt: 'login' })}`)
    const name = await session.browser.submit(page, { username: 'ana' })
    const again = { tokens: membersOf((await session.browser.submit(name, { username: 'ana', password })).location) }
    expect(sidOf(again)).toBe(sidOf(session))
    await logOut(session)
    expect((await heard(2)).map(({ path }) => path)).toEqual(inOrder(noticeOf(a), noticeOf(b)).map(({ path }) => path))
  })

  it('names the session in ID tokens of codes, refreshed ones too, for these applications only', async () => {
    const session = await signIn(a)
    const tokensFor = async (client: MadePool | undefined) => {
      const { location } = await session.browser.get(`/oauth2/authorize?${authorizeQuery(made(client))}`)
      const code = new URL(location).searchParams.get('code') ?? ''
      const form = { grant_type: 'authorization_code', client_id: made(client).ClientId, code, redirect_uri: callback }
      const { body } = await server.post('token', form)
      const refresh = { grant_type: 'refresh_token', client_id: made(client).ClientId, refresh_token: body.refresh_token }
      return [body.id_token, (await server.post('token', refresh)).body.id_token].map((token) => tokenParts(token).payload['sid'])
    }
    const sid = sidOf(session)
    expect(await tokensFor(b)).toEqual([sid, sid])
    expect(await tokensFor(silent)).toEqual([undefined, undefined])
  })

  it.each(['GlobalSignOut', 'AdminUserGlobalSignOut'] as const)('tells all applications of the pool after %s', async (operation) => {
    const { UserPoolId } = made(a)
    const session = await signIn(silent)
    const AccessToken = membersOf(await goOn(session, silent, { scope: 'aws.cognito.signin.user.admin' }))['access_token'] ?? ''
    await server.harness.ok(operation, operation === 'GlobalSignOut' ? { AccessToken } : { UserPoolId, Username: 'ana' })
    expect(await heard(2)).toEqual(inOrder(noticeOf(a), noticeOf(b)))
  })

  it('never holds a sign-out up', async () => {
    let release = () => {}
    answer = () => new Promise<number>((resolve) => (release = () => resolve(200)))
    const session = await signIn(a)
    expect((await logOut(session)).location).toBe('https://app.example.com/bye')
    expect(await heard(1)).toHaveLength(1)
    release()
  })

  it('sends tokens that are good for nothing else', async () => {
    const session = await signIn(a)
    await logOut(session)
    await heard(1)
    const token = new URLSearchParams(application.received[0]?.body).get('logout_token') ?? ''
    expect(tokenParts(token).header).toEqual({ kid: expect.any(String), alg: 'RS256', typ: 'logout+jwt' })
    expect(tokenParts(token).payload).toEqual({
      iss: `http://localhost:9339/${made(a).UserPoolId}`,
      sub,
      aud: made(a).ClientId,
      iat: expect.any(Number),
      exp: tokenParts(token).payload['iat'] + 120,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      sid: sidOf(session),
    })
    expect((await server.userInfo(token)).status).toBe(401)
    expect((await session.browser.get(`/logout?id_token_hint=${token}`)).location).toContain('/error?error=invalid_request')
  })

  it('is said in the configuration where an application is told', async () => {
    const read = async ({ send }: OAuthServer, { UserPoolId }: MadePool) =>
      (await send(`/${UserPoolId}/.well-known/openid-configuration`, {})).body
    expect(await read(server, made(a))).toMatchObject({ backchannel_logout_supported: true, backchannel_logout_session_supported: true })
    const plain = await startOAuth()
    expect(await read(plain, await makePagePool(plain.harness))).not.toHaveProperty('backchannel_logout_supported')
    await plain.stop()
  })
})

describe('back-channel logout in a pool that tracks sessions', () => {
  let [first, second]: MadePool[] = []
  let user = ''

  beforeAll(async () => {
    first = await makePagePool(server.harness)
    second = await makeClient(server.harness, first.UserPoolId, pageClient)
    const { UserPoolId } = first
    await server.harness.ok('SetUserPoolSessionConfiguration', {
      UserPoolId,
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 20 },
    })
    user = await makeUser(server.harness, UserPoolId, 'ana')
    for (const { ClientId } of [first, second]) told.set(ClientId, `${application.url}/${ClientId}`)
  })

  /** Signs in to both applications with codes; answers the listed sessions. */
  const signInToBoth = async () => {
    const browser = openBrowser(server.url)
    const page = await browser.get(`/login?${authorizeQuery(made(first))}`)
    const back = await browser.submit(await browser.submit(page, { username: 'ana' }), { username: 'ana', password })
    const other = await browser.get(`/oauth2/authorize?${authorizeQuery(made(second))}`)
    const tokens: Record<string, string>[] = []
    for (const [{ location }, client] of [[back, first] as const, [other, second] as const]) {
      const code = new URL(location).searchParams.get('code') ?? ''
      const form = { grant_type: 'authorization_code', client_id: made(client).ClientId, code, redirect_uri: callback }
      tokens.push((await server.post('token', form)).body)
    }
    return tokens
  }

  const listed = async (type: string): Promise<{ SessionId: string; ClientId: string }[]> => {
    const { Sessions } = await server.harness.ok('AdminListUserSessions', { UserPoolId: made(first).UserPoolId, Username: 'ana' })
    return Sessions.filter(({ SessionType }: { SessionType: string }) => SessionType === type)
  }

  const both = (sid: string | undefined) => inOrder(...[first, second].map((client) => ({ ...noticeOf(client, sid), user })))

  it.each(['NONE', 'LINKED'] as const)('tells who took part when the SSO session is revoked: %s', async (RevokeAssociatedSessions) => {
    await signInToBoth()
    const [{ SessionId } = { SessionId: '' }] = await listed('SSO')
    const revocation = { UserPoolId: made(first).UserPoolId, Username: 'ana', SessionId, RevokeAssociatedSessions }
    await server.harness.ok('AdminRevokeUserSession', revocation)
    expect(await heard(2)).toEqual(both(SessionId))
  })

  it('tells all of them when a linked token session takes the login with it, and nobody when it goes alone', async () => {
    const { UserPoolId } = made(first)
    await signInToBoth()
    const [{ SessionId: alone } = { SessionId: '' }] = (await listed('TOKEN')).filter(({ ClientId }) => ClientId === made(first).ClientId)
    await server.harness.ok('AdminRevokeUserSession', { UserPoolId, Username: 'ana', SessionId: alone })
    const [{ SessionId: sid } = { SessionId: '' }] = await listed('SSO')
    const [, { refresh_token = '' } = {}] = await signInToBoth()
    const newest = (await listed('SSO')).find(({ SessionId }) => SessionId !== sid)?.SessionId
    await server.harness.ok('RevokeToken', {
      ClientId: made(second).ClientId,
      Token: refresh_token,
      RevokeAssociatedSessions: 'LINKED',
    })
    expect(await heard(2)).toEqual(both(newest))
  })
})
