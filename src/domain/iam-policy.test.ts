import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessDeniedSentence, askForFacts, decide, type Policy, parsePolicy } from './iam-policy.ts'
import { noFacts } from './policy-condition.ts'

const pool = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Abc'
const policy = (...statements: object[]): Policy => {
  const parsed = parsePolicy({ Version: '2012-10-17', Statement: statements })
  if ('fault' in parsed) throw new Error(parsed.fault)
  return parsed
}
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Allow', Action, Resource })
const deny = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Deny', Action, Resource })

describe('decide', () => {
  it.each<[string, object[], string, string, string]>([
    ['nothing said', [], 'cognito-idp:GetUser', pool, 'no allow'],
    ['everything', [allow('*')], 'cognito-idp:AdminGetUser', pool, 'allow'],
    ['one operation', [allow('cognito-idp:AdminGetUser', pool)], 'cognito-idp:AdminGetUser', pool, 'allow'],
    ['any case', [allow('COGNITO-IDP:admingetuser')], 'cognito-idp:AdminGetUser', pool, 'allow'],
    ['another operation', [allow('cognito-idp:AdminGetUser')], 'cognito-idp:AdminDeleteUser', pool, 'no allow'],
    ['a wildcard', [allow('cognito-idp:Admin*User')], 'cognito-idp:AdminDeleteUser', pool, 'allow'],
    ['one character', [allow('cognito-idp:?etUser')], 'cognito-idp:GetUser', pool, 'allow'],
    ['another pool', [allow('*', pool)], 'cognito-idp:GetUser', `${pool}d`, 'no allow'],
    ['resource in another case', [allow('*', pool)], 'cognito-idp:GetUser', pool.replace('Abc', 'abc'), 'no allow'],
    ['any pool', [allow('*', 'arn:aws:cognito-idp:*:*:userpool/*')], 'cognito-idp:GetUser', pool, 'allow'],
    ['wildcard within its part', [allow('*', 'arn:aws:cognito-idp:*:userpool/*:x')], 'cognito-idp:GetUser', pool, 'no allow'],
    ['a pool ARN for all pools', [allow('*', pool)], 'cognito-idp:ListUserPools', '*', 'no allow'],
    ['deny wins', [allow('*'), deny('cognito-idp:Delete*')], 'cognito-idp:DeleteUserPool', pool, 'explicit deny'],
    ['deny elsewhere', [allow('*'), deny('*', `${pool}d`)], 'cognito-idp:DeleteUserPool', pool, 'allow'],
    ['lists', [allow(['a:b', 'cognito-idp:GetUser'], ['arn:aws:s3:::x', pool])], 'cognito-idp:GetUser', pool, 'allow'],
    ['NotAction', [{ Effect: 'Allow', NotAction: 'cognito-idp:Delete*', Resource: '*' }], 'cognito-idp:GetUser', pool, 'allow'],
    ['NotAction of it', [{ Effect: 'Allow', NotAction: 'cognito-idp:Delete*', Resource: '*' }], 'cognito-idp:DeleteUser', pool, 'no allow'],
    ['NotResource', [allow('*'), { Effect: 'Deny', Action: '*', NotResource: pool }], 'cognito-idp:GetUser', `${pool}d`, 'explicit deny'],
    ['NotResource of it', [allow('*'), { Effect: 'Deny', Action: '*', NotResource: pool }], 'cognito-idp:GetUser', pool, 'allow'],
  ])('%s', (_, statements, action, resource, decision) => {
    expect(decide(statements.length === 0 ? [] : [policy(...statements)], action, resource, noFacts)).toBe(decision)
  })

  it('wants every policy to allow, and none to deny', () => {
    expect(decide([policy(allow('*')), policy(deny('*'))], 'cognito-idp:GetUser', pool, noFacts)).toBe('explicit deny')
    expect(decide([policy(allow('s3:*')), policy(allow('cognito-idp:*'))], 'cognito-idp:GetUser', pool, noFacts)).toBe('no allow')
    expect(decide([policy(allow('*')), policy(allow('cognito-idp:*'))], 'cognito-idp:GetUser', pool, noFacts)).toBe('allow')
  })
})

describe('decide with conditions', () => {
  const of = (team: string) => ({ Condition: { StringEquals: { 'aws:ResourceTag/team': team } } })
  const facts = (team: string) => ({ ...noFacts, resourceTags: { team } })

  it('counts a statement only where its conditions hold', () => {
    const mine = policy({ ...allow('*'), ...of('a') })
    expect(['a', 'b'].map((team) => decide([mine], 'cognito-idp:GetUser', pool, facts(team)))).toEqual(['allow', 'no allow'])
    const notTheirs = policy(allow('*'), { ...deny('*'), ...of('b') })
    expect(['a', 'b'].map((team) => decide([notTheirs], 'cognito-idp:GetUser', pool, facts(team)))).toEqual(['allow', 'explicit deny'])
    expect(decide([notTheirs], 'cognito-idp:GetUser', pool, noFacts)).toBe('allow')
    expect([mine, notTheirs, policy(allow('*'))].map((one) => askForFacts([one]))).toEqual([true, true, false])
  })

  it('never allows more by one more policy', () => {
    const team = fc.constantFrom('a', 'b')
    const statement = fc
      .tuple(fc.constantFrom('Allow', 'Deny'), fc.constantFrom('*', 'cognito-idp:Get*', 'cognito-idp:List*'), fc.option(team))
      .map(([Effect, Action, bound]) => ({ Effect, Action, Resource: '*', ...(bound === null ? {} : of(bound)) }))
    const anyPolicy = fc.array(statement, { minLength: 1, maxLength: 3 }).map((statements) => policy(...statements))
    const actions = fc.constantFrom('cognito-idp:GetUser', 'cognito-idp:ListUsers', 'cognito-idp:DeleteUser')
    fc.assert(
      fc.property(fc.array(anyPolicy, { minLength: 1 }), anyPolicy, actions, team, (policies, more, action, tag) => {
        const allows = (some: readonly Policy[]) => decide(some, action, pool, facts(tag)) === 'allow'
        expect(allows([...policies, more])).toBe(allows(policies) && allows([more]))
      }),
    )
  })
})

describe('parsePolicy', () => {
  it('takes one statement without a list', () => {
    expect(parsePolicy({ Version: '2012-10-17', Id: 'x', Statement: { Sid: 'y', ...allow('*') } })).toEqual({
      statements: [
        { effect: 'Allow', actions: { not: false, patterns: ['*'] }, resources: { not: false, patterns: ['*'] }, conditions: [] },
      ],
    })
  })

  const statement = (fields: object) => ({ Version: '2012-10-17', Statement: [fields] })
  it.each<[unknown, RegExp]>([
    ['{}', /JSON object/],
    [null, /JSON object/],
    [[], /JSON object/],
    [{ Statement: [] }, /Version/],
    [{ Version: '2008-10-17', Statement: [allow('*')] }, /Version/],
    [{ Version: '2012-10-17', Statement: [] }, /at least one/],
    [{ Version: '2012-10-17' }, /JSON object/],
    [{ Version: '2012-10-17', Statement: [allow('*')], Extra: 1 }, /Unknown element in the policy: Extra/],
    [
      statement({ ...allow('*'), Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      /Unknown condition (?:operator: Bool|key: aws:SecureTransport)\. Conditions can use StringEquals, .*aws:TagKeys/,
    ],
    [statement({ ...allow('*'), Principal: '*' }), /Unknown element in a statement: Principal/],
    [statement({ ...allow('*'), Effect: 'allow' }), /Effect/],
    [statement({ Effect: 'Allow', Resource: '*' }), /exactly one of Action and NotAction/],
    [statement({ ...allow('*'), NotAction: '*' }), /exactly one of Action and NotAction/],
    [statement({ Effect: 'Allow', Action: '*' }), /exactly one of Resource and NotResource/],
    [statement(allow([])), /string or a list of strings/],
    [statement({ ...allow('*'), Action: 5 }), /string or a list of strings/],
    [statement(allow('GetUser')), /expected service:Operation/],
    [statement(allow('*', 'us-east-1_Abc')), /Not a resource ARN/],
    [statement(deny('*', 'arn:aws:cognito-idp:*')), /Not a resource ARN/],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's own syntax
    [statement(allow('*', 'arn:aws:cognito-idp:us-east-1:1:userpool/${aws:username}')), /variables are not supported/],
  ])('refuses %j', (document, fault) => {
    const parsed = parsePolicy(document)
    expect('fault' in parsed && parsed.fault).toMatch(fault)
  })
})

describe('accessDeniedSentence', () => {
  const user = 'arn:aws:iam::123456789012:user/ci'
  const start = `User: ${user} is not authorized to perform: cognito-idp:GetUser on resource: ${pool}`
  it('is worded as AWS words it', () => {
    expect(accessDeniedSentence(user, 'cognito-idp:GetUser', pool, 'no allow')).toBe(
      `${start} because no identity-based policy allows the cognito-idp:GetUser action`,
    )
    expect(accessDeniedSentence(user, 'cognito-idp:GetUser', pool, 'explicit deny')).toBe(
      `${start} with an explicit deny in an identity-based policy`,
    )
  })
})
