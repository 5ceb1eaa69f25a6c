import { contextOf } from '../../src/api/context-of.ts'
import type { Context } from '../../src/context.ts'
import { codeChallengeOf } from '../../src/crypto/pkce.ts'
import { type Authorization, issueCode } from '../../src/flows/authorization.ts'
import { openClient } from '../../src/flows/open-client.ts'
import { type Authenticated, beginSignIn } from '../../src/flows/sign-in.ts'
import type { CreateUserPoolClientRequest } from '../../src/model/types.gen.ts'
import { type Harness, testRegion } from './harness.ts'
import { everyFlow, type MadePool } from './make-pool.ts'
import { password } from './make-user.ts'
import { basic, type OAuthAnswer, type OAuthServer } from './oauth-server.ts'

/** The callback of every client here. */
export const callback = 'https://app.example/callback'

/** A PKCE pair. */
export const verifier = 'a-verifier-of-forty-three-characters-or-more'
/** Its challenge. */
export const codeChallenge: string = codeChallengeOf(verifier)

/** A client whose users sign in on pages, with every scope that a pool has by itself. */
export const pageSettings: Partial<CreateUserPoolClientRequest> = {
  ExplicitAuthFlows: everyFlow,
  AllowedOAuthFlows: ['code', 'implicit'],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthScopes: ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'],
  CallbackURLs: [callback],
  SupportedIdentityProviders: ['COGNITO'],
}

/** What a page does for a browser at 192.0.2.7. */
export const pageContext = (harness: Harness): Context =>
  contextOf(harness, {
    requestId: harness.random.uuid(),
    operation: 'login',
    region: testRegion,
    actor: 'anonymous',
    ip: '192.0.2.7',
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/125.0',
    mayChooseIds: false,
  })

/** Somebody who has signed in on a page with a password. */
export const pageSignIn = async (harness: Harness, { ClientId }: Pick<MadePool, 'ClientId'>, username: string): Promise<Authenticated> => {
  const ctx = pageContext(harness)
  const opened = await openClient(ctx, ClientId)
  const result = await beginSignIn(ctx, opened, { kind: 'password', username, password }, { surface: 'hosted' }, undefined)
  if (result.kind !== 'authenticated') throw new Error(`${username} was asked ${result.name}`)
  return result.authenticated
}

/** An authorization as a page makes it. */
export const authorization = (more: Partial<Authorization> = {}): Authorization => ({
  redirectUri: callback,
  redirectUriGiven: true,
  scopes: ['openid', 'aws.cognito.signin.user.admin'],
  ...more,
})

/** A code for a user who has just signed in on a page. */
export const codeFor = async (
  harness: Harness,
  made: Pick<MadePool, 'ClientId'>,
  username: string,
  more: Partial<Authorization> = {},
): Promise<string> => issueCode(pageContext(harness), await pageSignIn(harness, made, username), authorization(more))

/** Redeems a code as its client does; parameters that are undefined are not sent. */
export const redeem = (
  server: OAuthServer,
  made: MadePool,
  code: string | undefined,
  more: Readonly<Record<string, string | undefined>> = {},
): Promise<OAuthAnswer> => {
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback, client_id: made.ClientId, ...more }
  const sent = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return server.post('token', Object.fromEntries(sent), made.ClientSecret ? basic(made) : {})
}

/** `[status, error]` of a refusal, with the description where there is one. */
export const refusal = async (answer: Promise<OAuthAnswer>): Promise<unknown[]> => {
  const { status, body } = await answer
  return [status, body.error, ...(body.error_description === undefined ? [] : [body.error_description])]
}
