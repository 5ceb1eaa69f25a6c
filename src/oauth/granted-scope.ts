import type { Policy } from '../context.ts'
import { parseJwt } from '../crypto/jwt.ts'

/**
 * The `scope` member of an answer with this access token of ours (RFC 6749 section 5.1 wants it where it is not what was asked for); the
 * guide shows none, so it is there with `strict-oidc` only.
 */
export const grantedScope = ({ strictOidc }: Pick<Policy, 'strictOidc'>, accessToken: string | undefined): { readonly scope?: string } => {
  const scope = strictOidc && accessToken !== undefined ? parseJwt(accessToken)?.payload['scope'] : undefined
  return typeof scope === 'string' ? { scope } : {}
}
