import { hash } from 'node:crypto'
import { createPolicyReader } from '../api/policy-reader.ts'
import {
  isOperatorSessionLive,
  type OperatorAccount,
  type OperatorSession,
  operatorSessionLimit,
  operatorUseNoted,
} from '../domain/operator-account.ts'
import type { By } from '../storage/store.ts'
import type { ConsolePlace, PlaceOf } from './console-place.ts'
import type { ConsoleRequest } from './console-request.ts'
import { consoleHeader } from './foreign-fault.ts'
import type { FindOperator, Operator } from './operator.ts'
import type { OperatorServices } from './operator-services.ts'
import { readCookies } from './session-cookie.ts'

/** Somebody who is signed in, with the session of the request. */
export interface SignedIn {
  readonly account: OperatorAccount
  readonly session: OperatorSession
}

type SessionServices = Pick<OperatorServices, 'store' | 'clock' | 'random'>

/** How an operator stands in the audit trail. */
export const operatorActor = (name: string): string => `operator:${name}`

/**
 * The two halves of a session, 256 random bits each. The browser sends the cookie also to servers on other ports of the host; the page key
 * stays in the storage of the console's own origin, and its page sends it in the console's header. Neither is good for anything alone.
 */
export interface SessionProof {
  readonly cookie: string
  readonly pageKey: string
}

/** What a request says to be signed in: it may have several cookies of the name. */
export interface SessionClaim {
  readonly cookies: readonly string[]
  readonly pageKey: string | undefined
}

/** The claim of a request at a place. */
export const claimOf = ({ headers }: Pick<ConsoleRequest, 'headers'>, place: ConsolePlace): SessionClaim => {
  const key = headers[consoleHeader] ?? ''
  return { cookies: readCookies(headers['cookie'], place), pageKey: /^[\w-]{43}$/.test(key) ? key : undefined }
}

const hashOf = ({ cookie, pageKey }: SessionProof): string => hash('sha256', `${cookie}.${pageKey}`, 'hex')

/** Signs an operator in; of both halves together only a hash is stored. */
export const openSession = async (
  { store, clock, random }: SessionServices,
  by: By,
  { name, uid, generation }: Pick<OperatorAccount, 'name' | 'uid' | 'generation'>,
): Promise<SessionProof> => {
  const half = () => Buffer.from(random.bytes(32)).toString('base64url')
  const proof = { cookie: half(), pageKey: half() }
  const now = clock.now()
  const expiresAt = now + operatorSessionLimit
  await store.operatorSessions.open(by, { hash: hashOf(proof), name, uid, generation, createdAt: now, usedAt: now, expiresAt })
  return proof
}

const findSession = async (
  { store }: Pick<SessionServices, 'store'>,
  { cookies, pageKey }: SessionClaim,
): Promise<OperatorSession | undefined> => {
  if (pageKey === undefined) return undefined
  for (const cookie of cookies) {
    const session = await store.operatorSessions.byHash(hashOf({ cookie, pageKey }))
    if (session !== undefined) return session
  }
  return undefined
}

/** Ends the session of a claim, if there is one, as something that its operator did. */
export const endSession = async (
  services: Pick<SessionServices, 'store'>,
  by: (actor: string) => By,
  claim: SessionClaim,
): Promise<void> => {
  const session = await findSession(services, claim)
  if (session !== undefined) await services.store.operatorSessions.end(by(operatorActor(session.name)), session.hash)
}

/** Who is signed in by a claim, if anybody is; a use is noted once a minute, unless the request only looks. */
export const findSignedIn = async (
  { store, clock, random }: SessionServices,
  claim: SessionClaim,
  use: 'counts' | 'looks',
): Promise<SignedIn | undefined> => {
  const session = await findSession({ store }, claim)
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

// By their whole text, so it is the same policy whoever has it.
const policyOf = createPolicyReader(512)

/** What the API and the console ask of somebody who is signed in: the own policy and every boundary have to allow. */
export const operatorOf = ({ name, policy, boundaries }: OperatorAccount): Operator => ({
  actor: operatorActor(name),
  name,
  policies: [policy, ...boundaries].map(policyOf),
})

/** Finds operators by the console's cookie and page key. */
export const findByCookie =
  (services: SessionServices, placeOf: PlaceOf): FindOperator =>
  async (request: Pick<ConsoleRequest, 'headers'>, use = 'counts') => {
    const signedIn = await findSignedIn(services, claimOf(request, placeOf(request)), use)
    return signedIn && operatorOf(signedIn.account)
  }
