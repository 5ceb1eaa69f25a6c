import { hash } from 'node:crypto'
import { type Policy, parsePolicy } from '../domain/iam-policy.ts'
import {
  isOperatorSessionLive,
  type OperatorAccount,
  type OperatorSession,
  operatorSessionLimit,
  operatorUseNoted,
} from '../domain/operator-account.ts'
import type { By } from '../storage/store.ts'
import type { PlaceOf } from './console-place.ts'
import type { ConsoleRequest } from './console-request.ts'
import type { FindOperator, Operator } from './operator.ts'
import type { OperatorServices } from './operator-services.ts'
import { readCookie } from './session-cookie.ts'

/** Somebody who is signed in, with the session of the request. */
export interface SignedIn {
  readonly account: OperatorAccount
  readonly session: OperatorSession
}

type SessionServices = Pick<OperatorServices, 'store' | 'clock' | 'random'>

/** How an operator stands in the audit trail. */
export const operatorActor = (name: string): string => `operator:${name}`

const hashOf = (value: string): string => hash('sha256', value, 'hex')

/** Signs an operator in; answers the cookie's value, 256 random bits, of which only a hash is stored. */
export const openSession = async ({ store, clock, random }: SessionServices, by: By, account: OperatorAccount): Promise<string> => {
  const value = Buffer.from(random.bytes(32)).toString('base64url')
  const now = clock.now()
  const { name, uid, generation } = account
  await store.operatorSessions.open(by, {
    hash: hashOf(value),
    name,
    uid,
    generation,
    createdAt: now,
    usedAt: now,
    expiresAt: now + operatorSessionLimit,
  })
  return value
}

/** Ends the session of a cookie's value, if there is one. */
export const endSession = async ({ store }: Pick<SessionServices, 'store'>, by: By, value: string | undefined): Promise<void> => {
  if (value !== undefined) await store.operatorSessions.end(by, hashOf(value))
}

/** Who is signed in by a cookie's value, if anybody is; a use is noted once a minute, unless the request only looks. */
export const findSignedIn = async (
  { store, clock, random }: SessionServices,
  value: string | undefined,
  use: 'counts' | 'looks',
): Promise<SignedIn | undefined> => {
  if (value === undefined || !/^[\w-]{43}$/.test(value)) return undefined
  const session = await store.operatorSessions.byHash(hashOf(value))
  if (session === undefined) return undefined
  const account = await store.operators.byName(session.name)
  const now = clock.now()
  if (account === undefined || !isOperatorSessionLive(session, account, now)) return undefined
  if (use === 'counts' && now - session.usedAt >= operatorUseNoted) {
    const by: By = { actor: operatorActor(account.name), requestId: random.uuid(), action: 'UseConsole', at: now }
    await store.operatorSessions.touch(by, session.hash)
  }
  return { account, session }
}

const parsed = (text: string): Policy => {
  const policy = parsePolicy(JSON.parse(text))
  if ('fault' in policy) throw new Error(`the policy of an operator does not hold: ${policy.fault}`)
  return policy
}

/** What the API and the console ask of somebody who is signed in: the own policy and every boundary have to allow. */
export const operatorOf = ({ name, policy, boundaries }: OperatorAccount): Operator => ({
  actor: operatorActor(name),
  name,
  policies: [policy, ...boundaries].map(parsed),
})

/** Finds operators by the console's cookie. */
export const findByCookie =
  (services: SessionServices, placeOf: PlaceOf): FindOperator =>
  async (request: Pick<ConsoleRequest, 'headers'>, use = 'counts') => {
    const signedIn = await findSignedIn(services, readCookie(request.headers['cookie'], placeOf(request)), use)
    return signedIn && operatorOf(signedIn.account)
  }
