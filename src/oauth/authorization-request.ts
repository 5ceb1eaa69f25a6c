import type { Context } from '../context.ts'
import { offersGrant } from '../domain/oauth-client.ts'
import { requiresPkce } from '../domain/requires-pkce.ts'
import { resourceFault } from '../domain/resource-fault.ts'
import { shownName } from '../domain/username.ts'
import { readIdTokenHint } from '../flows/id-token-hint.ts'
import { findClient, type OpenClient } from '../flows/open-client.ts'
import type { OpenedDomain } from '../flows/open-host.ts'
import { askedScopes } from './asked-scopes.ts'
import { openIdFault } from './openid-fault.ts'
import type { Parameters } from './parameters.ts'
import { type Answered, answerTo, type ResponseMode } from './redirect-back.ts'
import { type RedirectedErrorCode, type Refuse, RefusedOnPage, RefusedToApplication } from './refusals.ts'
import { answerMode, errorMode, type ResponseType, readResponseType } from './response-type.ts'

/** An application and the proved address to which the browser goes back. */
export interface ProvedClient extends OpenClient, Answered {
  /** Whether the request named it; the token request must then name it too (RFC 6749 section 4.1.3). */
  readonly redirectUriGiven: boolean
  /** Where errors go. */
  readonly mode: ResponseMode
}

/** What an application asks for at the authorization endpoint, checked against its app client. */
export interface AuthorizationRequest extends ProvedClient {
  readonly responseType: ResponseType
  /** Where the grant goes. */
  readonly grantMode: ResponseMode
  readonly scopes: readonly string[]
  readonly nonce: string | undefined
  readonly codeChallenge: string | undefined
  readonly resource: string | undefined
  readonly prompt: ReadonlySet<string>
  /** Seconds. */
  readonly maxAge: number | undefined
  readonly acrValues: string | undefined
  readonly loginHint: string | undefined
  /** Whom alone the application wants to hear of. */
  readonly hintedUserId: string | undefined
}

/** The refusal of a request whose client and address are proved. */
export const refusedToApplication = (
  ctx: Pick<Context, 'policy'>,
  proved: ProvedClient,
  error: RedirectedErrorCode,
  description?: string,
): RefusedToApplication =>
  new RefusedToApplication(error, answerTo(ctx, proved, proved.mode, { error, error_description: description }), proved)

/** The app client that the parameters name, of the pool whose domain the request came to. */
export const openRequestingClient = async (ctx: Context, parameters: Parameters, domain: OpenedDomain | undefined): Promise<OpenClient> => {
  const clientId = parameters.get('client_id')
  if (clientId === undefined) throw new RefusedOnPage('missing_client_id')
  const opened = await findClient(ctx, clientId)
  if (opened === undefined || (domain !== undefined && domain.pool.uid !== opened.pool.uid)) throw new RefusedOnPage('client_mismatch')
  return opened
}

/**
 * The address to go back to: exactly one of those registered, or where the request names none the client's default or its only one (developer
 * guide, "Application-specific settings with app clients"). Throws a refusal that never leads to the application.
 */
export const provedAddress = ({ client }: OpenClient, parameters: Parameters): string => {
  const given = parameters.get('redirect_uri')
  const registered = client.CallbackURLs ?? []
  if (given === undefined) {
    const standard = client.DefaultRedirectURI ?? (registered.length === 1 ? registered[0] : undefined)
    if (standard === undefined || !registered.includes(standard)) throw new RefusedOnPage('missing_redirect_uri')
    return standard
  }
  if (!registered.includes(given)) throw new RefusedOnPage('redirect_mismatch')
  return given
}

/** guess: a response type that AWS does not know is refused like a missing one; `strict-oidc` answers unsupported_response_type. */
const responseTypeOf = (ctx: Pick<Context, 'policy'>, { client }: OpenClient, parameters: Parameters, refuse: Refuse): ResponseType => {
  const words = parameters.get('response_type')
  const type = readResponseType(ctx.policy, words)
  if (type === undefined) throw refuse(ctx.policy.strictOidc && words !== undefined ? 'unsupported_response_type' : 'invalid_request')
  if (!offersGrant(client, type === 'code' ? 'code' : 'implicit')) throw refuse('unauthorized_client')
  return type
}

/** The code challenge; S256 is the only method (RFC 7636 section 4.3). */
const codeChallengeOf = (ctx: Context, { client }: OpenClient, parameters: Parameters, refuse: Refuse): string | undefined => {
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  if (challenge === undefined && method === undefined) {
    if (parameters.get('response_type') === 'code' && requiresPkce(ctx.policy, client)) {
      throw refuse('invalid_request', 'code_challenge is required for this client')
    }
    return undefined
  }
  // guess: a code_challenge that is no SHA-256 digest in base64url is refused with invalid_request.
  if (method !== 'S256' || challenge === undefined || !/^[\w-]{43}$/.test(challenge)) throw refuse('invalid_request')
  return challenge
}

const longestNonce = 2048

/** guess: a nonce of more than 2,048 characters, and a max_age that is no number of seconds, are refused with invalid_request. */
const boundedText = (parameters: Parameters, refuse: Refuse): { nonce: string | undefined; maxAge: number | undefined } => {
  const nonce = parameters.get('nonce')
  if (nonce !== undefined && nonce.length > longestNonce) throw refuse('invalid_request')
  const maxAge = parameters.get('max_age')
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge)) throw refuse('invalid_request')
  return { nonce, maxAge: maxAge === undefined ? undefined : Number(maxAge) }
}

/** `none` goes with nothing else (OpenID Connect Core 3.1.2.1). */
const promptOf = (parameters: Parameters, refuse: Refuse): ReadonlySet<string> => {
  const prompt = new Set(parameters.get('prompt')?.split(' ').filter(Boolean))
  if (prompt.has('none') && prompt.size > 1) throw refuse('invalid_request')
  return prompt
}

const grantModeOf = (ctx: Pick<Context, 'policy'>, parameters: Parameters, refuse: Refuse): ResponseMode => {
  const mode = answerMode(ctx.policy, parameters)
  if (mode === undefined) throw refuse('invalid_request', 'The response_mode is not supported for this response_type.')
  return mode
}

/** What counts with `strict-oidc` alone: the rules of OpenID Connect, and an ID token of the client as a hint of who is meant. */
const openIdMembers = async (
  ctx: Context,
  { pool, client }: OpenClient,
  parameters: Parameters,
  { responseType, scopes, refuse }: { readonly responseType: ResponseType; readonly scopes: readonly string[]; readonly refuse: Refuse },
): Promise<Partial<Pick<AuthorizationRequest, 'hintedUserId' | 'loginHint'>>> => {
  const fault = openIdFault(parameters, responseType, scopes)
  if (fault !== undefined) throw refuse(...fault)
  const token = parameters.get('id_token_hint')
  if (token === undefined) return {}
  const hint = await readIdTokenHint(ctx, token)
  if (hint?.client.uid !== client.uid) throw refuse('invalid_request', 'The id_token_hint is no ID token of the client.')
  const user = await ctx.store.users.byId(pool.uid, hint.sub)
  const loginHint = parameters.get('login_hint') ?? (user && shownName(pool, user))
  return { hintedUserId: hint.sub, loginHint }
}

/** The application of a request and where it gets its answer; throws RefusedOnPage where one of the two is in doubt. */
const proveClient = async (ctx: Context, parameters: Parameters, domain: OpenedDomain | undefined): Promise<ProvedClient> => {
  const opened = await openRequestingClient(ctx, parameters, domain)
  // Core 3.1.2.1 has every request name the address.
  if (ctx.policy.strictOidc && !parameters.has('redirect_uri')) throw new RefusedOnPage('missing_redirect_uri')
  return {
    ...opened,
    redirectUri: provedAddress(opened, parameters),
    redirectUriGiven: parameters.has('redirect_uri'),
    state: parameters.get('state'),
    mode: errorMode(ctx.policy, parameters),
  }
}

/**
 * Throws the refusal of a request of which only these parameters are clear: to the application (RFC 6749 section 4.1.2.1, a parameter that
 * comes twice or is malformed), or on a page where client and address are not proved.
 */
export const refuseUnclear = async (ctx: Context, parameters: Parameters, domain: OpenedDomain | undefined): Promise<never> => {
  throw refusedToApplication(ctx, await proveClient(ctx, parameters, domain), 'invalid_request')
}

/**
 * What an application asks for (developer guide, "The redirect and authorization endpoint"). Throws RefusedOnPage while client and address
 * are not proved, and RefusedToApplication after that.
 */
export const openAuthorizationRequest = async (
  ctx: Context,
  parameters: Parameters,
  domain: OpenedDomain | undefined,
): Promise<AuthorizationRequest> => {
  const proved = await proveClient(ctx, parameters, domain)
  const opened: OpenClient = proved
  const refuse: Refuse = (error, description) => refusedToApplication(ctx, proved, error, description)
  const responseType = responseTypeOf(ctx, opened, parameters, refuse)
  const codeChallenge = codeChallengeOf(ctx, opened, parameters, refuse)
  const resource = parameters.get('resource')
  const fault = resource === undefined ? undefined : resourceFault(resource)
  // guess: a resource that is no URL is refused with invalid_request; RFC 8707 has invalid_target for it.
  if (fault !== undefined) throw refuse('invalid_request', fault)
  const scopes = await askedScopes(ctx, opened, parameters, refuse)
  return {
    ...proved,
    responseType,
    grantMode: grantModeOf(ctx, parameters, refuse),
    codeChallenge,
    scopes,
    ...boundedText(parameters, refuse),
    resource,
    prompt: promptOf(parameters, refuse),
    acrValues: parameters.get('acr_values'),
    loginHint: parameters.get('login_hint'),
    hintedUserId: undefined,
    ...(ctx.policy.strictOidc && (await openIdMembers(ctx, opened, parameters, { responseType, scopes, refuse }))),
  }
}
