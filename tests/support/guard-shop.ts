import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { password } from './start-app.ts'
import { tokenParts } from './token-parts.ts'

const secret = 'SecretOfTheMachine0123456789'
const signInFlows = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] }

const poolOf = (id: string, client: string) => ({
  id,
  name: client,
  resourceServers: [
    {
      Identifier: 'shop',
      Name: 'Shop',
      Scopes: ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
    },
  ],
  groups: [{ GroupName: 'staff' }],
  clients: [
    { id: client, name: 'Web', settings: signInFlows },
    {
      id: `${client}machine`,
      name: 'Machine',
      secret,
      settings: {
        AllowedOAuthFlows: ['client_credentials' as const],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthScopes: ['shop/read', 'shop/write'],
      },
    },
  ],
  users: [{ username: 'ana', password, groups: ['staff'], attributes: { email: 'ana@example.org', name: 'Añá 100%' } }],
})

/** A server with a pool whose tokens open an API, and with another one whose tokens do not. */
export interface GuardShop {
  readonly server: Poolhouse
  readonly issuer: string
  readonly id: string
  /** Of a person's sign-in: has no scope of the shop. */
  readonly access: string
  /** An access token with `shop/read`. */
  readonly read: string
  /** An access token with `shop/write` alone. */
  readonly write: string
  /** What must never open anything, by what is wrong with it. */
  readonly bad: Readonly<Record<string, string>>
  /** The ID token of somebody else of the pool. */
  signIn(username: string): Promise<string>
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const signIn = async (url: string, ClientId: string, USERNAME = 'ana') => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD: password } }),
  })
  const { AuthenticationResult } = (await answer.json()) as { AuthenticationResult: { IdToken: string; AccessToken: string } }
  return AuthenticationResult
}

const machineToken = async (url: string, scope: string): Promise<string> => {
  const answer = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`shopmachine:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

const forgeriesOf = (id: string, publicKey: string): Record<string, string> => {
  const { header, payload } = tokenParts(id)
  const [own = '', claims = '', signature = ''] = id.split('.')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const forged = (head: object, seal: (input: string) => Buffer) => {
    const input = `${part(head)}.${claims}`
    return `${input}.${seal(input).toString('base64url')}`
  }
  const byOwnKey = (input: string) => sign('sha256', Buffer.from(input), privateKey)
  return {
    'no token': 'nonsense',
    'cut off': id.slice(0, -4),
    tampered: `${own}.${part({ ...payload, email: 'boss@example.org' })}.${signature}`,
    'alg none': forged({ alg: 'none', kid: header['kid'] }, () => Buffer.alloc(0)),
    'alg none, signed': forged({ alg: 'none', kid: header['kid'] }, () => Buffer.from(signature, 'base64url')),
    'HS256 with the public key': forged({ alg: 'HS256', kid: header['kid'] }, (input) =>
      createHmac('sha256', publicKey).update(input).digest(),
    ),
    'another key': forged({ alg: 'RS256', kid: header['kid'] }, byOwnKey),
    'a key of its own': forged({ alg: 'RS256', kid: 'mine' }, byOwnKey),
    'two tokens': `${id}, Bearer ${id}`,
  }
}

/** Starts the server and gets every kind of token from it. */
export const startGuardShop = async (): Promise<GuardShop> => {
  const server = await startPoolhouse({ seed: { pools: [poolOf('us-east-1_Shop00001', 'shop'), poolOf('us-east-1_Other0001', 'other')] } })
  const issuer = `${server.url}/us-east-1_Shop00001`
  const foreign = await signIn(server.url, 'other')
  await server.clock.advance(-2 * 3_600_000)
  const late = await signIn(server.url, 'shop')
  await server.clock.advance(2 * 3_600_000)
  const { IdToken: id, AccessToken: access } = await signIn(server.url, 'shop')
  const jwks = await (await fetch(`${issuer}/.well-known/jwks.json`)).text()
  return {
    server,
    issuer,
    id,
    access,
    read: await machineToken(server.url, 'shop/read'),
    write: await machineToken(server.url, 'shop/write'),
    bad: { ...forgeriesOf(id, jwks), 'of a foreign pool': foreign.IdToken, expired: late.IdToken },
    signIn: async (username) => (await signIn(server.url, 'shop', username)).IdToken,
  }
}
