import { describe, expect, it } from 'vitest'
import { newOperatorFault, noOperator, policyOf, rightsText } from '../../console/src/api/new-operator.ts'
import { codeFault, newPasswordFault } from '../../console/src/api/new-password.ts'
import { readPolicy } from '../../console/src/api/policy-text.ts'
import { waitText } from '../../console/src/shell/door/wait-text.ts'
import { rolePolicy } from '../../src/domain/operator-roles.ts'

const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'cognito-idp:ListUsers', Resource: '*' }] }

describe('a policy that is typed or pasted', () => {
  it('is read', () => {
    expect(readPolicy(`\n${JSON.stringify(policy, null, 2)}\n`)).toEqual({ document: policy })
  })

  it.each([
    ['', 'Enter a policy, or paste one.'],
    ['   \n', 'Enter a policy, or paste one.'],
    ['name,action\nada,read\n', 'This looks like a table (CSV). A policy is JSON text that begins with a brace: {'],
    ['name;action;pool', 'This looks like a table (CSV). A policy is JSON text that begins with a brace: {'],
    ['name\taction\nada\tread', 'This looks like a table (CSV). A policy is JSON text that begins with a brace: {'],
    ['support', 'A policy is JSON text that begins with a brace: {'],
    ['[{}]', 'A policy is JSON text that begins with a brace: {'],
    ['{', 'The JSON ends too early: a bracket or a quotation mark is not closed. Was all of it copied?'],
    [JSON.stringify(policy).slice(0, -3), 'The JSON ends too early: a bracket or a quotation mark is not closed. Was all of it copied?'],
    [
      '{\n  "Version": "2012-10-17"\n  "Statement": []\n}',
      "This is not JSON yet: line 3 is the first that can't be read. A missing or superfluous comma or quotation mark is the usual reason.",
    ],
    ['{ "Version": "2012-10-17", "Statement": [] }', 'A policy must have at least one statement.'],
    ['{ "Version": "2008-10-17", "Statement": [] }', 'Version must be "2012-10-17".'],
  ])('%j is refused in a sentence', (text, fault) => {
    expect(readPolicy(text)).toEqual({ fault })
  })
})

describe('a new operator', () => {
  it.each([
    [{}, 'The operator needs a name.'],
    [{ name: 'Ada Lovelace' }, 'The name of an operator has 1 to 64 letters, digits or any of .@_- and nothing else.'],
    [{ name: ' Ada ' }, undefined],
    [{ name: 'ada', bound: 'chosen' }, 'Choose at least one user pool, or all.'],
    [{ name: 'ada', bound: 'chosen', poolIds: ['us-east-1_Shop'] }, undefined],
    [{ name: 'ada', rights: 'policy' }, 'Enter a policy, or paste one.'],
    [{ name: 'ada', rights: 'policy', policyText: JSON.stringify(policy) }, undefined],
  ] as const)('%o', (typed, fault) => {
    expect(newOperatorFault({ ...noOperator, ...typed })).toBe(fault)
  })

  it('gets the role for the pools that are chosen now', () => {
    const form = { ...noOperator, poolIds: ['us-east-1_Shop'] }
    expect(policyOf(form)).toEqual({ document: rolePolicy('support') })
    expect(policyOf({ ...form, bound: 'chosen' })).toEqual({ document: rolePolicy('support', ['us-east-1_Shop']) })
  })
})

describe('rights in a few words', () => {
  it.each([
    [rolePolicy('administrator'), 'Administrator'],
    [rolePolicy('support', ['us-east-1_Shop']), 'Support for 1 user pool'],
    [rolePolicy('read-only', ['us-east-1_Shop', 'eu-west-1_Club']), 'Read-only for 2 user pools'],
    [policy, 'Own policy, 1 statement'],
    [{ ...policy, Statement: policy.Statement[0] }, 'Own policy, 1 statement'],
    [{ ...policy, Statement: [...policy.Statement, ...policy.Statement] }, 'Own policy, 2 statements'],
    // One action less than the role is no role.
    [JSON.parse(JSON.stringify(rolePolicy('support')).replace(',"cognito-idp:AdminGetUser"', '')) as object, 'Own policy, 2 statements'],
  ])('%j', (document, text) => {
    expect(rightsText(document)).toBe(text)
  })
})

describe('a new password', () => {
  it.each([
    ['eleven char', 'eleven char', 'The password must have at least 12 characters.'],
    ['x'.repeat(257), 'x'.repeat(257), 'The password must have at most 256 characters.'],
    ['a-name-of-twelve', 'a-name-of-twelve', 'The password must not be the name.'],
    ['nine otters walk', 'nine otters walked', 'The two passwords are not the same.'],
    ['nine otters walk', 'nine otters walk', undefined],
  ])('%j, %j', (password, again, fault) => {
    expect(newPasswordFault(password, again, 'a-name-of-twelve')).toBe(fault)
  })

  it.each([
    ['123456', true],
    ['123 456', true],
    ['12345', false],
    ['', false],
    ['12345a', false],
  ])('goes with a code: %j', (code, isRight) => {
    expect(codeFault(code) === undefined).toBe(isRight)
  })
})

describe('how long somebody has to wait', () => {
  it.each([
    [1, 'in 1 second'],
    [12_000, 'in 12 seconds'],
    [60_000, 'in 1 minute'],
    [185_000, 'in 3 minutes 5 seconds'],
    [3_600_000, 'in 1 hour'],
    [7_505_000, 'in 2 hours 5 minutes'],
  ])('%i ms', (left, text) => {
    expect(waitText(left)).toBe(text)
  })
})
