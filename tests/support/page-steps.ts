import type { MadePool } from './make-pool.ts'
import { password } from './make-user.ts'
import type { OAuthServer } from './oauth-server.ts'
import type { PageBrowser, SeenPage } from './page-browser.ts'
import { fieldsOf } from './page-notes.ts'
import { authorizeQuery, callback } from './page-pool.ts'
import { tokenParts } from './token-parts.ts'

/** What an authorization request has besides the usual. */
type More = Readonly<Record<string, string | undefined>>

/** The sign-in page of a pool's application. */
export const openSignIn = (browser: PageBrowser, made: MadePool, more: More = {}): Promise<SeenPage> =>
  browser.get(`/login?${authorizeQuery(made, more)}`)

/** The values among which a page lets people choose. */
export const choicesOf = ({ html }: SeenPage): string[] =>
  [...html.matchAll(/<button class="choice" type="submit" name="answer" value="([^"]*)"/g)].map(([, value = '']) => value)

/** Types the name and goes on to the choice of a way, or to the password. */
export const typeName = async (browser: PageBrowser, made: MadePool, username: string, more: More = {}): Promise<SeenPage> =>
  browser.submit(await openSignIn(browser, made, more), { username })

/** Signs in as far as name and password lead: to a challenge, or back to the application. */
export const typePassword = async (
  browser: PageBrowser,
  made: MadePool,
  username: string,
  typed: string = password,
  more: More = {},
): Promise<SeenPage> => {
  const first = await openSignIn(browser, made, more)
  if ('password' in fieldsOf(first)) return browser.submit(first, { username, password: typed })
  const second = await browser.submit(first, { username })
  const asked = choicesOf(second).includes('PASSWORD') ? await browser.submit(second, { answer: 'PASSWORD' }) : second
  return browser.submit(asked, { password: typed })
}

/** Whether the browser goes back to the application with a code. */
export const isGranted = ({ location }: SeenPage): boolean => location.startsWith(callback) && new URL(location).searchParams.has('code')

/** The tokens for the code with which the browser goes back; fails where it does not. */
export const tokensFor = async (server: OAuthServer, made: MadePool, page: SeenPage) => {
  if (!isGranted(page)) throw new Error(`${page.status} "${page.heading}" ${page.location}: ${page.faults.join(' ')}`)
  const code = new URL(page.location).searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback, client_id: made.ClientId }
  const { status, body } = await server.post('token', form)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body as { id_token: string; access_token: string; refresh_token: string }
}

/** The claims of the access token for the code with which the browser goes back. */
export const claimsFor = async (server: OAuthServer, made: MadePool, page: SeenPage) =>
  tokenParts((await tokensFor(server, made, page)).access_token).payload
