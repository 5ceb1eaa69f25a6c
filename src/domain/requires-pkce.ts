import type { AppClient } from './app-client.ts'

/** Which app clients the operator wants PKCE of (Policy has both members). */
export interface PkceRule {
  readonly requirePkce: 'off' | 'public' | 'all'
  /** Ids of app clients. */
  readonly requirePkceClients: readonly string[]
}

/**
 * Whether an authorization request of the client needs a code challenge (RFC 7636), which on AWS no client does; RFC 9700 section 2.1.1
 * demands it of public clients. AWS's API has no place for it in an app client, so that it is the operator's to say.
 */
export const requiresPkce = (rule: PkceRule, client: Pick<AppClient, 'ClientId' | 'secrets'>): boolean =>
  rule.requirePkce === 'all' ||
  (rule.requirePkce === 'public' && client.secrets.length === 0) ||
  rule.requirePkceClients.includes(client.ClientId)
