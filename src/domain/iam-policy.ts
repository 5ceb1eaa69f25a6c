import { globMatches } from './glob.ts'
import { isObject } from './is-object.ts'
import { conditionHolds, type PolicyCondition, type PolicyFacts, parseConditions } from './policy-condition.ts'

/** Patterns that a statement is about, or about everything but. */
export interface PolicyPatterns {
  readonly not: boolean
  readonly patterns: readonly string[]
}

/** One statement of a policy. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny'
  readonly actions: PolicyPatterns
  readonly resources: PolicyPatterns
  /** All of them have to hold. */
  readonly conditions: readonly PolicyCondition[]
}

/** An identity-based policy (IAM user guide, "IAM JSON policy element reference") without variables. */
export interface Policy {
  readonly statements: readonly PolicyStatement[]
}

/** What policies say about a call. */
export type PolicyDecision = 'allow' | 'explicit deny' | 'no allow'

type Fault = { readonly fault: string }

const hasFault = (value: object): value is Fault => 'fault' in value

const arnParts = (arn: string): string[] => {
  const parts = arn.split(':')
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')]
}

const patternFault = (element: 'Action' | 'Resource', pattern: string): string | undefined => {
  if (pattern === '*') return undefined
  if (pattern.includes('${')) return `Policy variables are not supported yet: ${pattern}`
  if (element === 'Action')
    return /^[a-z0-9-]+:[a-z0-9*?]+$/i.test(pattern) ? undefined : `Not an action, expected service:Operation: ${pattern}`
  // A pattern that can never fit would make a Deny that denies nothing.
  return pattern.startsWith('arn:') && arnParts(pattern).length === 6 ? undefined : `Not a resource ARN: ${pattern}`
}

const patternsOf = (statement: Record<string, unknown>, element: 'Action' | 'Resource'): PolicyPatterns | Fault => {
  const keys = [element, `Not${element}`].filter((key) => statement[key] !== undefined)
  const [key] = keys
  if (key === undefined || keys.length > 1) return { fault: `A statement must have exactly one of ${element} and Not${element}.` }
  const value = statement[key]
  const patterns = Array.isArray(value) ? (value as unknown[]) : [value]
  if (patterns.length === 0 || !patterns.every((pattern) => typeof pattern === 'string'))
    return { fault: `${key} must be a string or a list of strings.` }
  for (const pattern of patterns) {
    const fault = patternFault(element, pattern)
    if (fault !== undefined) return { fault }
  }
  return { not: key !== element, patterns }
}

const statementKeys = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']

const parseStatement = (statement: unknown): PolicyStatement | Fault => {
  if (!isObject(statement)) return { fault: 'A statement must be a JSON object.' }
  const unknown = Object.keys(statement).find((key) => !statementKeys.includes(key))
  if (unknown !== undefined) return { fault: `Unknown element in a statement: ${unknown}` }
  const effect = statement['Effect']
  if (effect !== 'Allow' && effect !== 'Deny') return { fault: 'Effect must be Allow or Deny.' }
  const actions = patternsOf(statement, 'Action')
  if (hasFault(actions)) return actions
  const resources = patternsOf(statement, 'Resource')
  if (hasFault(resources)) return resources
  const conditions = statement['Condition'] === undefined ? [] : parseConditions(statement['Condition'])
  return hasFault(conditions) ? conditions : { effect, actions, resources, conditions }
}

/** Reads a policy document that was parsed from JSON; refuses whatever it would not enforce. */
export const parsePolicy = (document: unknown): Policy | { fault: string } => {
  if (!isObject(document)) return { fault: 'A policy must be a JSON object.' }
  const unknown = Object.keys(document).find((key) => !['Version', 'Id', 'Statement'].includes(key))
  if (unknown !== undefined) return { fault: `Unknown element in the policy: ${unknown}` }
  if (document['Version'] !== '2012-10-17') return { fault: 'Version must be "2012-10-17".' }
  const listed = document['Statement']
  const statements = (Array.isArray(listed) ? (listed as unknown[]) : [listed]).map(parseStatement)
  if (statements.length === 0) return { fault: 'A policy must have at least one statement.' }
  return statements.find(hasFault) ?? { statements: statements.filter((statement): statement is PolicyStatement => !hasFault(statement)) }
}

const actionFits = (pattern: string, action: string): boolean => globMatches(pattern.toLowerCase(), action.toLowerCase())

// A wildcard stays within its part of the ARN, except in the last one.
const resourceFits = (pattern: string, resource: string): boolean => {
  if (pattern === '*') return true
  const wanted = arnParts(pattern)
  const parts = arnParts(resource)
  return parts.length === wanted.length && parts.every((part, place) => globMatches(wanted[place] ?? '', part))
}

const applies = (statement: PolicyStatement, action: string, resource: string, facts: PolicyFacts): boolean => {
  const { effect, actions, resources, conditions } = statement
  return (
    actions.patterns.some((pattern) => actionFits(pattern, action)) !== actions.not &&
    resources.patterns.some((pattern) => resourceFits(pattern, resource)) !== resources.not &&
    conditions.every((condition) => conditionHolds(condition, facts, effect))
  )
}

/** Whether a decision of the policies can depend on what is known of a call beside its action and resource. */
export const askForFacts = (policies: readonly Policy[]): boolean =>
  policies.some(({ statements }) => statements.some(({ conditions }) => conditions.length > 0))

/**
 * Whether every one of the policies allows the action (`cognito-idp:GetUser`, any case) on the resource (an ARN or `*`) and none denies
 * it, as IAM decides where a permissions boundary bounds a policy; no policies allow nothing.
 */
export const decide = (policies: readonly Policy[], action: string, resource: string, facts: PolicyFacts): PolicyDecision => {
  const fitting = policies.map(({ statements }) => statements.filter((statement) => applies(statement, action, resource, facts)))
  if (fitting.flat().some(({ effect }) => effect === 'Deny')) return 'explicit deny'
  return fitting.length > 0 && fitting.every((statements) => statements.length > 0) ? 'allow' : 'no allow'
}

/** AWS's AccessDeniedException sentence for a call that was not allowed. */
export const accessDeniedSentence = (
  principalArn: string,
  action: string,
  resource: string,
  decision: Exclude<PolicyDecision, 'allow'>,
): string => {
  const reason =
    decision === 'explicit deny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`
  return `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`
}
