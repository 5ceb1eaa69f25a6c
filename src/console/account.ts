import { amendOperator } from './amend-operator.ts'
import { answered, answeredSession, type EndpointReply, refused, type SignedInCall, signInFirst, textOf, waitFirst } from './endpoint.ts'
import { newPasswordHash, refusedPassword } from './new-password.ts'
import type { OperatorServices } from './operator-services.ts'
import { openSession, operatorActor } from './operator-sessions.ts'
import type { ProveOperator } from './prove-operator.ts'
import { clearedCookie } from './session-cookie.ts'

/** GET /console/account: what an operator may know of the own account. */
export const showAccount = async ({ signedIn: { account } }: SignedInCall): Promise<EndpointReply> => {
  const { name, createdAt, lastSignInAt, policy, boundaries } = account
  const documents = boundaries.map((text) => JSON.parse(text) as unknown)
  return answered({ name, createdAt, lastSignInAt, policy: JSON.parse(policy), boundaries: documents })
}

/** POST /console/account/password: a new password against the old one and a code. Every session ends, and a new one begins here. */
export const changePassword =
  (services: OperatorServices, prove: ProveOperator) =>
  async ({ signedIn, request, body, place, by }: SignedInCall): Promise<EndpointReply> => {
    const { store, log } = services
    const { name, generation } = signedIn.account
    const as = by(operatorActor(name))
    const newPassword = textOf(body, 'newPassword')
    const weak = await refusedPassword(services, newPassword, name)
    if (weak !== undefined) return weak
    const proof = await prove(as, { name, password: textOf(body, 'password'), code: textOf(body, 'code') })
    if (proof === 'wrong') return refused(403, 'NotAuthorizedException', 'The password or the code is wrong.')
    if ('wait' in proof) return waitFirst(proof.wait)
    const passwordHash = await newPasswordHash(services, newPassword, request)
    if (typeof passwordHash !== 'string') return passwordHash.refusal
    const account = await amendOperator(store, as, proof.account, (now) =>
      now.generation === generation ? { ...now, passwordHash, generation: generation + 1 } : undefined,
    )
    if (account === undefined) return signInFirst()
    const opened = await openSession(services, as, account)
    log.info({ operator: name }, 'an operator changed the password')
    return answeredSession(place, opened)
  }

/** POST /console/account/sign-out-everywhere: ends every session of the operator, this one too. */
export const signOutEverywhere =
  ({ store }: Pick<OperatorServices, 'store'>) =>
  async ({ signedIn: { account }, place, by }: SignedInCall): Promise<EndpointReply> => {
    await amendOperator(store, by(operatorActor(account.name)), account, (now) => ({ ...now, generation: now.generation + 1 }))
    return answered({}, { 'set-cookie': clearedCookie(place) })
  }
