import type { Clock } from '../clock.ts'
import { parseJwt, verifyRs256 } from '../crypto/jwt.ts'
import { epochSeconds } from '../domain/epoch-seconds.ts'
import type { AuthorizerRules, DenialReason, TokenClaims } from './authorizer-rules.ts'
import { claimsDenial } from './claims-denial.ts'
import { presentedToken } from './presented-token.ts'
import type { PublicKeys } from './public-keys.ts'

/** What became of a token. */
export type Judgement = { readonly claims: TokenClaims } | { readonly denied: DenialReason }

/** Judges what stands in the identity source for a route with these scopes; throws KeysUnreachable when nothing can be judged. */
export type JudgeToken = (value: string | undefined, scopes: readonly string[]) => Promise<Judgement>

/** An authorizer by its rules and the keys of its issuer. */
export const createJudge =
  (rules: AuthorizerRules, keys: PublicKeys, clock: Clock): JudgeToken =>
  async (value, scopes) => {
    const token = presentedToken(value)
    if (token === undefined) return { denied: 'missing' }
    const jwt = parseJwt(token)
    if (jwt === undefined) return { denied: token.split('.').length === 3 ? 'malformed' : 'segments' }
    const { alg, kid } = jwt.header
    if (alg !== 'RS256') return { denied: 'algorithm' }
    // Before a key is looked for: a token of somebody else's must not make this ask its issuer.
    if (jwt.payload['iss'] !== rules.issuer) return { denied: 'issuer' }
    const key = typeof kid === 'string' ? await keys.find(kid) : undefined
    if (key === undefined) return { denied: 'key' }
    if (!verifyRs256(jwt, key)) return { denied: 'signature' }
    const denied = claimsDenial(rules, scopes, jwt.payload, epochSeconds(clock.now()))
    return denied === undefined ? { claims: jwt.payload } : { denied }
  }
