import type { Principal } from '../api/principal.ts'
import type { ConsoleRequest } from './console-request.ts'

/** A person who may use the console. */
export interface Operator {
  /** Stands in the audit log. */
  readonly actor: string
  /** What bounds the person; undefined: nothing does. */
  readonly policy: Principal['policy']
}

/** Finds who makes a request of the console; undefined for somebody who isn't signed in. */
export type FindOperator = (request: Pick<ConsoleRequest, 'headers'>) => Promise<Operator | undefined>

/** `dev`: whoever sits at the machine is the operator, without a password. */
export const everybodyIsOperator: FindOperator = async () => ({ actor: 'console', policy: undefined })
