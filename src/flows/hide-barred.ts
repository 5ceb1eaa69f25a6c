import { type StatusRefusal, statusRefusal, tellsStatusFirst } from '../domain/challenge.ts'
import type { OpenClient } from './open-client.ts'
import { type Candidate, requireSignInStatus } from './prove-password.ts'

/**
 * The attempt as somebody goes on with it whose state forbids signing in, before anything was proved: on a client that hides existence as a
 * name that nobody has, on any other not at all. Throws what the state says, unless it is `tolerated`.
 */
export const hideBarred = <A extends OpenClient & { readonly candidate: Candidate }>(
  attempt: A,
  tolerated: readonly StatusRefusal[] = [],
): A => {
  const { candidate, client } = attempt
  const reason = candidate.user && statusRefusal(candidate.user)
  if (candidate.user === undefined || reason === undefined || tolerated.includes(reason)) return attempt
  if (tellsStatusFirst(client)) requireSignInStatus(attempt, candidate.user)
  return { ...attempt, candidate: { ...candidate, user: undefined } }
}
