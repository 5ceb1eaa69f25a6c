import { describe, expect, it } from 'vitest'
import { postmanTarget } from '../../tests/support/postman-target.ts'
import { schemaFrom } from '../domain/attribute-schema.ts'
import { attributesFault } from '../domain/attributes.ts'
import { passwordFault } from '../domain/password-policy.ts'
import { fileName } from './file-name.ts'
import { traveller } from './person.ts'
import { plannedUser } from './planned-user.ts'
import { testPasswords } from './test-passwords.ts'

const everything = ['birthdate', 'gender', 'updated_at', 'website', 'zoneinfo', 'address', 'phone_number', 'preferred_username']

describe('the user that the collection makes', () => {
  it('has every attribute that the pool requires, in values that it takes', () => {
    const asked = schemaFrom(everything.map((Name) => ({ Name, Required: true })))
    if ('fault' in asked) throw new Error(asked.fault)
    const { attributes } = plannedUser(postmanTarget({ pool: { SchemaAttributes: asked.schema } }), traveller)
    expect(attributes.map(({ Name }) => Name)).toEqual(expect.arrayContaining([...everything, 'email', 'name']))
    const filled = attributes.map(({ Name, Value = '' }) => ({
      Name,
      Value: Value.replace('{{email}}', 'ana@example.com').replace('{{phone_number}}', '+15550100'),
    }))
    expect(attributesFault(asked.schema, filled, 'user', 'create')).toBeUndefined()
  })

  it('is named as the pool wants it, and writes only what the app client may', () => {
    const byPhone = plannedUser(postmanTarget({ pool: { UsernameAttributes: ['phone_number'] } }), traveller)
    expect([byPhone.kind, byPhone.user.attributes['phone_number']]).toEqual(['phone_number', '{{username}}'])
    const narrow = plannedUser(postmanTarget({ client: { WriteAttributes: ['email'] } }), traveller)
    expect(narrow.attributes.map(({ Name }) => Name)).toEqual(['email'])
  })

  it('has passwords that fit the policy, all different', () => {
    const policy = { MinimumLength: 99, RequireUppercase: true, RequireLowercase: true, RequireNumbers: true, RequireSymbols: true }
    for (const each of [policy, undefined]) {
      const passwords = testPasswords(each)
      expect(passwords.map((password) => passwordFault(each, password))).toEqual([undefined, undefined, undefined])
      expect(new Set(passwords).size).toBe(3)
    }
  })
})

it.each([
  ['Shop', 'Web app', 'shop-web-app'],
  ['shop', 'kept', 'shop-kept'],
  ['Shop', 'Web-App', 'shop-web-app.1abc'],
  ['Shop', 'Web  app', 'shop-web-app.1abc'],
  ['Shop', 'WebApp', 'shop-webapp.1abc'],
  ['Shop Web', 'app', 'shop-web-app.1abc'],
  ['Zürich & Co', 'a/../b', 'zurich-co-a-b.1abc'],
  ['店', '店', 'poolhouse.1abc'],
  ['Shop', 'x'.repeat(128), `shop-${'x'.repeat(95)}.1abc`],
])('files of pool %s and client %s are called %s', (Name, ClientName, name) => {
  expect(fileName(postmanTarget({ pool: { Id: 'us-east-1_X', Name }, client: { ClientId: '1abc', ClientName } }))).toBe(name)
})
