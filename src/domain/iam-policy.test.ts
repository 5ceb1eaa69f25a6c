import { describe, expect, it } from 'vitest'
import { accessDeniedSentence, decide, type Policy, parsePolicy } from './iam-policy.ts'

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
    expect(decide(statements.length === 0 ? [] : [policy(...statements)], action, resource)).toBe(decision)
  })

  it('looks at all policies', () => {
    expect(decide([policy(allow('*')), policy(deny('*'))], 'cognito-idp:GetUser', pool)).toBe('explicit deny')
    expect(decide([policy(allow('s3:*')), policy(allow('cognito-idp:*'))], 'cognito-idp:GetUser', pool)).toBe('allow')
  })
})

describe('parsePolicy', () => {
  it('takes one statement without a list', () => {
    expect(parsePolicy({ Version: '2012-10-17', Id: 'x', Statement: { Sid: 'y', ...allow('*') } })).toEqual({
      statements: [{ effect: 'Allow', actions: { not: false, patterns: ['*'] }, resources: { not: false, patterns: ['*'] } }],
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
    [statement({ ...allow('*'), Condition: { Bool: { 'aws:SecureTransport': 'true' } } }), /Condition is not supported yet/],
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
