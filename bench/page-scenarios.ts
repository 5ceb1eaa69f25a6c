import type { Reply } from './connections.ts'
import { machineClient, pageClient, password, userName } from './pool.ts'
import { request } from './requests.ts'

const query = new URLSearchParams({
  response_type: 'code',
  client_id: pageClient.id,
  redirect_uri: pageClient.callback,
  scope: 'openid email',
  state: 'a-state',
})
const formToken = '00000000-0000-4000-8000-000000000000'

const formRequest = (line: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Uint8Array =>
  request(line, { 'content-type': 'application/x-www-form-urlencoded', ...headers }, new URLSearchParams(form).toString())

/** The sign-in page. */
export const loginPage = (): Uint8Array => request(`GET /login?${query}`, {}, '')

/** A sign-in on the page. */
export const pageSignIn = (index: number): Uint8Array =>
  formRequest(`POST /login?${query}`, { _csrf: formToken, username: userName(index), password }, { cookie: `XSRF-TOKEN=${formToken}` })

/** The session cookie in the reply to it. */
export const cookieIn = (reply: Reply): string => {
  const [, cookie] = /\r\nset-cookie: (cognito\.[^;]*)/i.exec(reply.head) ?? []
  if (cookie === undefined) throw new Error(`A sign-in on the page was answered with ${reply.status}: ${reply.body}`)
  return cookie
}

/** The first half of a code grant of somebody who is signed in: the authorization endpoint. */
export const authorizeRequest = (cookie: string): Uint8Array => request(`GET /oauth2/authorize?${query}`, { cookie }, '')

/** The second half: the code for tokens. */
export const codeRequest = (reply: Reply): Uint8Array => {
  const [, code] = /\r\nlocation: [^\r]*[?&]code=([\w-]+)/i.exec(reply.head) ?? []
  if (code === undefined) throw new Error(`The authorization endpoint answered ${reply.status}: ${reply.head}`)
  return formRequest('POST /oauth2/token', {
    grant_type: 'authorization_code',
    client_id: pageClient.id,
    redirect_uri: pageClient.callback,
    code,
  })
}

/** A machine's own token. */
export const machineRequest = (): Uint8Array =>
  formRequest('POST /oauth2/token', {
    grant_type: 'client_credentials',
    client_id: machineClient.id,
    client_secret: machineClient.secret,
    scope: machineClient.scope,
  })

/** The access token in the reply of the token endpoint. */
export const accessTokenIn = (reply: Reply): string => {
  if (reply.status !== 200) throw new Error(`The token endpoint answered ${reply.status}: ${reply.body}`)
  return JSON.parse(reply.body).access_token
}

/** What the user info of an access token's user is asked for with. */
export const userInfoRequest = (accessToken: string): Uint8Array =>
  request('GET /oauth2/userInfo', { authorization: `Bearer ${accessToken}` }, '')
