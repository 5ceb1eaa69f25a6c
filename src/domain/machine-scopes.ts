import type { ResourceServerType } from '../model/types.gen.ts'
import { customScopes } from './scopes.ts'

/**
 * The scopes that an app client may have for itself: custom ones that it is allowed and that their resource server still has (developer
 * guide, "Scopes, M2M, and resource servers").
 */
export const machineScopes = (allowed: readonly string[] | undefined, servers: readonly ResourceServerType[]): string[] => {
  const active = new Set(servers.flatMap(customScopes))
  return [...new Set(allowed)].filter((scope) => active.has(scope))
}

/**
 * Why an app client can't have these scopes; `granted` are the ones that it may have.
 * guess: GetClientToken refuses a scope that the app client may not have with InvalidParameterException, in our own words.
 */
export const machineScopesFault = (requested: readonly string[], granted: readonly string[]): string | undefined => {
  const foreign = requested.find((scope) => !granted.includes(scope))
  if (foreign !== undefined) return `Invalid scope requested: ${foreign}`
  return granted.length === 0 ? 'The app client has no custom scope of a resource server.' : undefined
}
