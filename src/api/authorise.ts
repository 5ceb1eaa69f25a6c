import type { Services } from '../context.ts'
import { parseUserPoolArn, userPoolArn } from '../domain/arn.ts'
import { accessDeniedSentence, askForFacts, decide, type Policy } from '../domain/iam-policy.ts'
import { noFacts, type PolicyFacts } from '../domain/policy-condition.ts'
import { storedTags } from '../domain/tags.ts'
import { CognitoError } from '../errors.ts'
import { type OperationModel, signingName } from '../model/model.ts'
import type { OperationName } from '../model/types.gen.ts'
import type { Principal } from './principal.ts'

type Input = Record<string, unknown>
type Tags = Readonly<Record<string, string>>
type Known = Pick<Services, 'store' | 'policy'>

/** An action on a resource that policies decide about. */
interface Wanted {
  readonly action: string
  readonly resource: string
  readonly facts: PolicyFacts
  /** Whether it is enough that no policy denies it. */
  readonly unlessDenied?: boolean
}

/**
 * Throws AccessDeniedException, which names action and resource, unless every policy of the signer allows the call. Runs before anything is
 * looked up but the tags of the pool, of which one that is not there has none, so that nobody learns of pools that are not theirs; and no
 * tags are read for policies without conditions. Policies have no say on operations that need no signature (API reference,
 * InitiateAuth), even when a call is signed.
 */
export const authorise = async (
  known: Known,
  operation: Pick<OperationModel, 'name' | 'auth'>,
  principal: Principal,
  input: Input,
): Promise<void> => {
  const { policies, actor } = principal
  if (operation.auth !== 'sigv4' || policies === undefined) return
  for (const { action, resource, facts, unlessDenied } of await permissionsFor(known, operation.name, principal, policies, input)) {
    const decision = decide(policies, action, resource, facts)
    if (decision === 'allow' || (unlessDenied && decision === 'no allow')) continue
    throw new CognitoError('AccessDeniedException', accessDeniedSentence(actor, action, resource, decision))
  }
}

/** Whether the signer may choose the id of a pool or an app client: permission poolhouse:ChooseId on the call's resource. */
export const mayChooseIds = async (known: Known, operation: OperationName, principal: Principal, input: Input): Promise<boolean> => {
  const { policies } = principal
  if (operation !== 'CreateUserPool' && operation !== 'CreateUserPoolClient') return false
  if (policies === undefined) return false
  const [call] = await permissionsFor(known, operation, principal, policies, input)
  return call !== undefined && decide(policies, 'poolhouse:ChooseId', call.resource, call.facts) === 'allow'
}

/** Whether the caller may do something to a pool that is no call of the API: every policy allows the action, such as poolhouse:ReadAuditTrail, on it. */
export const mayDoToPool = async (
  known: Known,
  { policies, region }: Pick<Principal, 'policies' | 'region'>,
  action: `${'poolhouse' | 'cognito-idp'}:${string}`,
  poolId: string,
): Promise<boolean> => {
  if (policies === undefined) return true
  const resourceTags = askForFacts(policies) ? await tagsOf(known, region, poolId) : {}
  return decide(policies, action, userPoolArn(region, known.policy.accountId, poolId), { ...noFacts, resourceTags }) === 'allow'
}

/**
 * What a call wants to be allowed: its own action, and those for the tags that it changes on the side, because tags decide who may do what
 * (service authorization reference: CreateUserPool also wants TagResource, UpdateUserPool TagResource and UntagResource).
 * Who may create a pool need not be allowed to tag: for want of an id such a permission would be one to tag all pools.
 * guess: UpdateUserPool wants TagResource when it gives tags, changed or not, and UntagResource for tags that the given ones leave out.
 */
const permissionsFor = async (
  known: Known,
  operation: OperationName,
  principal: Principal,
  policies: readonly Policy[],
  input: Input,
): Promise<Wanted[]> => {
  const { resource, poolId } = resourceOf(principal, input, known.policy.accountId)
  const { UserPoolTags, Tags, TagKeys = [] } = input as { UserPoolTags?: Tags; Tags?: Tags; TagKeys?: string[] }
  const requestTags = storedTags(UserPoolTags ?? Tags ?? {})
  const replaces = operation === 'UpdateUserPool' && UserPoolTags !== undefined
  const resourceTags = poolId !== undefined && (replaces || askForFacts(policies)) ? await tagsOf(known, principal.region, poolId) : {}
  const facts = { resourceTags, requestTags, tagKeys: [...Object.keys(requestTags), ...TagKeys] }
  const wanted: Wanted[] = [{ action: `${signingName}:${operation}`, resource, facts }]
  if (UserPoolTags !== undefined && facts.tagKeys.length > 0) {
    const isNew = poolId === undefined
    const tagged = isNew ? userPoolArn(principal.region, known.policy.accountId, '*') : resource
    wanted.push({ action: `${signingName}:TagResource`, resource: tagged, facts, unlessDenied: isNew })
  }
  const dropped = replaces ? Object.keys(resourceTags).filter((key) => !Object.hasOwn(requestTags, key)) : []
  if (dropped.length > 0) {
    wanted.push({ action: `${signingName}:UntagResource`, resource, facts: { resourceTags, requestTags: {}, tagKeys: dropped } })
  }
  return wanted
}

const tagsOf = async ({ store }: Known, region: string, poolId: string): Promise<Tags> => {
  const pool = await store.pools.byId(poolId)
  return pool?.region === region ? (pool.UserPoolTags ?? {}) : {}
}

/** The pool that the call is about; `*` for calls about no pool that is known yet (service authorization reference). */
const resourceOf = (
  { region }: Principal,
  input: Input,
  accountId: string,
): { readonly resource: string; readonly poolId?: string | undefined } => {
  const { UserPoolId: poolId, ResourceArn: arn } = input
  if (typeof poolId === 'string') return { resource: userPoolArn(region, accountId, poolId), poolId }
  if (typeof arn !== 'string') return { resource: '*' }
  // In the form that policies are written in: a Deny must not be escaped by another partition's name.
  const named = parseUserPoolArn(arn)
  return named === undefined ? { resource: arn } : { resource: userPoolArn(region, accountId, named.poolId), poolId: named.poolId }
}
