import type { Services } from '../../src/context.ts'
import type { OpenedServices } from '../../src/open-services.ts'
import { trustedProxies } from '../../src/server/client-address.ts'
import { createHttpApp } from '../../src/server/http-app.ts'
import { listen } from '../../src/server/listen.ts'
import type { OAuthSettings } from '../../src/server/oauth-listener.ts'
import type { TriggerHandler } from '../../src/triggers/function-target.ts'
import { createHarness, type Harness, testRegion } from './harness.ts'
import type { MadePool } from './make-pool.ts'

/** What an endpoint answered; the body is undefined where it was empty. */
export interface OAuthAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every endpoint
  readonly body: any
  readonly headers: Headers
}

/** The whole program with its public listener. */
export interface OAuthServer {
  readonly harness: Harness
  readonly url: string
  send(path: string, init: RequestInit): Promise<OAuthAnswer>
  /** A form to an endpoint, e.g. `token`; `headers` besides the content type. */
  post(endpoint: string, form: Readonly<Record<string, string>> | string, headers?: Readonly<Record<string, string>>): Promise<OAuthAnswer>
  userInfo(accessToken: string): Promise<OAuthAnswer>
  stop(): Promise<void>
}

/** `client_secret_basic`. */
export const basic = ({ ClientId, ClientSecret }: Pick<MadePool, 'ClientId' | 'ClientSecret'>) => ({
  authorization: `Basic ${Buffer.from(`${ClientId}:${ClientSecret}`).toString('base64')}`,
})

/** How a server differs from the usual one. */
export interface OAuthServerOptions {
  readonly rates?: OAuthSettings['rates']
  /** The program that the endpoints see in place of the real one. */
  readonly through?: (harness: Harness) => Services
}

/** Starts a server in this process; stop it when done. */
export const startOAuth = async (
  policy: Partial<OpenedServices['policy']> = {},
  triggers: Readonly<Record<string, TriggerHandler>> = {},
  { rates, through = (harness: Harness): Services => harness }: OAuthServerOptions = {},
): Promise<OAuthServer> => {
  const harness = await createHarness(policy, triggers)
  const dispatch = () => Promise.reject(new Error('no test of OAuth endpoints calls the API here'))
  const handle = createHttpApp({
    services: through(harness),
    dispatch,
    allowedHosts: undefined,
    trustedProxies: trustedProxies([]),
    oauth: { defaultRegion: testRegion, rates },
  })
  const listener = await listen({ handle, host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${listener.port}`
  const send: OAuthServer['send'] = async (path, init) => {
    const response = await fetch(`${url}${path}`, init)
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
  }
  return {
    harness,
    url,
    send,
    post: (endpoint, form, headers = {}) =>
      send(`/oauth2/${endpoint}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
      }),
    userInfo: (accessToken) => send('/oauth2/userInfo', { headers: { authorization: `Bearer ${accessToken}` } }),
    stop: async () => {
      await listener.stop(0)
      await harness.close()
    },
  }
}

/** A client that gets tokens for itself, in a pool with the scopes api/read, api/write and api/admin. */
export const machineSettings = {
  GenerateSecret: true,
  AllowedOAuthFlows: ['client_credentials' as const],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthScopes: ['api/read', 'api/write'],
}

/** Makes the resource server `api` in a pool. */
export const makeApi = ({ ok }: Harness, UserPoolId: string): Promise<unknown> =>
  ok('CreateResourceServer', {
    UserPoolId,
    Identifier: 'api',
    Name: 'API',
    Scopes: ['read', 'write', 'admin'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
  })
