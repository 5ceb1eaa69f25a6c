import {
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  clientCredentialsGrant,
  discovery,
  dynamicClientRegistration,
  ResponseBodyError,
  tokenIntrospection,
} from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, start } from '../../src/app.ts'
import { readConfig } from '../../src/server/config.ts'
import { silentLog } from '../../src/server/log.ts'
import { type App, setUpApp } from '../support/start-app.ts'

const options = { execute: [allowInsecureRequests] }

let server: RunningServer
let app: App
let issuer: URL
let registrar: Configuration

beforeAll(async () => {
  const config = await readConfig('dev', {
    flags: { port: '0', 'data-dir': ':memory:', empty: true, introspection: true },
    env: {},
    readMasterKeyFile: async () => ({ fault: 'no file is named' }),
  })
  const onFatal = (error: unknown) => {
    throw error
  }
  server = await start(config, { log: silentLog, onFatal, inProcess: true })
  app = await setUpApp(server.url, { pool: { DcrConfiguration: { OpenDcrEnabled: true, AllowedScopes: ['shop/read'] } } })
  issuer = new URL(`${server.url}/${app.poolId}`)
  const Scopes = [{ ScopeName: 'read', ScopeDescription: 'Read' }]
  await app.admin.send(new CreateResourceServerCommand({ UserPoolId: app.poolId, Identifier: 'shop', Name: 'Shop', Scopes }))
  const { UserPoolClient } = await app.admin.send(
    new CreateUserPoolClientCommand({
      UserPoolId: app.poolId,
      ClientName: 'registrar',
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['aws.cognito/dcr/register'],
    }),
  )
  const { ClientId = '', ClientSecret = '' } = UserPoolClient ?? {}
  registrar = await discovery(issuer, ClientId, ClientSecret, ClientSecretBasic(ClientSecret), options)
})
afterAll(() => server.stop())

const initialAccessToken = async () => (await clientCredentialsGrant(registrar)).access_token

describe('openid-client', () => {
  it('registers an application in a pool that is open', async () => {
    const metadata = { client_name: 'Shop', redirect_uris: ['https://shop.example/cb'], token_endpoint_auth_method: 'none' }
    const registered = (await dynamicClientRegistration(issuer, metadata, undefined, options)).clientMetadata()
    expect(registered).toMatchObject({ ...metadata, grant_types: ['authorization_code', 'refresh_token'] })
    expect(registered).not.toHaveProperty('client_secret')
    const shown = await app.admin.send(new DescribeUserPoolClientCommand({ UserPoolId: app.poolId, ClientId: registered.client_id }))
    expect(shown.UserPoolClient).toMatchObject({ ClientName: 'Shop', ClientType: 'DCR', CallbackURLs: ['https://shop.example/cb'] })
  })

  it('registers a machine with an initial access token, gets tokens with it, and asks whether they are good', async () => {
    const machine = await dynamicClientRegistration(
      issuer,
      { grant_types: ['client_credentials'], token_endpoint_auth_method: 'client_secret_post' },
      undefined,
      { ...options, initialAccessToken: await initialAccessToken() },
    )
    const { client_id, client_secret } = machine.clientMetadata()
    const configured = await discovery(issuer, client_id, String(client_secret), ClientSecretPost(String(client_secret)), options)
    const { access_token } = await clientCredentialsGrant(configured)
    expect(await tokenIntrospection(configured, access_token)).toMatchObject({ active: true, scope: 'shop/read', client_id })
    expect(await tokenIntrospection(configured, `${access_token.slice(0, -4)}AAAA`)).toEqual({ active: false })
  })

  it('is told why a registration is refused', async () => {
    const register = (metadata: object, more: object = {}) =>
      dynamicClientRegistration(issuer, metadata, undefined, { ...options, ...more }).catch((error: unknown) => error)
    const refused = await register({ redirect_uris: ['https://shop.example@evil.example/'] })
    expect(refused).toBeInstanceOf(ResponseBodyError)
    expect(refused).toMatchObject({ status: 400, error: 'invalid_redirect_uri' })
    expect(await register({ redirect_uris: ['https://shop.example'] }, { initialAccessToken: 'x' })).toMatchObject({
      cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }],
    })
    const closed = { EnableStatus: 'Disabled', OpenDcrEnabled: true } as const
    await app.admin.send(new UpdateUserPoolCommand({ UserPoolId: app.poolId, DcrConfiguration: closed }))
    expect(await register({ redirect_uris: ['https://shop.example'] })).toMatchObject({ code: 'OAUTH_MISSING_SERVER_METADATA' })
  })
})
