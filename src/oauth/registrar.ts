import type { Context } from '../context.ts'
import { allowsOpenRegistration, type RegistrationKind, registrationScope } from '../domain/dynamic-registration.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { openMachineScopes } from '../flows/client-token.ts'
import { openMachineToken } from '../flows/machine-token.ts'
import { bearerOf } from './bearer.ts'
import { OAuthError, type OAuthErrorCode } from './oauth-error.ts'

/** Who registers an app client, and where. */
export interface Registrar {
  /** What is written with it names the app client of the initial access token. */
  readonly ctx: Context
  readonly pool: UserPool
  readonly kind: RegistrationKind
}

/** A refusal with the header that RFC 6750 section 3 wants. */
const refusal = (error: OAuthErrorCode, status: number, description: string): OAuthError =>
  new OAuthError(error, {
    status,
    description,
    headers: { 'www-authenticate': `Bearer error="${error}", error_description="${description}"` },
  })

/** A registration that nobody let in: also what pools without registration, and unknown ones, answer. */
export const badInitialToken = (): OAuthError =>
  refusal('invalid_token', 401, 'The initial access token is missing, malformed, expired or not for this user pool.')

/**
 * How one may register in the pool that a request named, if it did: with an initial access token of a client that holds the scope at this
 * moment, or with none where the pool lets anybody register. A token that is there is never overlooked, and names the pool where nothing else
 * does. guess: an initial access token is one that an app client got for itself; a user's is refused.
 */
export const openRegistrar = async (ctx: Context, pool: UserPool | undefined, authorization: string | undefined): Promise<Registrar> => {
  if (authorization === undefined) {
    if (pool === undefined || !allowsOpenRegistration(pool)) throw badInitialToken()
    return { ctx, pool, kind: 'open' }
  }
  const presented = bearerOf(authorization)
  const caller = typeof presented === 'string' ? undefined : await openMachineToken(ctx, presented.token)
  if (caller === undefined || (pool !== undefined && caller.pool.uid !== pool.uid)) throw badInitialToken()
  const held = await openMachineScopes(ctx, caller)
  if (![caller.scopes, held].every((scopes) => scopes.includes(registrationScope))) {
    throw refusal('insufficient_scope', 403, `The scope ${registrationScope} is needed.`)
  }
  const actor = `client:${caller.client.ClientId}`
  return { ctx: { ...ctx, by: () => ({ ...ctx.by(), actor }) }, pool: caller.pool, kind: 'authenticated' }
}
