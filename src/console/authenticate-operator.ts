import type { Authenticator } from '../api/principal.ts'
import { CognitoError } from '../errors.ts'
import type { FindOperator } from './operator.ts'

/** Names the region that a call of the console is about, as the scope of a signature does elsewhere. */
export const regionHeader = 'x-poolhouse-region'

/**
 * Proves calls of the console by the operator who is signed in. Throws MissingAuthenticationTokenException for nobody, and
 * AccessDeniedException for a region that the server does not answer for.
 */
export const authenticateOperator =
  (findOperator: FindOperator, regions: { readonly served: readonly string[] | undefined; readonly default: string }): Authenticator =>
  async ({ headers }) => {
    const operator = await findOperator({ headers })
    if (operator === undefined) throw new CognitoError('MissingAuthenticationTokenException', 'Sign in to the console first.')
    const region = headers[regionHeader] ?? regions.default
    // It becomes a part of pool ids and ARNs, so where any will do it must still look like one.
    const isServed = regions.served === undefined ? /^[a-z0-9-]{1,32}$/.test(region) : regions.served.includes(region)
    if (!isServed) throw new CognitoError('AccessDeniedException', `This server does not answer for the region ${region}.`)
    return { actor: operator.actor, policies: operator.policies, region }
  }
