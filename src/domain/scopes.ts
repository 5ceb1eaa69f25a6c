import type { ResourceServerType } from '../model/types.gen.ts'

/** The scope that lets an access token act on its own user through the API. */
export const userAdminScope = 'aws.cognito.signin.user.admin'

/** The scopes that every pool has. */
export const standardScopes: readonly string[] = ['openid', 'email', 'phone', 'profile', userAdminScope]

/**
 * What opens the address alone (OpenID Connect Core 5.4). AWS does not have it: with `strict-oidc` whoever may ask for `openid`, which by
 * itself opens more, may ask for it.
 */
export const addressScope = 'address'

/** The scopes of a resource server as clients write them: `<identifier>/<scope>`. */
export const customScopes = (server: ResourceServerType): string[] =>
  (server.Scopes ?? []).map(({ ScopeName }) => `${server.Identifier ?? ''}/${ScopeName}`)

// ResourceServerIdentifierType of the API's model, then a slash and the scope's own name, which has none.
const customScope = /^([\x21\x23-\x5B\x5D-\x7E]{1,256})\/[^/]+$/

/** The identifiers of the resource servers that the scopes would belong to, each once; none for what can't be a scope. */
export const namedServers = (scopes: readonly string[]): string[] => [
  ...new Set(scopes.flatMap((scope) => customScope.exec(scope)?.[1] ?? [])),
]

/** The scopes that there are in a pool with these resource servers. */
export const existingScopes = (servers: readonly ResourceServerType[]): ReadonlySet<string> =>
  new Set([...standardScopes, ...servers.flatMap(customScopes)])

/** The ScopeDoesNotExistException sentence for the first scope that neither the pool nor a resource server knows. */
export const scopesFault = (
  requested: readonly string[] | undefined,
  resourceServers: readonly ResourceServerType[],
): string | undefined => {
  const known = existingScopes(resourceServers)
  const unknown = requested?.find((scope) => !known.has(scope))
  return unknown === undefined ? undefined : `Invalid scope requested: ${unknown}`
}

/** The attributes that a scope stands for by itself (OpenID Connect Core 5.4). */
export const contactScopes: Readonly<Record<string, readonly string[]>> = {
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
}
const contactAttributes = Object.values(contactScopes).flat()
const opened: Readonly<Record<string, readonly string[]>> = { ...contactScopes, [addressScope]: ['address'] }

const isLimiting = (name: string) => name === 'profile' || Object.hasOwn(opened, name)

/** Whether the scopes open some of a user's attributes only; without one of these scopes all are open. */
export const limitsAttributes = (scopes: readonly string[]): boolean => scopes.some(isLimiting)

/**
 * Those of a user's attributes that the scopes (blank-separated) open to the ID token and userInfo: all of them unless `email`, `phone`,
 * `profile` or `address` narrows it down (developer guide, "OpenID Connect (OIDC) scopes"). guess: the scope profile opens every attribute but
 * e-mail address and phone number.
 */
export const scopedAttributes = (scope: string, attributes: Readonly<Record<string, string>>): Record<string, string> => {
  const narrowing = scope.split(' ').filter(isLimiting)
  if (narrowing.length === 0) return { ...attributes }
  const open = (attribute: string) =>
    attribute === 'identities' ||
    narrowing.some((name) => (name === 'profile' ? !contactAttributes.includes(attribute) : opened[name]?.includes(attribute)))
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => open(name)))
}
