import type { Context } from '../context.ts'
import { epochSeconds } from '../domain/epoch-seconds.ts'
import { issuerOf } from '../domain/issuer.ts'
import { CognitoError } from '../errors.ts'
import { openAccessToken } from '../flows/access-token.ts'
import { openMachineToken } from '../flows/machine-token.ts'
import type { OpenClient } from '../flows/open-client.ts'
import { requireUsableGrant } from '../flows/refresh.ts'
import { readRefreshToken } from '../flows/refresh-grant.ts'
import { authenticateClient, unauthorized } from './client-authentication.ts'
import type { Endpoint } from './endpoint.ts'
import { readForm } from './form.ts'
import { invalidRequest, tooManyRequests } from './oauth-error.ts'

type Members = Readonly<Record<string, unknown>>

const refusal = () => unauthorized('oauth2/introspect')

/** What is wrong with a token is nobody's business here; faults of the server stay what they are. */
const refusedAsNone = (error: unknown): undefined => {
  if (error instanceof CognitoError) return undefined
  throw error
}

const ofAccessToken = (claims: Members, username: string | undefined): Members => {
  const { scope, client_id, exp, iat, sub, aud, iss, jti } = claims
  return { scope, client_id, username, token_type: 'Bearer', exp, iat, sub, aud, iss, jti }
}

const machineMembers = async (ctx: Context, { pool }: OpenClient, token: string): Promise<Members | undefined> => {
  const found = await openMachineToken(ctx, token)
  return found?.pool.uid === pool.uid ? ofAccessToken(found.claims, undefined) : undefined
}

/** By the checks of userInfo and of the API, except that it is not the user who asks. */
const userMembers = async (ctx: Context, { pool }: OpenClient, token: string): Promise<Members | undefined> => {
  const notCounted = { ...ctx, call: { ...ctx.call, takeUserRate: undefined } }
  const found = await openAccessToken(notCounted, token, 'any scope').catch(refusedAsNone)
  return found?.pool.uid === pool.uid ? ofAccessToken(found.claims, found.user.username) : undefined
}

/** A refresh token is good for its own app client alone, so that nobody else is told of it; its type says that it opens nothing by itself. */
const refreshMembers = async (ctx: Context, opened: OpenClient, token: string): Promise<Members | undefined> => {
  const grant = await readRefreshToken(ctx, opened, token)
  if (grant === undefined) return undefined
  const user = await requireUsableGrant(ctx, opened, grant).catch(refusedAsNone)
  if (user === undefined) return undefined
  return {
    scope: grant.scopes.join(' '),
    client_id: opened.client.ClientId,
    username: user.username,
    token_type: 'refresh_token',
    exp: epochSeconds(grant.expiresAt),
    sub: user.id,
    iss: issuerOf(ctx.policy, opened.pool),
  }
}

/**
 * The introspection endpoint (RFC 7662), which AWS does not have: tells an app client with a secret whether a token of its pool is good at
 * this moment. Everything else, tokens of other pools and ID tokens too, is inactive and nothing more.
 */
export const introspect: Endpoint = async (ctx, request, takeRate) => {
  const form = readForm(request)
  const opened = await authenticateClient(ctx, request, form, refusal)
  if (opened.client.secrets.length === 0) throw refusal()
  const wait = takeRate('UserToken', opened.pool.region)
  if (wait !== undefined) throw tooManyRequests(wait)
  const token = form.get('token')
  if (token === undefined) throw invalidRequest('token is missing.')
  const members =
    (await machineMembers(ctx, opened, token)) ?? (await userMembers(ctx, opened, token)) ?? (await refreshMembers(ctx, opened, token))
  return members === undefined ? { active: false } : { active: true, ...members }
}
