import type { Poolhouse } from '../../src/lib.ts'
import type { SeedClient } from '../../src/server/seed-document.ts'
import { password } from './start-app.ts'

/** A user pool with an application of each kind, whose user `ana` has the password of every test user. */
export interface Shop {
  readonly poolId: string
  readonly issuer: string
  readonly callback: string
  readonly bye: string
  /** A page or an app on a device: no secret, authorization codes and the implicit grant. */
  readonly web: string
  /** A web application with a secret, authorization codes only. */
  readonly site: string
  /** A program that acts for itself, with the scope `api/read`. */
  readonly machine: string
  readonly secret: string
}

const [web, site, machine] = ['shopweb', 'shopsite', 'shopmachine']
const secret = 'a+secret_that_the_shop_keeps_to_itself'

const clientsOf = (callback: string, bye: string): SeedClient[] => {
  const pages = {
    AllowedOAuthFlows: ['code'] as const,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthScopes: ['phone', 'email', 'openid', 'profile', 'aws.cognito.signin.user.admin'],
    CallbackURLs: [callback],
    LogoutURLs: [bye],
    SupportedIdentityProviders: ['COGNITO'],
  }
  return [
    {
      id: web,
      name: 'Web',
      settings: { ...pages, AllowedOAuthFlows: ['code', 'implicit'], ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_USER_SRP_AUTH'] },
    },
    { id: site, name: 'Site', secret, settings: { ...pages, AllowedOAuthFlows: ['code'] } },
    {
      id: machine,
      name: 'Machine',
      secret,
      settings: { AllowedOAuthFlows: ['client_credentials'], AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthScopes: ['api/read'] },
    },
  ]
}

/** Makes the shop in a server; its applications are at `origin`, where `path` gets codes and `/bye` is for people who signed out. */
export const openShop = async (
  { url, seed }: Pick<Poolhouse, 'url' | 'seed'>,
  origin = 'http://localhost:3000',
  path = '/callback',
): Promise<Shop> => {
  const [callback, bye] = [`${origin}${path}`, `${origin}/bye`]
  const attributes = { email: 'ana@example.org', email_verified: 'true', name: 'Ana' }
  const [pool] = await seed({
    pools: [
      {
        name: 'shop',
        settings: { AutoVerifiedAttributes: ['email'] },
        resourceServers: [{ Identifier: 'api', Name: 'API', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read' }] }],
        clients: clientsOf(callback, bye),
        users: [{ username: 'ana', password, attributes }],
      },
    ],
  })
  const poolId = pool?.userPoolId ?? ''
  return { poolId, issuer: `${url}/${poolId}`, callback, bye, web, site, machine, secret }
}
