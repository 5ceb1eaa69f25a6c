import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { callback, codeFor, pageSettings, redeem, refusal } from '../support/page-codes.ts'

let server: OAuthServer
let UserPoolId: string

beforeAll(async () => {
  server = await startOAuth()
  ;({ UserPoolId } = await makePool(server.harness))
  await makeUser(server.harness, UserPoolId, 'ana')
})
beforeEach(() => server.harness.clock.reset())
afterAll(() => server.stop())

const newClient = () => makeClient(server.harness, UserPoolId, pageSettings)
const change = ({ ClientId }: MadePool, settings: object) =>
  server.harness.ok('UpdateUserPoolClient', { UserPoolId, ClientId, ...pageSettings, ...settings })

const withoutOAuth = {
  AllowedOAuthFlowsUserPoolClient: false,
  AllowedOAuthFlows: undefined,
  AllowedOAuthScopes: undefined,
  CallbackURLs: undefined,
}

/** What a client loses, and what the token endpoint says then. */
const losses: readonly (readonly [name: string, settings: object, refused: unknown[]])[] = [
  ['the code flow', { AllowedOAuthFlows: ['implicit'] }, [400, 'unauthorized_client']],
  ['the right to take part in OAuth', { AllowedOAuthFlowsUserPoolClient: false }, [400, 'unauthorized_client']],
  ['the users of its pool', { SupportedIdentityProviders: undefined }, [400, 'unauthorized_client']],
  ['everything of OAuth', withoutOAuth, [400, 'unauthorized_client']],
  ['the callback URL', { CallbackURLs: [`${callback}/new`] }, [400, 'unauthorized_client', 'invalid_redirect']],
  ['every scope', { AllowedOAuthScopes: ['phone'] }, [400, 'invalid_grant']],
]

describe('must-not-happen 12: a code', () => {
  it.each(losses)('gives nothing while its client has lost %s', async (_, settings, refused) => {
    const made = await newClient()
    const code = await codeFor(server.harness, made, 'ana')
    await change(made, settings)
    expect(await refusal(redeem(server, made, code))).toEqual(refused)
    await change(made, {})
    expect((await redeem(server, made, code)).status).toBe(200)
  })

  it('gives nothing without redirect_uri either while its callback URL is gone', async () => {
    const made = await newClient()
    const code = await codeFor(server.harness, made, 'ana', { redirectUriGiven: false })
    await change(made, { CallbackURLs: [`${callback}/new`] })
    for (const redirect_uri of [undefined, callback, `${callback}/new`]) {
      expect((await redeem(server, made, code, { redirect_uri })).body).toEqual({
        error: 'unauthorized_client',
        error_description: 'invalid_redirect',
      })
    }
  })

  it('gives nothing once its client is deleted, nor to one that is made again under its id', async () => {
    const again = { ...pageSettings, ClientName: '_custom_id_:PageGone' }
    const made = await makeClient(server.harness, UserPoolId, again)
    const code = await codeFor(server.harness, made, 'ana')
    await server.harness.ok('DeleteUserPoolClient', { UserPoolId, ClientId: made.ClientId })
    expect(await refusal(redeem(server, made, code))).toEqual([400, 'invalid_client'])
    await makeClient(server.harness, UserPoolId, again)
    expect(await refusal(redeem(server, made, code))).toEqual([400, 'invalid_grant'])
  })

  it('gives nothing once its pool is deleted', async () => {
    const made = await makePool(server.harness, {}, pageSettings)
    await makeUser(server.harness, made.UserPoolId, 'ana')
    const code = await codeFor(server.harness, made, 'ana')
    await server.harness.ok('DeleteUserPool', { UserPoolId: made.UserPoolId })
    expect(await refusal(redeem(server, made, code))).toEqual([400, 'invalid_client'])
  })

  it('gives nothing once the login session that it came through was ended', async () => {
    const made = await newClient()
    const [ended, other] = ['ended', 'other'].map((loginSessionId) => codeFor(server.harness, made, 'ana', { loginSessionId }))
    const by = { actor: 'test', requestId: 'r', action: 'Logout', at: server.harness.clock.now() }
    const pool = await server.harness.store.pools.byId(UserPoolId)
    await server.harness.store.revocations.revoke(by, pool?.uid ?? '', 'ended', by.at + 3_600_000)
    expect(await refusal(redeem(server, made, await ended))).toEqual([400, 'invalid_grant'])
    expect((await redeem(server, made, await other)).status).toBe(200)
  })
})
