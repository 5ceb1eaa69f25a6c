import { globMatches } from './glob.ts'
import { isObject } from './is-object.ts'

type Tags = Readonly<Record<string, string>>

/** What conditions can ask about a call (service authorization reference, "Amazon Cognito User Pools"). */
export interface PolicyFacts {
  /** aws:ResourceTag: tags of the pool that the call is about; none where there is no such pool. */
  readonly resourceTags: Tags
  /** aws:RequestTag: tags that the call sets. */
  readonly requestTags: Tags
  /** aws:TagKeys: keys of the tags that the call sets or takes off. */
  readonly tagKeys: readonly string[]
}

/** What is known of a call that is about no pool and sets no tags. */
export const noFacts: PolicyFacts = { resourceTags: {}, requestTags: {}, tagKeys: [] }

const equal = (wanted: string, value: string): boolean => wanted === value
const equalIgnoringCase = (wanted: string, value: string): boolean => wanted.toLowerCase() === value.toLowerCase()

const comparisons = {
  StringEquals: { fits: equal, negated: false },
  StringNotEquals: { fits: equal, negated: true },
  StringEqualsIgnoreCase: { fits: equalIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { fits: equalIgnoringCase, negated: true },
  StringLike: { fits: globMatches, negated: false },
  StringNotLike: { fits: globMatches, negated: true },
}
type Comparison = keyof typeof comparisons
const isComparison = (name: string): name is Comparison => Object.hasOwn(comparisons, name)

/** What a condition looks at; names of tags are in lower case, because names of condition keys have no case. */
type ConditionKey = { readonly of: 'resourceTags' | 'requestTags'; readonly tag: string } | { readonly of: 'tagKeys' }

/** One condition of a statement: a key, and what must be so of its values. */
export type PolicyCondition =
  | { readonly key: ConditionKey; readonly operator: 'Null'; readonly isNull: boolean }
  | {
      readonly key: ConditionKey
      readonly operator: Comparison
      readonly ifExists: boolean
      /** Of the several values of aws:TagKeys. */
      readonly set: 'ForAllValues' | 'ForAnyValue' | undefined
      readonly values: readonly string[]
    }

type Fault = { readonly fault: string }
const hasFault = (value: object): value is Fault => 'fault' in value

// For whoever wrote a condition that is not enforced.
const supportedConditions = `Conditions can use ${Object.keys(comparisons).join(', ')} (each also with IfExists) and Null on aws:ResourceTag/KEY, aws:RequestTag/KEY and aws:TagKeys, the last with ForAllValues: or ForAnyValue: before the operator.`

const keyNamed = (name: string): ConditionKey | Fault => {
  const [, kind = '', tag] = /^([^/]+)(?:\/(.*))?$/s.exec(name.toLowerCase()) ?? []
  if (kind === 'aws:tagkeys' && tag === undefined) return { of: 'tagKeys' }
  if (kind !== 'aws:resourcetag' && kind !== 'aws:requesttag') return { fault: `Unknown condition key: ${name}. ${supportedConditions}` }
  if (tag === undefined || tag === '') return { fault: `The condition key ${name} names no tag, expected ${name.split('/')[0]}/KEY.` }
  if (tag.includes('${')) return { fault: `Policy variables are not supported yet: ${name}` }
  return { of: kind === 'aws:resourcetag' ? 'resourceTags' : 'requestTags', tag }
}

const nullCondition = (key: ConditionKey, name: string, wanted: unknown): PolicyCondition | Fault => {
  const [value, ...more] = Array.isArray(wanted) ? (wanted as unknown[]) : [wanted]
  const isNull = String(value)
  if (more.length > 0 || (isNull !== 'true' && isNull !== 'false')) return { fault: `Null of ${name} must be "true" or "false".` }
  return { key, operator: 'Null', isNull: isNull === 'true' }
}

const valuesFault = (operator: string, name: string, values: readonly unknown[]): string | undefined => {
  if (values.length === 0 || !values.every((value) => typeof value === 'string'))
    return `${operator} of ${name} must be a string or a list of strings.`
  const variable = values.find((value) => value.includes('${'))
  return variable === undefined ? undefined : `Policy variables are not supported yet: ${variable}`
}

const parseCondition = (operator: string, name: string, wanted: unknown): PolicyCondition | Fault => {
  const key = keyNamed(name)
  if (hasFault(key)) return key
  if (operator === 'Null') return nullCondition(key, name, wanted)
  const [, set, comparison = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? []
  if (!isComparison(comparison)) return { fault: `Unknown condition operator: ${operator}. ${supportedConditions}` }
  // IAM takes either, and warns: on one value they mean something else than they say.
  if (key.of === 'tagKeys' && set === undefined)
    return { fault: `${name} has several values: write ForAllValues: or ForAnyValue: before ${operator}.` }
  if (key.of !== 'tagKeys' && set !== undefined) return { fault: `${name} has one value: ${set}: does not go with it.` }
  const values = Array.isArray(wanted) ? (wanted as unknown[]) : [wanted]
  const fault = valuesFault(operator, name, values)
  if (fault !== undefined) return { fault }
  return {
    key,
    operator: comparison,
    ifExists: ifExists !== undefined,
    set: set as 'ForAllValues' | 'ForAnyValue' | undefined,
    values: values as string[],
  }
}

/** Reads the Condition of a statement; all of its conditions have to hold. Refuses whatever would not be enforced. */
export const parseConditions = (block: unknown): readonly PolicyCondition[] | Fault => {
  if (!isObject(block)) return { fault: 'Condition must be a JSON object.' }
  if (Object.keys(block).length === 0)
    return { fault: 'Condition must have at least one operator; leave it out where there is no condition.' }
  const conditions: PolicyCondition[] = []
  for (const [operator, keys] of Object.entries(block)) {
    if (!isObject(keys) || Object.keys(keys).length === 0)
      return { fault: `${operator} must be a JSON object with at least one condition key.` }
    for (const [name, wanted] of Object.entries(keys)) {
      const condition = parseCondition(operator, name, wanted)
      if (hasFault(condition)) return condition
      conditions.push(condition)
    }
  }
  return conditions
}

const valuesOf = (key: ConditionKey, facts: PolicyFacts): readonly string[] =>
  key.of === 'tagKeys'
    ? facts.tagKeys
    : Object.entries(facts[key.of]).flatMap(([name, value]) => (name.toLowerCase() === key.tag ? [value] : []))

/**
 * Whether a condition of a statement of that effect holds (IAM user guide, "IAM JSON policy elements: Condition operators"): one of the
 * values has to fit, or none for a negated operator. A key that is not there fits nothing, so only negated operators, IfExists and
 * ForAllValues hold then. Of tags that differ in case only, which IAM leaves open, an Allow wants all to fit and a Deny any.
 */
export const conditionHolds = (condition: PolicyCondition, facts: PolicyFacts, effect: 'Allow' | 'Deny'): boolean => {
  const values = valuesOf(condition.key, facts)
  if (condition.operator === 'Null') return (values.length === 0) === condition.isNull
  const { fits, negated } = comparisons[condition.operator]
  const { set } = condition
  if (values.length === 0) return condition.ifExists || set === 'ForAllValues' || (set === undefined && negated)
  const holds = (value: string): boolean => condition.values.some((wanted) => fits(wanted, value)) !== negated
  const wantsAny = set === 'ForAnyValue' || (set === undefined && effect === 'Deny')
  return wantsAny ? values.some(holds) : values.every(holds)
}
