import type { Context } from '../context.ts'
import { issuerOf } from '../domain/issuer.ts'
import type { UserPool } from '../domain/user-pool.ts'

/** Where an application wants its answer: at the end of the address, or behind a `#` that servers don't see. */
export type ResponseMode = 'query' | 'fragment'

/** The registered address with the members of an answer; those that are undefined are left out. */
export const redirectBack = (uri: string, mode: ResponseMode, members: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(members).filter((entry): entry is [string, string] => entry[1] !== undefined)
  if (given.length === 0) return uri
  const text = new URLSearchParams(given).toString()
  if (mode === 'fragment') return `${uri}#${text}`
  const separator = uri.endsWith('?') || uri.endsWith('&') ? '' : uri.includes('?') ? '&' : '?'
  return uri + separator + text
}

/** An application that is answered: the pool of its client, and what its request proved and wants back. */
export interface Answered {
  readonly pool: UserPool
  readonly redirectUri: string
  readonly state: string | undefined
}

/** The same with what every answer to an authorization request has: its `state`, and `iss` where the operator wants that (RFC 9207). */
export const answerTo = (
  { policy }: Pick<Context, 'policy'>,
  { pool, redirectUri, state }: Answered,
  mode: ResponseMode,
  members: Readonly<Record<string, string | undefined>>,
): string => redirectBack(redirectUri, mode, { ...members, iss: policy.responseIss ? issuerOf(policy, pool) : undefined, state })
