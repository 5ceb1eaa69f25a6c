import { sendToConsole } from './console-call.ts'
import { openSession } from './operator-session.ts'
import { withSession } from './sign-in-again.ts'

/** The operator who is signed in. */
export interface Account {
  readonly name: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly lastSignInAt?: number
  readonly policy: object
  /** What bounds the policy besides: all that whoever made the operator might do. */
  readonly boundaries: readonly object[]
}

/** An operator as others see one. */
export interface OperatorRow extends Account {
  /** Invited until the set-up link was used. */
  readonly state: 'invited' | 'active'
  /** Whether the operator who asks may reset and delete this one. */
  readonly isManageable: boolean
}

/** A set-up link, which is told once. */
export interface SetUpLink {
  readonly link: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** What the operator who is signed in may do, and since when there is one. Throws ApiError. */
export const fetchAccount = (signal: AbortSignal): Promise<Account> => withSession(() => sendToConsole('account', undefined, signal))

/** Changes the own password and ends all other sessions. Throws ApiError. */
export const changePassword = (password: string, code: string, newPassword: string): Promise<void> =>
  withSession(() => openSession('account/password', { password, code: code.replace(/\s/g, ''), newPassword }))

/** Ends all own sessions, this one too. Throws ApiError. */
export const signOutEverywhere = (): Promise<object> => withSession(() => sendToConsole('account/sign-out-everywhere', {}))

/** All operators. Throws ApiError. */
export const fetchOperators = async (signal: AbortSignal): Promise<readonly OperatorRow[]> =>
  (await withSession(() => sendToConsole<{ operators: readonly OperatorRow[] }>('operators', undefined, signal))).operators

/** Makes an operator, who is bounded by what the maker may do. Throws ApiError. */
export const createOperator = (name: string, policy: object): Promise<SetUpLink> =>
  withSession(() => sendToConsole('operators', { name, policy }))

/** Takes password, authenticator and sessions away; the link sets up new ones. Throws ApiError. */
export const resetOperator = (name: string): Promise<SetUpLink> => withSession(() => sendToConsole('operators/reset', { name }))

/** Deletes an operator. Throws ApiError. */
export const removeOperator = (name: string): Promise<object> => withSession(() => sendToConsole('operators/remove', { name }))
