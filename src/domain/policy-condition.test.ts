import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionHolds, noFacts, type PolicyFacts, parseConditions } from './policy-condition.ts'

type Effect = 'Allow' | 'Deny'
const parsed = (block: object) => {
  const conditions = parseConditions(block)
  if ('fault' in conditions) throw new Error(conditions.fault)
  return conditions
}
const hold = (block: object, facts: Partial<PolicyFacts>, effect: Effect = 'Allow'): boolean =>
  parsed(block).every((condition) => conditionHolds(condition, { ...noFacts, ...facts }, effect))
const tagged = (team?: string): Partial<PolicyFacts> => (team === undefined ? {} : { resourceTags: { stage: 'test', team } })
const keyed = (...tagKeys: string[]): Partial<PolicyFacts> => ({ tagKeys })

describe('a condition on a key with one value', () => {
  it.each<[string, string | string[], (boolean | undefined)[]]>([
    // of a tag that is `a`, `A`, `ab`, empty, missing
    ['StringEquals', 'a', [true, false, false, false, false]],
    ['StringEquals', ['b', 'a'], [true, false, false, false, false]],
    ['StringEquals', '', [false, false, false, true, false]],
    ['StringEquals', 'a*', [false, false, false, false, false]],
    ['StringNotEquals', 'a', [false, true, true, true, true]],
    ['StringNotEquals', ['b', 'a'], [false, true, true, true, true]],
    ['StringEqualsIgnoreCase', 'A', [true, true, false, false, false]],
    ['StringNotEqualsIgnoreCase', ['A', 'x'], [false, false, true, true, true]],
    ['StringLike', 'a*', [true, false, true, false, false]],
    ['StringLike', 'a?', [false, false, true, false, false]],
    ['StringLike', '*', [true, true, true, true, false]],
    ['StringNotLike', 'a*', [false, true, false, true, true]],
    ['StringEqualsIfExists', 'a', [true, false, false, false, true]],
    ['StringNotEqualsIfExists', 'a', [false, true, true, true, true]],
    ['StringLikeIfExists', 'a*', [true, false, true, false, true]],
    ['Null', 'true', [false, false, false, false, true]],
    ['Null', 'false', [true, true, true, true, false]],
  ])('%s %j', (operator, wanted, expected) => {
    const block = { [operator]: { 'aws:ResourceTag/team': wanted } }
    for (const effect of ['Allow', 'Deny'] as const) {
      expect(['a', 'A', 'ab', '', undefined].map((team) => hold(block, tagged(team), effect))).toEqual(expected)
    }
  })

  it('tells the tags of the pool and of the call apart, and finds nothing inherited', () => {
    const facts = { resourceTags: { team: 'a' }, requestTags: { team: 'b' } }
    expect(hold({ StringEquals: { 'aws:ResourceTag/team': 'a', 'aws:RequestTag/team': 'b' } }, facts)).toBe(true)
    expect(hold({ StringEquals: { 'aws:ResourceTag/team': 'b' } }, facts)).toBe(false)
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(hold({ Null: { [`aws:ResourceTag/${name}`]: 'true' } }, facts)).toBe(true)
    }
  })

  it('wants every operator and every key', () => {
    const block = { StringEquals: { 'aws:ResourceTag/team': 'a', 'aws:ResourceTag/stage': 'test' }, Null: { 'aws:TagKeys': 'true' } }
    expect(hold(block, tagged('a'))).toBe(true)
    expect(hold(block, tagged('b'))).toBe(false)
    expect(hold(block, { resourceTags: { team: 'a' } })).toBe(false)
    expect(hold(block, { ...tagged('a'), tagKeys: ['x'] })).toBe(false)
  })

  it('has no case in its name, and tags that differ in case only never help whoever they bound', () => {
    expect(hold({ StringEquals: { 'AWS:resourcetag/TEAM': 'a' } }, { resourceTags: { tEam: 'a' } })).toBe(true)
    const both = { resourceTags: { team: 'a', Team: 'b' } }
    for (const team of ['a', 'b']) {
      expect(hold({ StringEquals: { 'aws:ResourceTag/team': team } }, both, 'Allow')).toBe(false)
      expect(hold({ StringNotEquals: { 'aws:ResourceTag/team': team } }, both, 'Allow')).toBe(false)
      expect(hold({ StringEquals: { 'aws:ResourceTag/team': team } }, both, 'Deny')).toBe(true)
      expect(hold({ StringNotEquals: { 'aws:ResourceTag/team': team } }, both, 'Deny')).toBe(true)
    }
  })
})

describe('a condition on aws:TagKeys', () => {
  it.each<[string, string | string[], boolean[]]>([
    // of the keys none, a, b, a and b
    ['ForAllValues:StringEquals', 'a', [true, true, false, false]],
    ['ForAllValues:StringEquals', ['a', 'b'], [true, true, true, true]],
    ['ForAnyValue:StringEquals', 'a', [false, true, false, true]],
    ['ForAnyValue:StringEquals', ['a', 'b'], [false, true, true, true]],
    ['ForAllValues:StringNotEquals', 'a', [true, false, true, false]],
    ['ForAnyValue:StringNotEquals', 'a', [false, false, true, true]],
    ['ForAnyValue:StringEqualsIgnoreCase', 'A', [false, true, false, true]],
    ['ForAllValues:StringLike', ['?'], [true, true, true, true]],
    ['ForAnyValue:StringNotLike', '*', [false, false, false, false]],
    ['ForAnyValue:StringEqualsIfExists', 'a', [true, true, false, true]],
    ['ForAllValues:StringEqualsIfExists', 'a', [true, true, false, false]],
    ['Null', 'true', [true, false, false, false]],
    ['Null', 'false', [false, true, true, true]],
  ])('%s %j', (operator, wanted, expected) => {
    for (const effect of ['Allow', 'Deny'] as const) {
      const told = [[], ['a'], ['b'], ['a', 'b']].map((keys) => hold({ [operator]: { 'aws:TagKeys': wanted } }, keyed(...keys), effect))
      expect(told).toEqual(expected)
    }
  })
})

describe('any condition', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '*', '?', 'é'), maxLength: 3 })
  const wanted = fc.array(text, { minLength: 1, maxLength: 3 })
  const team = fc.option(text, { nil: undefined })
  const effect = fc.constantFrom<Effect>('Allow', 'Deny')
  const positive = fc.constantFrom('StringEquals', 'StringEqualsIgnoreCase', 'StringLike')
  const operator = fc.tuple(positive, fc.boolean()).map(([name, negated]) => (negated ? name.replace('String', 'StringNot') : name))
  const onTeam = (name: string, values: string[]) => ({ [name]: { 'aws:ResourceTag/team': values } })
  const onKeys = (name: string, values: string[]) => ({ [name]: { 'aws:TagKeys': values } })

  it('is the opposite of its negation', () => {
    fc.assert(
      fc.property(positive, wanted, team, effect, (name, values, tag, on) => {
        const not = name.replace('String', 'StringNot')
        expect(hold(onTeam(not, values), tagged(tag), on)).toBe(!hold(onTeam(name, values), tagged(tag), on))
      }),
    )
    fc.assert(
      fc.property(positive, wanted, fc.array(text), (name, values, keys) => {
        const not = name.replace('String', 'StringNot')
        expect(hold(onKeys(`ForAllValues:${not}`, values), keyed(...keys))).toBe(
          !hold(onKeys(`ForAnyValue:${name}`, values), keyed(...keys)),
        )
      }),
    )
  })

  it('holds with IfExists where the key is missing, and as without it where it is not', () => {
    fc.assert(
      fc.property(operator, wanted, team, effect, (name, values, tag, on) => {
        const plain = hold(onTeam(name, values), tagged(tag), on)
        expect(hold(onTeam(`${name}IfExists`, values), tagged(tag), on)).toBe(tag === undefined || plain)
      }),
    )
  })

  it('of several tags of one name lets an Allow hold where it does for each alone, and a Deny where it does for one', () => {
    fc.assert(
      fc.property(operator, wanted, text, text, (name, values, one, other) => {
        const alone = [one, other].map((tag) => hold(onTeam(name, values), tagged(tag)))
        const both = { resourceTags: { team: one, TEAM: other } }
        expect(hold(onTeam(name, values), both, 'Allow')).toBe(alone.every(Boolean))
        expect(hold(onTeam(name, values), both, 'Deny')).toBe(alone.some(Boolean))
      }),
    )
  })

  it('is read or refused with a sentence, whatever somebody writes', () => {
    const names = fc.constantFrom('aws:TagKeys', 'aws:ResourceTag/a', 'aws:RequestTag/', 'aws:username', '__proto__')
    const operators = fc.constantFrom('StringEquals', 'Null', 'NullIfExists', 'ForAnyValue:StringLike', 'constructor', 'Bool')
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(operators, fc.dictionary(names, fc.jsonValue()))), (block) => {
        const read = parseConditions(block)
        if ('fault' in read) expect(read.fault).toMatch(/\.$|\}|not supported yet/)
        else expect(read.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('parseConditions', () => {
  const on = (operator: string, key: string, value: unknown = 'a') => ({ [operator]: { [key]: value } })
  it.each<[unknown, RegExp]>([
    ['StringEquals', /Condition must be a JSON object/],
    [[], /Condition must be a JSON object/],
    [null, /Condition must be a JSON object/],
    [{}, /at least one operator/],
    [{ StringEquals: {} }, /StringEquals must be a JSON object with at least one condition key/],
    [{ StringEquals: 'a' }, /StringEquals must be a JSON object/],
    [on('Bool', 'aws:ResourceTag/a'), /Unknown condition operator: Bool\. Conditions can use StringEquals/],
    [on('stringequals', 'aws:ResourceTag/a'), /Unknown condition operator: stringequals/],
    [on('constructor', 'aws:ResourceTag/a'), /Unknown condition operator: constructor/],
    [on('NullIfExists', 'aws:ResourceTag/a', 'true'), /Unknown condition operator: NullIfExists/],
    [on('ForAllValues:Null', 'aws:TagKeys', 'true'), /Unknown condition operator: ForAllValues:Null/],
    [on('ForAnyValue:Bool', 'aws:TagKeys'), /Unknown condition operator: ForAnyValue:Bool/],
    [on('StringEquals', 'aws:PrincipalTag/a'), /Unknown condition key: aws:PrincipalTag\/a\. Conditions can use .* aws:ResourceTag\/KEY/],
    [on('StringEquals', 'cognito-idp:ResourceTag/a'), /Unknown condition key/],
    [on('StringEquals', 'aws:TagKeys/a'), /Unknown condition key/],
    [on('StringEquals', 'aws:ResourceTag'), /aws:ResourceTag names no tag/],
    [on('StringEquals', 'aws:RequestTag/'), /expected aws:RequestTag\/KEY/],
    [on('StringEquals', 'aws:TagKeys'), /aws:TagKeys has several values: write ForAllValues: or ForAnyValue:/],
    [on('ForAllValues:StringEquals', 'aws:ResourceTag/a'), /aws:ResourceTag\/a has one value: ForAllValues: does not go with it/],
    [on('StringEquals', 'aws:ResourceTag/a', []), /StringEquals of aws:ResourceTag\/a must be a string or a list of strings/],
    [on('StringEquals', 'aws:ResourceTag/a', ['a', 5]), /must be a string or a list of strings/],
    [on('StringEquals', 'aws:ResourceTag/a', true), /must be a string or a list of strings/],
    [on('Null', 'aws:ResourceTag/a', 'yes'), /Null of aws:ResourceTag\/a must be "true" or "false"/],
    [on('Null', 'aws:ResourceTag/a', ['true', 'false']), /must be "true" or "false"/],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's own syntax
    [on('StringEquals', 'aws:ResourceTag/a', 'x${aws:username}'), /variables are not supported/],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's own syntax
    [on('StringEquals', 'aws:ResourceTag/${aws:username}'), /variables are not supported/],
  ])('refuses %j', (block, fault) => {
    const read = parseConditions(block)
    expect('fault' in read && read.fault).toMatch(fault)
  })

  it('takes the true and false of JSON for Null, and a tag key with a slash', () => {
    expect(hold(on('Null', 'aws:ResourceTag/team', false), tagged('a'))).toBe(true)
    expect(hold(on('StringEquals', 'aws:ResourceTag/a/b', 'c'), { resourceTags: { 'a/b': 'c' } })).toBe(true)
  })
})
