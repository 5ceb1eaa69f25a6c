import { describe, expect, it } from 'vitest'
import type { AttributeType, SchemaAttributeType } from '../model/types.gen.ts'
import type { AppClient } from './app-client.ts'
import { schemaFrom } from './attribute-schema.ts'
import {
  attributeList,
  attributeRecord,
  attributesFault,
  clientAttributesFault,
  deletionFault,
  mayWrite,
  missingAttributes,
  readable,
  requiredAttributesFault,
  verifiedFlagFault,
} from './attributes.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

const made = schemaFrom([
  { Name: 'email', Required: true, Mutable: true },
  { Name: 'name', Required: true, Mutable: true },
  { Name: 'plan', AttributeDataType: 'String', Mutable: true, StringAttributeConstraints: { MinLength: '2', MaxLength: '4' } },
  { Name: 'tenant', AttributeDataType: 'String', Mutable: false },
  { Name: 'age', AttributeDataType: 'Number', Mutable: true, NumberAttributeConstraints: { MinValue: '0', MaxValue: '150' } },
  { Name: 'member', AttributeDataType: 'Boolean', Mutable: true },
  { Name: 'since', AttributeDataType: 'DateTime', Mutable: true },
  { Name: 'secret', AttributeDataType: 'String', Mutable: true, DeveloperOnlyAttribute: true },
])
const schema: SchemaAttributeType[] = 'schema' in made ? made.schema : []
const one = (Name: string, Value?: string): AttributeType[] => [{ Name, Value }]
const head = 'Attributes did not conform to the schema: '

describe('attributesFault on creation', () => {
  it.each<[AttributeType[], string | undefined]>([
    [one('email', 'ana@example.com'), undefined],
    [one('email', 'ana'), 'Invalid email address format.'],
    [one('phone_number', '+14325551212'), undefined],
    [one('phone_number', '4325551212'), 'Invalid phone number format.'],
    [one('birthdate', '1990-1-1'), `${head}birthdate: String must be no shorter than 10 characters\n`],
    [one('birthdate', '1990-01-011'), `${head}birthdate: String must be no longer than 10 characters\n`],
    [one('custom:plan', '😀😀😀😀'), undefined],
    [one('custom:plan', 'x'), `${head}custom:plan: String must be no shorter than 2 characters\n`],
    [one('name', 'x'.repeat(2049)), `${head}name: String must be no longer than 2048 characters\n`],
    [one('custom:tenant', 'x'.repeat(2049)), `${head}custom:tenant: String must be no longer than 2048 characters\n`],
    [one('custom:age', '150'), undefined],
    [one('custom:age', '151'), `${head}custom:age: Number must be no greater than 150\n`],
    [one('custom:age', '-1'), `${head}custom:age: Number must be no less than 0\n`],
    [one('custom:age', '1e3'), `${head}custom:age: Value must be a number\n`],
    [one('custom:member', 'True'), undefined],
    [one('custom:member', 'yes'), `${head}custom:member: Value must be true or false\n`],
    [one('custom:since', '2026-11-21T10:00:00Z'), undefined],
    [one('custom:since', 'yesterday'), `${head}custom:since: Value must be a date and time\n`],
    [one('custom:tenant', 'acme'), undefined],
    [one('custom:nothing', 'x'), `${head}custom:nothing: Attribute does not exist in the schema.\n`],
    [one('plan', 'x'), `${head}plan: Attribute does not exist in the schema.\n`],
    [one('sub', 'x'), `${head}sub: Attribute cannot be updated.\n`],
    [one('identities', '[]'), `${head}identities: Attribute cannot be updated.\n`],
    [one('nickname', ''), undefined],
    [one('nickname'), 'Attribute value for nickname must not be null'],
    [one('nickname', '\udc00'), `${head}nickname: Value must be well-formed text\n`],
    [[...one('nickname', 'a'), ...one('nickname', 'b')], `${head}nickname: The attribute is given more than once.\n`],
    [
      [...one('custom:a', 'x'), ...one('custom:b', 'x')],
      `${head}custom:a: Attribute does not exist in the schema.\ncustom:b: Attribute does not exist in the schema.\n`,
    ],
  ])('%j', (attributes, fault) => {
    expect(attributesFault(schema, attributes, 'admin', 'create')).toBe(fault)
  })
})

describe('attributesFault on update', () => {
  it.each<[AttributeType[], string | undefined]>([
    [one('nickname', 'a'), undefined],
    [one('nickname', ''), undefined],
    [one('custom:tenant', 'acme'), 'user.custom:tenant: Attribute cannot be updated.\n'],
    [one('custom:tenant', ''), 'user.custom:tenant: Attribute cannot be updated.\n'],
    [one('sub', 'x'), 'user.sub: Attribute cannot be updated.\n'],
    [one('custom:nothing', ''), 'user.custom:nothing: Attribute does not exist in the schema.\n'],
    [one('email', ''), 'user.email: Required attribute cannot be deleted.\n'],
    [one('email', 'x'), 'Invalid email address format.'],
  ])('%j', (attributes, fault) => {
    expect(attributesFault(schema, attributes, 'admin', 'update')).toBe(fault)
  })

  it('keeps verified flags and developer-only attributes from users', () => {
    for (const name of ['email_verified', 'phone_number_verified', 'dev:custom:secret']) {
      const value = name.startsWith('dev:') ? 'x' : 'true'
      expect(attributesFault(schema, one(name, value), 'admin', 'update')).toBeUndefined()
      expect(attributesFault(schema, one(name, value), 'user', 'update')).toBe(`user.${name}: Attribute cannot be updated.\n`)
    }
  })
})

describe('required attributes', () => {
  it('are named line by line', () => {
    expect(requiredAttributesFault(schema, {})).toBe(
      `${head}name.formatted: The attribute name.formatted is required\nemail: The attribute is required\n`,
    )
    expect(requiredAttributesFault(schema, { name: 'Ana', email: '' })).toBe(`${head}email: The attribute is required\n`)
    expect(requiredAttributesFault(schema, { name: 'Ana', email: 'ana@example.com' })).toBeUndefined()
  })

  it('do not include sub', () => {
    expect(missingAttributes(schema, {})).toEqual(['name', 'email'])
  })
})

describe('deletionFault', () => {
  it('names required attributes line by line', () => {
    expect(deletionFault(schema, ['nickname', 'custom:nothing'])).toBeUndefined()
    expect(deletionFault(schema, ['email', 'nickname', 'name'])).toBe(
      'Invalid user attributes: email: Required attribute cannot be deleted.\nname: Required attribute cannot be deleted.',
    )
  })
})

describe('verifiedFlagFault', () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ email_verified: 'false' }, undefined],
    [{ email: 'ana@example.com', email_verified: 'true' }, undefined],
    [{ email_verified: 'true' }, 'email_verified cannot be true for a user without email.'],
    [{ email: '', phone_number_verified: 'true' }, 'phone_number_verified cannot be true for a user without phone_number.'],
  ])('%j', (attributes, fault) => {
    expect(verifiedFlagFault(attributes)).toBe(fault)
  })
})

const client = (settings: Partial<AppClient>) => settings as AppClient
const pool = { SchemaAttributes: schema } as UserPool

describe('permissions of an app client', () => {
  it('reads everything, or what is listed', () => {
    const attributes = { email: 'a@b.c', 'custom:plan': 'x', 'dev:custom:secret': 'y' }
    expect(readable(client({}), pool, attributes)).toEqual(attributes)
    expect(readable(client({ ReadAttributes: ['email', 'name'] }), pool, attributes)).toEqual({ email: 'a@b.c' })
  })

  it.each<[Partial<AppClient>, string[], boolean]>([
    [{}, ['email', 'custom:plan'], true],
    [{}, ['custom:nothing'], true],
    [{}, ['email', 'email_verified'], false],
    [{}, ['phone_number_verified'], false],
    [{}, ['dev:custom:secret'], false],
    [{}, ['sub'], false],
    [{ WriteAttributes: ['email'] }, ['email'], true],
    [{ WriteAttributes: ['email'] }, ['email', 'name'], false],
    [{ WriteAttributes: ['email', 'email_verified'] }, ['email_verified'], false],
    [{ WriteAttributes: ['oidc:profile'] }, ['name', 'locale'], true],
    [{ WriteAttributes: ['oidc:profile'] }, ['email'], false],
    [{ WriteAttributes: ['oidc:profile'] }, ['updated_at'], false],
    [{ WriteAttributes: ['oidc:profile'] }, ['oidc:profile'], false],
  ])('%j writing %j', (settings, names, allowed) => {
    expect(mayWrite(client(settings), schema, names)).toBe(allowed)
  })

  const read = 'Invalid read attributes specified while creating a client'
  const write = 'Invalid write attributes specified while creating a client'
  it.each<[string[] | undefined, string[] | undefined, string | undefined]>([
    [undefined, undefined, undefined],
    [['email', 'email_verified', 'custom:plan'], ['email', 'name', 'custom:plan'], undefined],
    [['oidc:profile', 'email'], ['oidc:profile', 'email'], undefined],
    [undefined, ['oidc:profile'], write],
    [['oidc:email'], undefined, read],
    [['custom:nothing'], undefined, read],
    [undefined, ['email', 'name', 'custom:nothing'], write],
    [undefined, ['email', 'name', 'email_verified'], write],
    [undefined, ['email', 'name', 'dev:custom:secret'], write],
    [undefined, ['email', 'name', 'sub'], write],
    [undefined, ['email'], write],
    [undefined, [], undefined],
  ])('a client with %j and %j', (reads, writes, fault) => {
    expect(clientAttributesFault(schema, reads, writes)).toBe(fault)
  })

  it('says when a client is being updated', () => {
    expect(clientAttributesFault(schema, ['x'], undefined, 'updating')).toBe('Invalid read attributes specified while updating a client')
  })
})

describe('forms', () => {
  it('stores booleans in lower case and no blanks', () => {
    expect(
      attributeRecord({ SchemaAttributes: schema } as UserPool, [
        ...one('email_verified', 'True'),
        ...one('name', 'True'),
        ...one('nickname', ''),
        ...one('locale'),
      ]),
    ).toEqual({
      email_verified: 'true',
      name: 'True',
    })
  })

  it('lists sub first', () => {
    expect(attributeList({ id: 'u-1', attributes: { email: 'a@b.c' } } as unknown as User)).toEqual([
      { Name: 'sub', Value: 'u-1' },
      { Name: 'email', Value: 'a@b.c' },
    ])
  })
})
