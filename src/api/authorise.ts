import { parseUserPoolArn, userPoolArn } from '../domain/arn.ts'
import { accessDeniedSentence, decide } from '../domain/iam-policy.ts'
import { CognitoError } from '../errors.ts'
import { type OperationModel, signingName } from '../model/model.ts'
import type { OperationName } from '../model/types.gen.ts'
import type { Principal } from './principal.ts'

/**
 * Throws AccessDeniedException, which names action and resource, unless the signer's policy allows the call. Runs before anything is
 * looked up, so that nobody learns of pools that are not theirs. Policies have no say on operations that need no signature
 * (API reference, InitiateAuth), even when a call is signed.
 */
export const authorise = (
  operation: Pick<OperationModel, 'name' | 'auth'>,
  principal: Principal,
  input: Record<string, unknown>,
  accountId: string,
): void => {
  if (operation.auth !== 'sigv4' || principal.policy === undefined) return
  const action = `${signingName}:${operation.name}`
  const resource = resourceOf(principal, input, accountId)
  const decision = decide([principal.policy], action, resource)
  if (decision !== 'allow') {
    throw new CognitoError('AccessDeniedException', accessDeniedSentence(principal.actor, action, resource, decision))
  }
}

/** Whether the signer may choose the id of a pool or an app client: permission poolhouse:ChooseId on the call's resource. */
export const mayChooseIds = (
  operation: OperationName,
  principal: Principal,
  input: Record<string, unknown>,
  accountId: string,
): boolean => {
  if (operation !== 'CreateUserPool' && operation !== 'CreateUserPoolClient') return false
  if (principal.policy === undefined) return false
  return decide([principal.policy], 'poolhouse:ChooseId', resourceOf(principal, input, accountId)) === 'allow'
}

/** The pool that the call is about; `*` for calls about no pool that is known yet (service authorization reference). */
const resourceOf = ({ region }: Principal, input: Record<string, unknown>, accountId: string): string => {
  const { UserPoolId: poolId, ResourceArn: arn } = input
  if (typeof poolId === 'string') return userPoolArn(region, accountId, poolId)
  if (typeof arn !== 'string') return '*'
  // In the form that policies are written in: a Deny must not be escaped by another partition's name.
  const named = parseUserPoolArn(arn)
  return named === undefined ? arn : userPoolArn(region, accountId, named.poolId)
}
