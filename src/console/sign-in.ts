import { amendOperator } from './amend-operator.ts'
import { answered, answeredSession, type EndpointCall, type EndpointReply, refused, textOf, waitFirst } from './endpoint.ts'
import type { OperatorServices } from './operator-services.ts'
import { claimOf, endSession, openSession, operatorActor } from './operator-sessions.ts'
import type { ProveOperator } from './prove-operator.ts'
import { clearedCookie } from './session-cookie.ts'

/** The one answer to whatever is wrong about a sign-in. */
export const wrongSignIn = (): EndpointReply => refused(401, 'NotAuthorizedException', 'The name, the password or the code is wrong.')

/** POST /console/sign-in: name, password and the authenticator's code, all three at once. */
export const signIn =
  (services: OperatorServices, prove: ProveOperator) =>
  async ({ request, body, place, by }: EndpointCall): Promise<EndpointReply> => {
    const { store, clock, log } = services
    const typed = { name: textOf(body, 'name'), password: textOf(body, 'password'), code: textOf(body, 'code') }
    const proof = await prove(by('anonymous'), typed)
    if (proof === 'wrong' || 'wait' in proof) {
      // Not what was typed: people type passwords into the field of the name.
      log.warn({ ip: request.remoteAddress }, 'somebody failed to sign in to the console')
      return proof === 'wrong' ? wrongSignIn() : waitFirst(proof.wait)
    }
    const { generation, name } = proof.account
    const as = by(operatorActor(name))
    const account = await amendOperator(store, as, proof.account, (now) =>
      now.generation === generation ? { ...now, lastSignInAt: clock.now() } : undefined,
    )
    // Reset or deleted while the password was looked at.
    if (account === undefined) return wrongSignIn()
    await endSession(services, by, claimOf(request, place))
    const opened = await openSession(services, as, account)
    log.info({ operator: name, ip: request.remoteAddress }, 'an operator signed in to the console')
    return answeredSession(place, opened)
  }

/** POST /console/sign-out: ends the session, in its operator's name, and takes the cookie away in any case. */
export const signOut =
  (services: OperatorServices) =>
  async ({ request, place, by }: EndpointCall): Promise<EndpointReply> => {
    await endSession(services, by, claimOf(request, place))
    return answered({}, { 'set-cookie': clearedCookie(place) })
  }
