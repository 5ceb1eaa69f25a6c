import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import type { Page } from 'playwright-core'
import { type Poolhouse, type SeedPool, startPoolhouse } from '../../src/lib.ts'
import { sdkClient } from './start-app.ts'
import { tokenParts } from './token-parts.ts'

/** A shop's user pool, with two applications that sign people in on the pages. */
export interface ShopPool {
  readonly poolId: string
  readonly clientId: string
  readonly otherClientId: string
  /** The address of a page, with the parameters of the authorization endpoint. */
  at(path: string, more?: Readonly<Record<string, string>>): string
  /** Waits for the browser at the application, and has that redeem its code; answers the claims of both tokens. */
  arrive(page: Page, clientId?: string): Promise<Claims>
}

/** Of the ID token, and the access token's own. */
type Claims = Readonly<Record<string, unknown>>

/** A server, and the shop's site on another one. */
export interface ShopServer {
  readonly server: Poolhouse
  readonly admin: CognitoIdentityProviderClient
  /** Where the shop's applications are, of another site than the server's pages. */
  readonly origin: string
  addPool(pool?: Partial<SeedPool>, client?: NonNullable<NonNullable<SeedPool['clients']>[number]['settings']>): Promise<ShopPool>
  stop(): Promise<void>
}

const openSite = async () => {
  const site = createServer((request, reply) => {
    reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    reply.end(`<!doctype html><title>Shop</title><p>${request.url?.startsWith('/bye') ? 'Goodbye' : 'Welcome'}`)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  return { site, origin: `http://127.0.0.1:${(site.address() as AddressInfo).port}` }
}

/** Starts both; stop them when done. */
export const openShopServer = async (): Promise<ShopServer> => {
  const [server, { site, origin }] = await Promise.all([startPoolhouse({ inProcess: true }), openSite()])
  const callback = `${origin}/callback`
  const redeem = async (client_id: string, code: string): Promise<Claims> => {
    const form = { grant_type: 'authorization_code', client_id, code, redirect_uri: callback }
    const reply = await fetch(`${server.url}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) })
    const tokens = (await reply.json()) as { id_token: string; access_token: string }
    return { ...tokenParts(tokens.id_token).payload, access: tokenParts(tokens.access_token).payload }
  }
  let pools = 0
  const addPool: ShopServer['addPool'] = async (pool = {}, client = {}) => {
    pools += 1
    const settings = {
      AllowedOAuthFlows: ['code' as const],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
      CallbackURLs: [callback],
      LogoutURLs: [`${origin}/bye`],
      SupportedIdentityProviders: ['COGNITO'],
      ...client,
    }
    const [made] = await server.seed({
      pools: [
        {
          name: `Shop ${pools}`,
          ...pool,
          settings: { AutoVerifiedAttributes: ['email'], ...pool.settings },
          clients: ['web', 'office'].map((name) => ({ name, settings })),
        },
      ],
    })
    const [clientId = '', otherClientId = ''] = made?.clients.map((each) => each.clientId) ?? []
    return {
      poolId: made?.userPoolId ?? '',
      clientId,
      otherClientId,
      at: (path, more = {}) => {
        const request = {
          response_type: 'code',
          client_id: clientId,
          redirect_uri: callback,
          state: 'basket 7',
          scope: 'openid email',
          ...more,
        }
        return `${server.url}/${path}?${new URLSearchParams(request)}`
      },
      arrive: async (page, redeemer = clientId) => {
        await page.waitForURL((url) => url.href.startsWith(callback))
        const answer = new URL(page.url()).searchParams
        if (answer.get('state') !== 'basket 7') throw new Error(`the application got another state: ${page.url()}`)
        return redeem(redeemer, answer.get('code') ?? '')
      },
    }
  }
  return {
    server,
    admin: sdkClient(server.url),
    origin,
    addPool,
    stop: async () => {
      site.close()
      await server.stop()
    },
  }
}
