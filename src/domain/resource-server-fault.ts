import type { ResourceServerScopeType } from '../model/types.gen.ts'

/**
 * Why a resource server can't have this identifier: scopes below `aws.cognito` are the service's own.
 * guess: the sentence about a reserved identifier of a resource server is our own.
 */
export const identifierFault = (identifier: string): string | undefined =>
  /^aws\.cognito(?:[./]|$)/i.test(identifier) ? `The identifier ${identifier} is reserved.` : undefined

/**
 * Why a resource server can't have these scopes (InvalidParameterException).
 * guess: the sentence about a scope that a resource server names twice is our own.
 */
export const resourceServerFault = (scopes: readonly ResourceServerScopeType[] | undefined): string | undefined => {
  const names = scopes?.map(({ ScopeName }) => ScopeName) ?? []
  const repeated = names.find((name, place) => names.indexOf(name) !== place)
  return repeated === undefined ? undefined : `The scope ${repeated} is given more than once.`
}
