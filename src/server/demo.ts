import type { Services } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'
import { isLoopback } from '../domain/is-loopback.ts'
import type { By, Store } from '../storage/store.ts'
import { demoCallbackPath } from './demo-callback.ts'
import type { SeedDocument } from './seed-document.ts'

const demoUser = { username: 'demo', password: 'Demo-Password-1', email: 'demo@example.com' } as const

/** An application that somebody writes on this machine. */
const localApplication = 'http://localhost:3000/'

/** Where codes of the demo's sign-in page go: a page of the server (`openDemo` has its port), an application on this machine, or Postman. */
const demoCallbacks = [
  `http://localhost:9339${demoCallbackPath}`,
  localApplication,
  'https://oauth.pstmn.io/v1/callback',
  'https://oauth.pstmn.io/v1/browser-callback',
]

/** The demo's app client. */
export const demoClientId = '1demo2client3of4poolhouse5'
const demoPoolId = (region: string) => `${region}_PoolHouse`

/** What somebody needs to sign in to the demo pool. */
export interface DemoPool {
  readonly userPoolId: string
  readonly clientId: string
  readonly username: string
  readonly password: string
  /** The path and query of its sign-in page. */
  readonly signInPath: string
}

const record = 'demo'

type DemoServices = Pick<Services, 'store' | 'random' | 'clock'>

/** Notes that the demo is to be made, unless that is noted already. */
export const wantDemo = async (store: Store, by: By): Promise<void> => {
  await store.meta.putIfAbsent(by, record, 'wanted')
}

/** Makes the demo where it is wanted and has not been made to the end before. */
export const makeDemo = async (
  { store, random, clock }: Services,
  region: string,
  seed: (document: SeedDocument) => Promise<unknown>,
): Promise<void> => {
  if ((await store.meta.get(record)) !== 'wanted') return
  await seed(demoSeed(region))
  await store.meta.set({ actor: 'poolhouse', requestId: random.uuid(), action: 'MakeDemo', at: clock.now() }, record, 'made')
}

/** Whether an address is that of the demo's page on a server of this machine, whatever its port. */
const isDemoPage = (address: string): boolean => {
  const url = URL.canParse(address) ? new URL(address) : undefined
  return url !== undefined && url.pathname === demoCallbackPath && isLoopback(url.hostname)
}

/** What a list of addresses is on a server whose page is `own`; that of other ports goes, so that starts don't fill the list. */
const withOwnPage = (urls: readonly string[] | undefined, own: string): string[] => [own, ...(urls ?? []).filter((url) => !isDemoPage(url))]

/** Addresses match letter by letter, so the page of a server on another port than before has to take the place of the earlier one. */
const leadHere = async ({ store, random, clock }: DemoServices, client: AppClient, own: string): Promise<AppClient> => {
  const { CallbackURLs: callbacks = [], LogoutURLs: logouts, DefaultRedirectURI: standard } = client
  // Whoever took the demo's own addresses away wants others.
  const isDemos = callbacks.some((url) => isDemoPage(url) || url === localApplication)
  if (!isDemos || callbacks[0] === own || !isLoopback(new URL(own).hostname)) return client
  const changed = {
    ...client,
    CallbackURLs: withOwnPage(callbacks, own),
    LogoutURLs: withOwnPage(logouts, own),
    DefaultRedirectURI: standard !== undefined && isDemoPage(standard) ? own : standard,
  }
  const by = { actor: 'poolhouse', requestId: random.uuid(), action: 'LeadDemoHere', at: clock.now() }
  return (await store.clients.update(by, changed)) === 'updated' ? changed : client
}

/**
 * The demo pool, if it was made to the end and is still there. Its sign-in ends on the page of this server, on any port: where another server's
 * page stands among the callback URLs of its app client, that of this one takes its place.
 */
export const openDemo = async (services: DemoServices, region: string, publicUrl: string): Promise<DemoPool | undefined> => {
  const { store } = services
  if ((await store.meta.get(record)) === 'wanted') return undefined
  const found = await store.clients.byClientId(demoClientId)
  if (found?.pool.Id !== demoPoolId(region)) return undefined
  const own = publicUrl + demoCallbackPath
  const { CallbackURLs = [], DefaultRedirectURI } = await leadHere(services, found.client, own)
  const callback = CallbackURLs.includes(own) ? own : (DefaultRedirectURI ?? CallbackURLs[0])
  const query = new URLSearchParams({ client_id: demoClientId, response_type: 'code', ...(callback && { redirect_uri: callback }) })
  const { username, password } = demoUser
  return { userPoolId: found.pool.Id, clientId: demoClientId, username, password, signInPath: `/login?${query}` }
}

/** The pool, app client and user that an empty development server begins with. */
export const demoSeed = (region: string): SeedDocument => ({
  pools: [
    {
      id: demoPoolId(region),
      name: 'Demo',
      region,
      settings: { AutoVerifiedAttributes: ['email'] },
      clients: [
        {
          id: demoClientId,
          name: 'Demo app',
          settings: {
            ExplicitAuthFlows: [
              'ALLOW_USER_PASSWORD_AUTH',
              'ALLOW_ADMIN_USER_PASSWORD_AUTH',
              'ALLOW_USER_SRP_AUTH',
              'ALLOW_REFRESH_TOKEN_AUTH',
            ],
            AllowedOAuthFlows: ['code', 'implicit'],
            AllowedOAuthFlowsUserPoolClient: true,
            AllowedOAuthScopes: ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'],
            CallbackURLs: demoCallbacks,
            LogoutURLs: demoCallbacks,
            SupportedIdentityProviders: ['COGNITO'],
          },
        },
      ],
      groups: [{ GroupName: 'readers', Description: 'People who read' }],
      users: [
        {
          username: demoUser.username,
          password: demoUser.password,
          attributes: { email: demoUser.email, email_verified: 'true', name: 'Demo' },
          groups: ['readers'],
        },
      ],
    },
  ],
})
