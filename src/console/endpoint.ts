import type { By } from '../storage/store.ts'
import type { ConsolePlace } from './console-place.ts'
import type { ConsoleRequest } from './console-request.ts'
import type { SessionProof, SignedIn } from './operator-sessions.ts'
import { sessionCookie } from './session-cookie.ts'

/** A call of one of the console's own endpoints: it comes from the console's page, its body is an object. */
export interface EndpointCall {
  readonly request: ConsoleRequest
  readonly body: Readonly<Record<string, unknown>>
  readonly place: ConsolePlace
  /** For writing verbs: who, what, and the clock's now. */
  by(actor: string): By
}

/** The same by somebody who is signed in. */
export interface SignedInCall extends EndpointCall {
  readonly signedIn: SignedIn
}

/** What an endpoint answers, before it becomes JSON. */
export interface EndpointReply {
  readonly status: number
  readonly value: object
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer of status 200. */
export const answered = (value: object, headers: Readonly<Record<string, string>> = {}): EndpointReply => ({ status: 200, value, headers })

/** Hands a new session to the browser: one half as a cookie, the other to the page. */
export const answeredSession = (place: ConsolePlace, { cookie, pageKey }: SessionProof): EndpointReply =>
  answered({ pageKey }, { 'set-cookie': sessionCookie(place, cookie) })

/** A refusal in the API's form: a type that programs read and a sentence for people. */
export const refused = (status: number, type: string, message: string, headers: Readonly<Record<string, string>> = {}): EndpointReply => ({
  status,
  value: { __type: type, message },
  headers,
})

/** The refusal of whoever is not signed in (any more). */
export const signInFirst = (): EndpointReply => refused(401, 'MissingAuthenticationTokenException', 'Sign in to the console first.')

/** The refusal while too much is tried; `wait` is in seconds. */
export const waitFirst = (wait: number): EndpointReply =>
  refused(429, 'TooManyRequestsException', `Too many attempts. Try again in ${wait === 1 ? 'a second' : `${wait} seconds`}.`, {
    'retry-after': String(wait),
  })

/** A member of the body as text; empty where it is none. */
export const textOf = (body: Readonly<Record<string, unknown>>, name: string): string => {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}
