import { describe, expect, it } from 'vitest'
import { decide, type Policy, parsePolicy } from './iam-policy.ts'
import { operatorRoles, rolePolicy, rolePoolFault } from './operator-roles.ts'
import { noFacts } from './policy-condition.ts'

const own = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Own'
const other = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Owner'

const allows = (policy: object, action: string, resource = own): boolean => {
  const parsed = parsePolicy(JSON.parse(JSON.stringify(policy)))
  if ('fault' in parsed) throw new Error(parsed.fault)
  return decide([parsed as Policy], action, resource, noFacts) === 'allow'
}

describe('the roles of operators', () => {
  it.each(operatorRoles)('are policies that can be enforced, with and without pools: %s', (role) => {
    for (const policy of [rolePolicy(role), rolePolicy(role, ['us-east-1_Own'])]) {
      expect(parsePolicy(policy)).not.toHaveProperty('fault')
      expect(allows(policy, 'cognito-idp:AdminGetUser')).toBe(true)
      expect(allows(policy, 'cognito-idp:ListUserPools', '*')).toBe(true)
    }
  })

  it('let an administrator do everything, also to operators', () => {
    const policy = rolePolicy('administrator')
    for (const action of ['cognito-idp:DeleteUserPool', 'poolhouse:ChooseId']) expect(allows(policy, action)).toBe(true)
    for (const action of ['poolhouse:CreateOperator', 'poolhouse:ReadMessages', 'cognito-idp:CreateUserPool'])
      expect(allows(policy, action, '*')).toBe(true)
  })

  it('let readers change nothing', () => {
    const policy = rolePolicy('read-only')
    for (const action of ['DescribeUserPoolClient', 'GetUserPoolMfaConfig', 'AdminListGroupsForUser'])
      expect(allows(policy, `cognito-idp:${action}`)).toBe(true)
    expect(allows(policy, 'poolhouse:ReadMetrics', '*')).toBe(true)
    for (const action of ['AdminCreateUser', 'UpdateUserPool', 'AdminUserGlobalSignOut', 'TagResource'])
      expect(allows(policy, `cognito-idp:${action}`)).toBe(false)
    for (const action of ['ReadMessages', 'ListOperators', 'CreateOperator']) expect(allows(policy, `poolhouse:${action}`, '*')).toBe(false)
  })

  it('let a help desk help users, and neither see secrets nor take over or delete users', () => {
    const policy = rolePolicy('support')
    for (const action of ['ListUsers', 'AdminResetUserPassword', 'AdminDisableUser', 'AdminEnableUser', 'AdminUserGlobalSignOut'])
      expect(allows(policy, `cognito-idp:${action}`)).toBe(true)
    for (const action of [
      'DescribeUserPoolClient',
      'AdminSetUserPassword',
      'AdminUpdateUserAttributes',
      'AdminDeleteUser',
      'AdminAddUserToGroup',
      'AdminInitiateAuth',
      'AdminCreateUser',
    ])
      expect(allows(policy, `cognito-idp:${action}`)).toBe(false)
    expect(allows(policy, 'poolhouse:ReadMetrics', '*')).toBe(false)
  })

  it.each(operatorRoles)('end at the pools that they are bounded to: %s', (role) => {
    const policy = rolePolicy(role, ['us-east-1_Own'])
    expect(allows(policy, 'cognito-idp:AdminGetUser', other)).toBe(false)
    expect(allows(policy, 'cognito-idp:AdminGetUser', own.replace('us-east-1:', 'us-west-1:'))).toBe(false)
    for (const action of ['cognito-idp:CreateUserPool', 'poolhouse:CreateOperator', 'poolhouse:ReadMetrics', 'poolhouse:ListOperators'])
      expect(allows(policy, action, '*')).toBe(false)
  })

  it('take ids of pools and nothing that would widen the resource', () => {
    expect(rolePoolFault('us-east-1_Own')).toBeUndefined()
    for (const id of ['*', 'us-east-1_*', 'us-east-1_', 'us-east-1_a:b', 'us-east-1_a?', '_a', ''])
      expect(rolePoolFault(id)).toMatch(/no id/)
  })
})
