import type { AuthorizerRules, DenialReason, TokenClaims } from './authorizer-rules.ts'

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const listOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string')
  return textOf(value)?.split(' ') ?? []
}

/** REST: an ID token opens routes without scopes, an access token those with (API Gateway guide, "Integrate a REST API with a user pool"). */
const wantedUse = ({ api, tokenUse }: AuthorizerRules, scopes: readonly string[]): 'id' | 'access' | undefined =>
  api === 'HTTP' ? tokenUse : scopes.length === 0 ? 'id' : 'access'

const isOfUse = (claims: TokenClaims, wanted: 'id' | 'access' | undefined): boolean => {
  const use = claims['token_use']
  // Logout tokens are signed with the same keys and name the client as their audience; they have no token_use.
  return wanted === undefined ? use === 'id' || use === 'access' : use === wanted
}

/** `client_id` counts only where there is no `aud` (API Gateway guide, "JWT authorizers"); a REST API takes each from its kind of token. */
const isForAudience = ({ api, audience }: AuthorizerRules, claims: TokenClaims): boolean => {
  if (audience === undefined) return true
  const { aud, client_id: clientId, token_use: use } = claims
  const isByClient = api === 'HTTP' ? aud === undefined : use === 'access'
  const named = isByClient ? clientId : aud
  return (Array.isArray(named) ? named : [named]).some((one) => typeof one === 'string' && audience.includes(one))
}

const timeDenial = ({ leeway }: AuthorizerRules, claims: TokenClaims, now: number): DenialReason | undefined => {
  const { exp, nbf, iat } = claims
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return 'malformed'
  if (exp + leeway <= now) return 'expired'
  for (const from of [nbf, iat]) {
    if (from === undefined) continue
    if (typeof from !== 'number') return 'malformed'
    if (from - leeway > now) return 'early'
  }
  return undefined
}

/** Why the claims of a token with a good signature don't open a route with these scopes (any one is enough); `now` in epoch seconds. */
export const claimsDenial = (
  rules: AuthorizerRules,
  scopes: readonly string[],
  claims: TokenClaims,
  now: number,
): DenialReason | undefined => {
  if (claims['iss'] !== rules.issuer) return 'issuer'
  const late = timeDenial(rules, claims, now)
  if (late !== undefined) return late
  if (!isOfUse(claims, wantedUse(rules, scopes))) return 'use'
  if (!isForAudience(rules, claims)) return 'audience'
  const granted = listOf(claims['scope'] ?? (rules.api === 'HTTP' ? claims['scp'] : undefined))
  return scopes.length === 0 || scopes.some((scope) => granted.includes(scope)) ? undefined : 'scope'
}
