import { operatorName, operatorNameFault } from '../../../src/domain/operator-account.ts'
import { type OperatorRole, operatorRoles, rolePolicy } from '../../../src/domain/operator-roles.ts'
import { type ReadPolicy, readPolicy } from './policy-text.ts'

/** A role, or a policy that somebody writes. */
export type RightsKind = OperatorRole | 'policy'

/** What somebody fills in to make an operator. */
export interface NewOperator {
  readonly name: string
  readonly rights: RightsKind
  /** Whether a role is bound to chosen user pools. */
  readonly bound: 'all' | 'chosen'
  readonly poolIds: readonly string[]
  readonly policyText: string
}

/** The empty form: the role that can do the least harm and is given most. */
export const noOperator: NewOperator = { name: '', rights: 'support', bound: 'all', poolIds: [], policyText: '' }

/** The policy of the new operator, or what is wrong with it, as a sentence. */
export const policyOf = ({ rights, bound, poolIds, policyText }: NewOperator): ReadPolicy => {
  if (rights === 'policy') return readPolicy(policyText)
  if (bound === 'chosen' && poolIds.length === 0) return { fault: 'Choose at least one user pool, or all.' }
  return { document: rolePolicy(rights, bound === 'all' ? [] : poolIds) }
}

/** What is wrong with the form, as a sentence. */
export const newOperatorFault = (form: NewOperator): string | undefined => {
  if (form.name.trim() === '') return 'The operator needs a name.'
  const wrong = operatorNameFault(operatorName(form.name))
  if (wrong !== undefined) return wrong
  const read = policyOf(form)
  return 'fault' in read ? read.fault : undefined
}

const roleTitles: Readonly<Record<OperatorRole, string>> = { administrator: 'Administrator', support: 'Support', 'read-only': 'Read-only' }

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** A policy in a few words: the role that it is, with its user pools, or how many statements it has. */
export const rightsText = (policy: object): string => {
  const text = JSON.stringify(policy)
  const poolIds = [...new Set([...text.matchAll(/:userpool\/([\w-]+)"/g)].map(([, poolId = '']) => poolId))]
  const role = operatorRoles.find((one) => JSON.stringify(rolePolicy(one, poolIds)) === text)
  if (role !== undefined) return poolIds.length === 0 ? roleTitles[role] : `${roleTitles[role]} for ${counted(poolIds.length, 'user pool')}`
  const { Statement: statement } = policy as { Statement?: unknown }
  return `Own policy, ${counted(Array.isArray(statement) ? statement.length : 1, 'statement')}`
}
