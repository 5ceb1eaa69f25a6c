import { totpCode } from './totp-code.ts'

/** A request as a browser makes it. */
export interface VisitorRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the console answered. */
export interface VisitorReply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every endpoint
  readonly body: any
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** How a visitor's requests get to the console. */
export type Send = (request: VisitorRequest) => Promise<VisitorReply>

/** A browser with a cookie of its own, on the console's own page. */
export interface Visitor {
  /** The cookie that it sends, name and value; writable, so that tests can steal and give back. */
  cookie: string | undefined
  /** The other half of the session, which the page keeps. */
  pageKey: string | undefined
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<VisitorReply>
  post(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<VisitorReply>
  /** A call of the API. */
  call(operation: string, input: object): Promise<VisitorReply>
  /** Sets an account up by its link; answers the authenticator's secret. */
  setUp(link: string, password: string, at: number): Promise<string>
}

/** Takes all that makes a session over to another browser. */
export const steal = ({ cookie, pageKey }: Visitor, thief: Visitor): Visitor => Object.assign(thief, { cookie, pageKey })

/** A visitor at `host`, which is where its page comes from too. */
export const createVisitor = (send: Send, host: string, scheme: 'http' | 'https' = 'http'): Visitor => {
  const visitor: Visitor = {
    cookie: undefined,
    pageKey: undefined,
    get: (path, headers = {}) => exchange('GET', path, '', { 'sec-fetch-site': 'same-origin', ...headers }),
    post: (path, body, headers = {}) =>
      exchange('POST', path, JSON.stringify(body), {
        'content-type': 'application/json',
        origin: `${scheme}://${host}`,
        'sec-fetch-site': 'same-origin',
        ...headers,
      }),
    call: (operation, input) =>
      visitor.post('/api', input, {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      }),
    setUp: async (link, password, at) => {
      const token = new URL(link).hash.slice(1)
      const begun = await visitor.post('/set-up/begin', { token })
      const { secret, sealed } = begun.body as { secret: string; sealed: string }
      const done = await visitor.post('/set-up', { token, sealed, password, code: totpCode(secret, at) })
      if (done.status !== 200) throw new Error(`setting up answered ${done.status} ${JSON.stringify(done.body)}`)
      return secret
    },
  }
  const exchange = async (method: string, path: string, body: string, headers: Readonly<Record<string, string>>) => {
    const cookie: Record<string, string> = visitor.cookie === undefined ? {} : { cookie: visitor.cookie }
    const own = { host, 'x-poolhouse-console': visitor.pageKey ?? '1' }
    const reply = await send({ method, path: `/console${path}`, body, headers: { ...own, ...cookie, ...headers } })
    const set = reply.headers['set-cookie']
    if (set !== undefined) visitor.cookie = set.includes('Max-Age=0') ? undefined : set.split(';')[0]
    const { pageKey } = (reply.body ?? {}) as { pageKey?: string }
    if (pageKey !== undefined) visitor.pageKey = pageKey
    return reply
  }
  return visitor
}
