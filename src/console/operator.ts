import type { Principal } from '../api/principal.ts'
import { decide } from '../domain/iam-policy.ts'
import { noFacts } from '../domain/policy-condition.ts'
import type { ConsoleRequest } from './console-request.ts'

/** A person who may use the console. */
export interface Operator {
  /** Stands in the audit log. */
  readonly actor: string
  /** The name that the person signs in with; undefined where nobody has to. */
  readonly name?: string
  /** Every one of them has to allow what the person does; undefined: nothing bounds the person. */
  readonly policies: Principal['policies']
}

/** Finds who makes a request of the console; undefined for somebody who isn't signed in. What only looks keeps no session alive. */
export type FindOperator = (request: Pick<ConsoleRequest, 'headers'>, use?: 'counts' | 'looks') => Promise<Operator | undefined>

/** `dev`: whoever sits at the machine is the operator, without a password. */
export const everybodyIsOperator: FindOperator = async () => ({ actor: 'console', policies: undefined })

/** What an operator can be allowed beside calls of the API; each is about the whole server. */
export type ServerAction =
  | 'ReadMetrics'
  | 'ReadMessages'
  | 'ReadAuditTrail'
  | 'ListOperators'
  | 'CreateOperator'
  | 'ResetOperator'
  | 'DeleteOperator'

/** Whether every policy of the operator allows `poolhouse:<action>` on `*`. */
export const mayDo = ({ policies }: Pick<Operator, 'policies'>, action: ServerAction): boolean =>
  policies === undefined || decide(policies, `poolhouse:${action}`, '*', noFacts) === 'allow'
