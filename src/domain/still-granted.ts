import { limitsAttributes } from './scopes.ts'

/**
 * Those of a sign-in's scopes that its app client may still have. Where the last one goes that kept attributes back, `openid` goes too:
 * alone it would open all of them. guess: a scope that an app client has lost is left out of its users' next tokens without an error.
 */
export const stillGranted = (scopes: readonly string[], active: readonly string[]): string[] => {
  const left = scopes.filter((scope) => active.includes(scope))
  const widens = limitsAttributes(scopes) && !limitsAttributes(left)
  return widens ? left.filter((scope) => scope !== 'openid') : left
}
