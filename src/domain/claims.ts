import { acrName } from './acr-configuration.ts'
import type { AppClient } from './app-client.ts'
import { readable } from './attributes.ts'
import { authenticationLevel } from './authentication-level.ts'
import { groupConfiguration, type TokenGroup } from './group-configuration.ts'
import { scopedAttributes } from './scopes.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

/** A JSON value of a claim. */
export type ClaimValue = string | number | boolean | null | ClaimValue[] | { [name: string]: ClaimValue }

/** The payload of a token, in the order it is written. */
export type Claims = Record<string, ClaimValue>

/** What both tokens of a sign-in say; times in epoch seconds. */
export interface TokenFacts {
  readonly issuer: string
  readonly pool: UserPool
  readonly client: AppClient
  readonly user: User
  readonly groups: readonly TokenGroup[]
  /** Blank-separated. */
  readonly scope: string
  readonly authTime: number
  readonly issuedAt: number
  readonly expiresAt: number
  readonly jti: string
  readonly originJti?: string | undefined
  readonly eventId: string
  /** The methods that were used, e.g. `['pwd']`. */
  readonly amr: readonly string[]
  /** The name of the level reached, where it is not the one that `amr` amounts to. */
  readonly acr?: string | undefined
}

/** What only ID tokens say. */
export interface IdTokenFacts extends TokenFacts {
  readonly nonce?: string | undefined
  /** OpenID Connect Core 3.1.3.6. */
  readonly atHash?: string | undefined
  /** The login session, for clients that are told when it ends (OpenID Connect Back-Channel Logout 1.0 section 2.1). */
  readonly sid?: string | undefined
}

/** What only access tokens say. */
export interface AccessTokenFacts extends TokenFacts {
  readonly deviceKey?: string | undefined
  /** The resource that the token was asked for (RFC 8707). */
  readonly audience?: string | undefined
  /** Whether the token comes from the OAuth endpoints, which write `version`. guess: access tokens of a sign-in by the API have no `version`. */
  readonly hosted?: boolean | undefined
}

/**
 * Whether the client's tokens show `origin_jti` and `jti`: both stand there for revocation and rotation, so they go with them (developer
 * guide, "Ending user sessions with token revocation", "Refresh token rotation").
 */
export const showsOrigin = (client: AppClient): boolean =>
  client.EnableTokenRevocation || client.RefreshTokenRotation?.Feature === 'ENABLED'

/** The `acr` of a sign-in that proved these methods, by the name that the pool gives to the level. */
export const reachedLevel = ({ AcrConfiguration }: UserPool, amr: readonly string[]): string =>
  acrName(AcrConfiguration, authenticationLevel(amr))

const claim = (name: string, list: readonly string[]): Claims => (list.length === 0 ? {} : { [name]: [...list] })

// guess: tokens of a LITE pool have neither acr nor amr, because step-up, which reads them, needs more than LITE.
const levelClaims = ({ pool, amr, acr }: TokenFacts): Claims =>
  pool.UserPoolTier === 'LITE' ? {} : { acr: acr ?? reachedLevel(pool, amr), amr: [...amr] }

const originClaims = ({ client, originJti }: TokenFacts): Claims =>
  showsOrigin(client) && originJti !== undefined ? { origin_jti: originJti } : {}

const jtiClaims = ({ client, jti }: TokenFacts): Claims => (showsOrigin(client) ? { jti } : {})

const parsedIdentities = (text: string): ClaimValue => {
  try {
    return JSON.parse(text) as ClaimValue
  } catch {
    return text
  }
}

/** An attribute's text as its claim has it: verified flags as booleans, the address as an object; everything else stays text. */
export const attributeClaim = (name: string, value: string): ClaimValue => {
  if (name === 'email_verified' || name === 'phone_number_verified') return value.toLowerCase() === 'true'
  if (name === 'address') return { formatted: value }
  if (name === 'identities') return parsedIdentities(value)
  // guess: the claim updated_at is a number, as in OpenID Connect Core 5.1.
  if (name === 'updated_at' && /^\d+$/.test(value)) return Number(value)
  return value
}

// The claims of attributes that have a place of their own among the others.
const placed: ReadonlySet<string> = new Set(['address', 'email_verified', 'phone_number_verified', 'identities', 'email'])

/**
 * The payload of an ID token in AWS's order (developer guide, "ID token default payload"): only attributes that the client may read
 * and the scopes open, custom ones always as strings.
 */
export const idTokenClaims = (facts: IdTokenFacts): Claims => {
  const { client, pool, user, groups } = facts
  const open = scopedAttributes(facts.scope, readable(client, pool, user.attributes))
  const attributes: Claims = {}
  for (const [name, value] of Object.entries(open)) if (!placed.has(name)) attributes[name] = attributeClaim(name, value)
  const own = (name: string): Claims => (open[name] === undefined ? {} : { [name]: attributeClaim(name, open[name]) })
  const { groupsToOverride: names, iamRolesToOverride: roles, preferredRole } = groupConfiguration(groups)
  return {
    sub: user.id,
    ...own('address'),
    ...claim('cognito:groups', names),
    ...own('email_verified'),
    ...(preferredRole === null ? {} : { 'cognito:preferred_role': preferredRole }),
    iss: facts.issuer,
    ...own('phone_number_verified'),
    'cognito:username': user.username,
    ...attributes,
    ...(facts.nonce === undefined ? {} : { nonce: facts.nonce }),
    ...(facts.atHash === undefined ? {} : { at_hash: facts.atHash }),
    ...(facts.sid === undefined ? {} : { sid: facts.sid }),
    ...originClaims(facts),
    ...claim('cognito:roles', roles),
    aud: client.ClientId,
    ...own('identities'),
    event_id: facts.eventId,
    token_use: 'id',
    auth_time: facts.authTime,
    ...levelClaims(facts),
    exp: facts.expiresAt,
    iat: facts.issuedAt,
    ...jtiClaims(facts),
    ...own('email'),
  }
}

/** The payload of a user's access token in AWS's order (developer guide, "Access token default payload"). */
export const accessTokenClaims = (facts: AccessTokenFacts): Claims => ({
  sub: facts.user.id,
  ...(facts.deviceKey === undefined ? {} : { device_key: facts.deviceKey }),
  ...claim('cognito:groups', groupConfiguration(facts.groups).groupsToOverride),
  iss: facts.issuer,
  ...(facts.hosted ? { version: 2 } : {}),
  client_id: facts.client.ClientId,
  ...(facts.audience === undefined ? {} : { aud: facts.audience }),
  ...originClaims(facts),
  event_id: facts.eventId,
  token_use: 'access',
  scope: facts.scope,
  auth_time: facts.authTime,
  ...levelClaims(facts),
  exp: facts.expiresAt,
  iat: facts.issuedAt,
  ...jtiClaims(facts),
  username: facts.user.username,
})

/** What a token for a machine says; times in epoch seconds. */
export interface ClientTokenFacts extends Pick<TokenFacts, 'issuer' | 'client' | 'scope' | 'issuedAt' | 'expiresAt' | 'jti'> {}

/**
 * The payload of an access token for an app client itself: it is its own subject, and nothing in it is of a user or a refresh token
 * (developer guide, "Machine-to-machine access token payload").
 */
export const clientTokenClaims = ({ issuer, client, scope, issuedAt, expiresAt, jti }: ClientTokenFacts): Claims => ({
  sub: client.ClientId,
  token_use: 'access',
  scope,
  auth_time: issuedAt,
  iss: issuer,
  exp: expiresAt,
  iat: issuedAt,
  version: 2,
  jti,
  client_id: client.ClientId,
})
