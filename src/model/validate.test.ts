import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operationNamed, operationNames } from './model.ts'
import type { OperationName } from './types.gen.ts'
import { type Validated, validateInput } from './validate.ts'

const check = (name: OperationName, json: unknown): Validated => {
  const operation = operationNamed(name)
  if (operation === undefined) throw new Error(name)
  return validateInput(operation, json)
}
const message = (name: OperationName, json: unknown): string => {
  const result = check(name, json)
  return result.kind === 'ok' ? 'ok' : `${result.kind}: ${result.message}`
}
const clientId = '4a7s1s2examplexample123456'

describe('validation sentences', () => {
  it.each<[OperationName, unknown, string]>([
    [
      'SignUp',
      { ClientId: clientId, Username: 'ana', Password: ' x' },
      "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    ],
    [
      'SignUp',
      { Password: 'long enough' },
      "2 validation errors detected: Value at 'clientId' failed to satisfy constraint: Member must not be null; Value at 'username' failed to satisfy constraint: Member must not be null",
    ],
    [
      'DescribeUserPool',
      {},
      "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member must not be null",
    ],
    [
      'DescribeUserPool',
      { UserPoolId: null },
      "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member must not be null",
    ],
    [
      'DescribeUserPool',
      { UserPoolId: 'nope' },
      "1 validation error detected: Value 'nope' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
    ],
    [
      'DescribeUserPool',
      { UserPoolId: '' },
      "2 validation errors detected: Value '' at 'userPoolId' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
    ],
    [
      'ListUserPools',
      { MaxResults: 61 },
      "1 validation error detected: Value '61' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 60",
    ],
    [
      'ListUserPools',
      { MaxResults: 0 },
      "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'CreateUserPool',
      { PoolName: 'p', MfaConfiguration: 'MAYBE' },
      "1 validation error detected: Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OFF, ON, OPTIONAL]",
    ],
    [
      'CreateUserPool',
      { PoolName: 'p', AliasAttributes: ['email', 'shoe_size'] },
      "1 validation error detected: Value '[email, shoe_size]' at 'aliasAttributes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [phone_number, email, preferred_username]]",
    ],
    [
      'CreateUserPool',
      { PoolName: 'p', Policies: { PasswordPolicy: { MinimumLength: 5 } } },
      "1 validation error detected: Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value greater than or equal to 6",
    ],
    [
      'SignUp',
      { ClientId: clientId, Username: 'ana', UserAttributes: [{ Name: 'email', Value: 'a@b' }, { Value: 'secret' }] },
      "1 validation error detected: Value null at 'userAttributes.2.member.name' failed to satisfy constraint: Member must not be null",
    ],
    [
      'SignUp',
      { ClientId: clientId, Username: 'ana', UserAttributes: [{ Name: 'nickname', Value: 'x'.repeat(2049) }] },
      "1 validation error detected: Value at 'userAttributes.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 2048",
    ],
    [
      'TagResource',
      { ResourceArn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_a', Tags: { [`k${'x'.repeat(128)}`]: 'v' } },
      "1 validation error detected: Value at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]",
    ],
  ])('%s %j', (name, json, expected) => {
    expect(message(name, json)).toBe(`validation: ${expected}`)
  })

  it('cuts a quoted value at 1,024 characters', () => {
    expect(message('DescribeUserPool', { UserPoolId: 'x'.repeat(500_000) }).length).toBeLessThan(1500)
  })

  it('counts length in UTF-16 units, as Java does', () => {
    expect(message('SignUp', { ClientId: clientId, Username: '😀'.repeat(64), Password: 'Passw0rd!' })).toBe('ok')
    expect(message('SignUp', { ClientId: clientId, Username: '😀'.repeat(65), Password: 'Passw0rd!' })).toContain(
      'less than or equal to 128',
    )
  })

  it('leaves AuthParameters to the sign-in, however long they are', () => {
    const parameters = { USERNAME: 'u'.repeat(300), PASSWORD: 'p'.repeat(300) }
    expect(message('InitiateAuth', { ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: parameters })).toBe('ok')
  })
})

describe('JSON of another type', () => {
  it.each<[OperationName, unknown, string]>([
    ['ListUserPools', { MaxResults: '10' }, 'STRING_VALUE can not be converted to an Integer'],
    ['ListUserPools', { MaxResults: false }, 'FALSE_VALUE can not be converted to an Integer'],
    ['ListUserPools', { MaxResults: 1e12 }, 'NUMBER_VALUE can not be converted to an Integer'],
    ['ListUserPools', { MaxResults: [1] }, 'Start of list found where not expected'],
    ['DescribeUserPool', { UserPoolId: 7 }, 'NUMBER_VALUE can not be converted to a String'],
    ['DescribeUserPool', { UserPoolId: true }, 'TRUE_VALUE can not be converted to a String'],
    ['DescribeUserPool', { UserPoolId: {} }, 'Start of structure or map found where not expected.'],
    ['DescribeUserPool', [], 'Start of list found where not expected'],
    ['DescribeUserPool', 'x', 'Expected null'],
    ['DescribeUserPool', null, 'Expected null'],
    ['SignUp', { UserAttributes: { Name: 'email' } }, 'Start of structure or map found where not expected.'],
    ['SignUp', { UserAttributes: 'email' }, 'Expected list or null'],
    ['SignUp', { UserAttributes: ['email'] }, 'Expected null'],
    ['InitiateAuth', { AuthParameters: 'x' }, 'Expected map or null'],
    ['InitiateAuth', { AuthParameters: { USERNAME: 1 } }, 'NUMBER_VALUE can not be converted to a String'],
    ['InitiateAuth', { AuthParameters: [] }, 'Start of list found where not expected'],
    ['ConfirmSignUp', { ForceAliasCreation: 'true' }, 'STRING_VALUE can not be converted to a Boolean'],
    ['SetUICustomization', { ImageFile: '!!' }, 'STRING_VALUE can not be converted to a Blob'],
    ['DescribeUserPool', { UserPoolId: 'a\0b' }, 'STRING_VALUE contains U+0000 or half of a surrogate pair'],
    ['InitiateAuth', { AuthParameters: { USERNAME: '\ud800' } }, 'STRING_VALUE contains U+0000 or half of a surrogate pair'],
    ['InitiateAuth', { AuthParameters: { '\ud800': 'x' } }, 'STRING_VALUE contains U+0000 or half of a surrogate pair'],
  ])('%s %j', (name, json, expected) => {
    expect(message(name, json)).toBe(`serialization: ${expected}`)
  })
})

describe('the value', () => {
  const ok = (name: OperationName, json: unknown) => {
    const result = check(name, json)
    if (result.kind !== 'ok') throw new Error(result.message)
    return result.value
  }

  it('drops what the model does not know, and null', () => {
    const json = { UserPoolId: 'us-east-1_a', Unknown: 1, constructor: 'x' }
    expect(ok('DescribeUserPool', json)).toEqual({ UserPoolId: 'us-east-1_a' })
    expect(ok('CreateUserPool', { PoolName: 'p', Schema: null, AliasAttributes: ['email', null] })).toEqual({
      PoolName: 'p',
      AliasAttributes: ['email'],
    })
  })

  it('cuts off fractions and reads bytes', () => {
    expect(ok('ListUserPools', { MaxResults: 10.9 })).toEqual({ MaxResults: 10 })
    expect(ok('SetUICustomization', { UserPoolId: 'us-east-1_a', ImageFile: 'AAEC' })).toEqual({
      UserPoolId: 'us-east-1_a',
      ImageFile: Uint8Array.of(0, 1, 2),
    })
  })

  it('has maps in which nothing is inherited', () => {
    const json = JSON.parse(`{"ClientId":"${clientId}","AuthFlow":"USER_AUTH","AuthParameters":{"__proto__":"evil","USERNAME":"ana"}}`)
    const parameters = ok('InitiateAuth', json)['AuthParameters'] as Record<string, string>
    expect(Object.keys(parameters)).toEqual(['USERNAME'])
    expect(parameters['constructor']).toBeUndefined()
    expect(({} as Record<string, unknown>)['evil']).toBeUndefined()
  })

  it('keeps free-form documents, without prototypes of the sender', () => {
    const json = JSON.parse('{"UserPoolId":"us-east-1_a","ClientId":"c","Settings":{"a":[1,{"b":null}],"__proto__":{"polluted":true}}}')
    expect(ok('CreateManagedLoginBranding', json)['Settings']).toEqual({ a: [1, { b: null }] })
  })
})

it('answers for any JSON and any operation, never twice a different thing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...operationNames), fc.jsonValue({ maxDepth: 6 }), (name, json) => {
      expect(check(name, json)).toEqual(check(name, json))
    }),
    { numRuns: 1000 },
  )
})

it('answers for bodies with the right member names and any values', () => {
  const members = [...new Set(operationNames.flatMap((name) => [...(operationNamed(name)?.input.members.keys() ?? [])]))]
  const body = fc.dictionary(fc.constantFrom(...members), fc.jsonValue({ maxDepth: 4 }))
  fc.assert(
    fc.property(fc.constantFrom(...operationNames), body, (name, json) => {
      expect(['ok', 'serialization', 'validation']).toContain(check(name, json).kind)
    }),
    { numRuns: 1000 },
  )
})
