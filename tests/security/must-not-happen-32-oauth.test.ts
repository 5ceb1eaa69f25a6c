import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { basic, machineSettings, makeApi, type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { tokenParts } from '../support/token-parts.ts'

let server: OAuthServer
let machine: MadePool

beforeAll(async () => {
  server = await startOAuth()
  const { UserPoolId } = await makePool(server.harness)
  await makeApi(server.harness, UserPoolId)
  machine = await makeClient(server.harness, UserPoolId, machineSettings)
})
afterAll(() => server.stop())

/** The scopes of the token, or the error. */
const ask = async (scope: string | undefined, made = machine): Promise<string[] | string> => {
  const form: Record<string, string> = { grant_type: 'client_credentials', ...(scope !== undefined && { scope }) }
  const { body } = await server.post('token', form, basic(made))
  return body.error ?? tokenParts(body.access_token).payload['scope'].split(' ')
}

describe('must-not-happen 32: the token endpoint never gives a client more scopes than were asked for, allowed and exist:', () => {
  it('what is asked for, of what is allowed', async () => {
    expect(await ask('api/read')).toEqual(['api/read'])
    expect(await ask(' api/write  api/read api/write ')).toEqual(['api/write', 'api/read'])
    for (const all of [undefined, '', ' ']) expect(await ask(all)).toEqual(['api/read', 'api/write'])
  })

  it.each([
    ['api/admin', 'invalid_grant'],
    ['openid', 'invalid_grant'],
    ['aws.cognito.signin.user.admin', 'invalid_grant'],
    ['api/nothing', 'invalid_scope'],
    ['nothing/read', 'invalid_scope'],
    ['API/READ', 'invalid_scope'],
    ['api/*', 'invalid_scope'],
    ['api/read\u00a0api/admin', 'invalid_scope'],
    ['api/read\tapi/admin', 'invalid_scope'],
    ['"', 'invalid_scope'],
    ['\u0000', 'invalid_scope'],
  ])('%j is refused, alone or beside a good one', async (foreign, error) => {
    expect(await ask(foreign)).toBe(error)
    expect(await ask(`api/read ${foreign}`)).toBe(error)
  })

  it('a scope that was taken from its resource server is gone from the next token on', async () => {
    const { UserPoolId } = machine
    const Scopes = ['a', 'b'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }))
    await server.harness.ok('CreateResourceServer', { UserPoolId, Identifier: 'fleeting', Name: 'f', Scopes })
    const made = await makeClient(server.harness, UserPoolId, { ...machineSettings, AllowedOAuthScopes: ['fleeting/a', 'fleeting/b'] })
    await server.harness.ok('UpdateResourceServer', { UserPoolId, Identifier: 'fleeting', Name: 'f', Scopes: Scopes.slice(1) })
    expect(await ask(undefined, made)).toEqual(['fleeting/b'])
    expect(await ask('fleeting/a', made)).toBe('invalid_scope')
    await server.harness.ok('DeleteResourceServer', { UserPoolId, Identifier: 'fleeting' })
    for (const scope of [undefined, 'fleeting/b']) expect(await ask(scope, made)).toBe('invalid_scope')
  })
})
