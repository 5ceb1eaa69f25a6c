import { parseJwt } from '../../crypto/jwt.ts'
import { codeChallengeOf } from '../../crypto/pkce.ts'
import { Refusal } from '../client/refusal.ts'
import { oauthAdvice } from './advice.ts'
import { type Browser, type BrowserReply, createBrowser } from './browser.ts'
import { fillPage, type PageQuestion } from './fill-page.ts'
import { readPage } from './read-page.ts'
import { askTokenEndpoint } from './token-endpoint.ts'
import type { TokenRequest } from './token-request.ts'
import type { TokenRun } from './token-run.ts'
import { oauthTokens, type Tokens } from './tokens.ts'

const mostSteps = 20

const secretText = ({ random }: Pick<TokenRun, 'random'>): string => Buffer.from(random.bytes(32)).toString('base64url')

/** What a redirect brings the application: in the query, or behind `#`. */
const broughtBy = (url: URL): URLSearchParams => (url.hash.length > 1 ? new URLSearchParams(url.hash.slice(1)) : url.searchParams)

/** The request that the pages are opened for, and what its answer must bring back. */
interface PageRequest {
  readonly request: TokenRequest
  readonly state: string
}

const isAnswer = (url: URL, state: string): boolean => {
  const brought = broughtBy(url)
  return brought.get('state') === state && ['code', 'access_token', 'id_token', 'error'].some((name) => brought.has(name))
}

/** Whether a redirect leads back to the application: to its address, or, where nobody named that, elsewhere with the answer to this request. */
const isCallback = (location: string, { request: { domain, redirectUri }, state }: PageRequest): boolean => {
  const url = new URL(location)
  const { origin, protocol, host, pathname } = url
  if (redirectUri === undefined) return origin !== new URL(domain).origin && isAnswer(url, state)
  // The origin of a scheme of an application's own is no more than "null".
  const callback = new URL(redirectUri)
  return protocol === callback.protocol && host === callback.host && pathname === callback.pathname
}

const advice: Readonly<Record<PageQuestion, string | undefined>> = {
  name: 'Check --user.',
  password: 'Check --user and --password.',
  'new password': 'Choose another --new-password, or check --attribute.',
  'app code': "Check --totp-secret and this machine's clock.",
  'sent code': 'Try again.',
  choice: undefined,
  answer: 'Check --answer.',
}

const usedCode = /used already|already been used/i

/** What the error page's address calls the refusal, or what the page says. */
const refusedByPage = (request: TokenRequest, { url, status, html }: BrowserReply): Refusal => {
  const error = new URL(url).searchParams.get('error')
  const page = readPage(html)
  const said = [page.heading, ...page.faults].filter(Boolean).join(': ')
  const isErrorPage = error !== null && /\/error$/.test(new URL(url).pathname)
  return new Refusal(`${request.domain} refused the request on a page (status ${status}).`, {
    code: error ?? undefined,
    why: isErrorPage ? [error, page.text].filter(Boolean).join(': ') : said,
    advice: isErrorPage ? oauthAdvice(error, request) : 'Check --domain: it must be the address of the hosted pages.',
  })
}

const leadsElsewhere = (from: URL, to: URL): Refusal => {
  const isSameServer = to.hostname === from.hostname && to.protocol !== from.protocol
  return isSameServer
    ? new Refusal(`The server is at ${to.origin}.`, {
        advice: `Name it with --endpoint ${to.origin} (its pages alone: --domain ${to.origin}).`,
      })
    : new Refusal(`The sign-in leads to ${to.origin}, where this command does not follow.`, {
        advice: 'Name the address that the pages lead back to with --redirect-uri, or where the pages are with --domain.',
      })
}

/** Follows redirects of the server until a page, or the way back to the application. */
const follow = async (browser: Browser, asked: PageRequest, reply: BrowserReply): Promise<BrowserReply> => {
  let current = reply
  for (let hop = 0; hop < mostSteps; hop += 1) {
    const { location } = current
    if (location === undefined || isCallback(location, asked)) return current
    const [from, to] = [new URL(current.url), new URL(location)]
    if (to.origin !== from.origin) throw leadsElsewhere(from, to)
    current = await browser.get(location)
  }
  throw new Refusal(`${asked.request.domain} redirects again and again.`)
}

/** Goes through the pages; answers the redirect back to the application. */
const signInOnPages = async (run: TokenRun, browser: Browser, first: BrowserReply, state: string): Promise<URL> => {
  const { request, codes } = run
  const asked = { request, state }
  let reply = await follow(browser, asked, first)
  let last: PageQuestion | undefined
  let answered = 0
  for (let step = 0; step < mostSteps; step += 1) {
    if (reply.location !== undefined) return new URL(reply.location)
    if (reply.status >= 400) throw refusedByPage(request, reply)
    const page = readPage(reply.html)
    const fault = page.faults.join(' ')
    const mayRepeat = last === 'app code' && usedCode.test(fault) && (await codes.nextTotp())
    if (fault !== '' && !mayRepeat) {
      throw new Refusal(`${request.domain} refused the sign-in of ${request.username} on a page.`, {
        why: fault,
        advice: last && advice[last],
      })
    }
    const { action, fields, question } = await fillPage(run, page, answered)
    if (question === 'answer') answered += 1
    last = question
    const target = new URL(action, reply.url)
    if (target.origin !== new URL(reply.url).origin) throw new Refusal(`The page wants its form sent to ${target.origin}.`)
    reply = await follow(browser, asked, await browser.post(target.href, fields))
  }
  throw new Refusal(`The sign-in on the pages has not ended after ${mostSteps} steps.`)
}

/** What came back to the application; throws a Refusal for an error, and for an answer to another request. */
const grantIn = (request: TokenRequest, callback: URL, state: string): URLSearchParams => {
  const brought = broughtBy(callback)
  const error = brought.get('error')
  if (error !== null) {
    const description = brought.get('error_description')
    throw new Refusal(`${request.domain} refused the request and told the application.`, {
      code: error,
      why: description === null ? error : `${error}: ${description}`,
      advice: oauthAdvice(error, request),
    })
  }
  if (brought.get('state') !== state) throw new Refusal('The redirect answers another request: its state is not ours.')
  return brought
}

const requireNonce = (tokens: Tokens, nonce: string): Tokens => {
  const { idToken } = tokens
  if (idToken !== undefined && parseJwt(idToken)?.payload['nonce'] !== nonce) {
    throw new Refusal('The ID token answers another request: its nonce is not ours.')
  }
  return tokens
}

/**
 * Tokens by the hosted pages, as a browser without JavaScript would get them for an application: authorization code with PKCE (RFC 7636) or
 * implicit (RFC 6749 section 4.2). The redirect to the application is read, never followed. Throws a Refusal.
 */
export const byPages = async (run: TokenRun): Promise<Tokens> => {
  const { request, send, codes } = run
  const { grant, domain, clientId, scope, redirectUri } = request
  const [state, nonce, verifier] = [secretText(run), secretText(run), secretText(run)]
  const isCode = grant === 'code'
  const query = new URLSearchParams({
    response_type: isCode ? 'code' : 'token',
    client_id: clientId,
    state,
    nonce,
    ...(redirectUri !== undefined && { redirect_uri: redirectUri }),
    ...(scope !== undefined && { scope }),
    ...(isCode && { code_challenge: codeChallengeOf(verifier), code_challenge_method: 'S256' }),
  })
  await codes.begin()
  const browser = createBrowser(send)
  const callback = await signInOnPages(run, browser, await browser.get(`${domain}/oauth2/authorize?${query}`), state)
  const brought = grantIn(request, callback, state)
  if (!isCode) return requireNonce(oauthTokens(Object.fromEntries(brought)), nonce)
  const parameters = {
    grant_type: 'authorization_code',
    code: brought.get('code') ?? '',
    code_verifier: verifier,
    ...(redirectUri !== undefined && { redirect_uri: redirectUri }),
  }
  return requireNonce(await askTokenEndpoint(run, parameters), nonce)
}
