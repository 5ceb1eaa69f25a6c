import { describe, expect, it } from 'vitest'
import type { SchemaAttributeType } from '../model/types.gen.ts'
import { customAttributesFault, type SchemaAttribute, schemaFrom, standardAttributes, withCustomAttributes } from './attribute-schema.ts'

const named = (schema: readonly SchemaAttributeType[], name: string) => schema.find(({ Name }) => Name === name)
const made = (requested: SchemaAttributeType[] | undefined): SchemaAttribute[] => {
  const result = schemaFrom(requested)
  if ('fault' in result) throw new Error(result.fault)
  return result.schema
}

describe('standardAttributes', () => {
  it('has the 20 of the sample response and identities, in its order', () => {
    expect(standardAttributes.map(({ Name }) => Name)).toEqual([
      'sub',
      'name',
      'given_name',
      'family_name',
      'middle_name',
      'nickname',
      'preferred_username',
      'profile',
      'picture',
      'website',
      'email',
      'email_verified',
      'gender',
      'birthdate',
      'zoneinfo',
      'locale',
      'phone_number',
      'phone_number_verified',
      'address',
      'updated_at',
      'identities',
    ])
  })

  it('describes them as DescribeUserPool does', () => {
    expect(named(standardAttributes, 'sub')).toEqual({
      Name: 'sub',
      AttributeDataType: 'String',
      DeveloperOnlyAttribute: false,
      Mutable: false,
      Required: true,
      StringAttributeConstraints: { MinLength: '1', MaxLength: '2048' },
    })
    expect(named(standardAttributes, 'birthdate')?.StringAttributeConstraints).toEqual({ MinLength: '10', MaxLength: '10' })
    expect(named(standardAttributes, 'email_verified')).toEqual({
      Name: 'email_verified',
      AttributeDataType: 'Boolean',
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
    })
    expect(named(standardAttributes, 'updated_at')).toMatchObject({
      AttributeDataType: 'Number',
      NumberAttributeConstraints: { MinValue: '0' },
    })
  })
})

describe('schemaFrom', () => {
  it('is the standard schema when nothing is asked', () => {
    expect(schemaFrom(undefined)).toEqual({ schema: standardAttributes })
  })

  it('changes what a request says about a standard attribute, and nothing else', () => {
    const email = named(made([{ Name: 'email', Required: true, Mutable: false, StringAttributeConstraints: { MaxLength: '64' } }]), 'email')
    expect(email).toMatchObject({
      Required: true,
      Mutable: false,
      AttributeDataType: 'String',
      StringAttributeConstraints: { MinLength: '0', MaxLength: '64' },
    })
  })

  it('lets nobody change what is named without Mutable, and leaves what is not named as it is, as measured', () => {
    const schema = made([
      { Name: 'email', Required: true },
      { Name: 'plan', AttributeDataType: 'String' },
    ])
    const mutable = (...names: string[]) => names.map((name) => named(schema, name)?.Mutable)
    expect(mutable('email', 'custom:plan', 'name', 'email_verified', 'sub')).toEqual([false, false, true, true, false])
    expect(named(made([{ Name: 'email', Mutable: true }]), 'email')).toEqual(named(standardAttributes, 'email'))
  })

  it('makes a custom attribute under the name of a verified flag, as measured', () => {
    const schema = made([{ Name: 'email_verified', AttributeDataType: 'String' }])
    expect(schema.slice(0, -1)).toEqual(standardAttributes)
    expect(schema.at(-1)).toMatchObject({ Name: 'custom:email_verified', AttributeDataType: 'String' })
  })

  it('never loosens sub', () => {
    expect(named(made([{ Name: 'sub', Mutable: true, Required: false }]), 'sub')).toEqual(named(standardAttributes, 'sub'))
  })

  it('prefixes custom names and keeps only the constraints of the type', () => {
    const schema = made([
      { Name: 'plan', AttributeDataType: 'String' },
      {
        Name: 'mydev',
        AttributeDataType: 'Number',
        DeveloperOnlyAttribute: true,
        Mutable: true,
        NumberAttributeConstraints: { MinValue: '1', MaxValue: '99' },
        StringAttributeConstraints: { MinLength: '1', MaxLength: '99' },
      },
      { Name: 'custom:plan', AttributeDataType: 'Boolean', Mutable: false },
    ])
    expect(schema.slice(standardAttributes.length)).toEqual([
      {
        Name: 'custom:plan',
        AttributeDataType: 'String',
        DeveloperOnlyAttribute: false,
        Mutable: false,
        Required: false,
        StringAttributeConstraints: {},
      },
      {
        Name: 'dev:custom:mydev',
        AttributeDataType: 'Number',
        DeveloperOnlyAttribute: true,
        Mutable: true,
        Required: false,
        NumberAttributeConstraints: { MinValue: '1', MaxValue: '99' },
      },
      { Name: 'custom:custom:plan', AttributeDataType: 'Boolean', DeveloperOnlyAttribute: false, Mutable: false, Required: false },
    ])
  })

  const retyped = 'You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email'
  it.each<[SchemaAttributeType[], string]>([
    [[{ Name: 'plan' }], 'Invalid AttributeDataType input, consider using the provided AttributeDataType enum.'],
    [[{ Name: 'plan', AttributeDataType: 'String', Required: true }], 'Required custom attributes are not supported currently.'],
    [[{ AttributeDataType: 'String' }], 'Schema attributes must have a name.'],
    [[{ Name: 'email_verified' }], 'Invalid AttributeDataType input, consider using the provided AttributeDataType enum.'],
    [
      [{ Name: 'phone_number_verified', AttributeDataType: 'Boolean' }],
      "1 validation error detected: Value 'phone_number_verified' at 'schema.1.member.name' failed to satisfy constraint: Member must have length less than or equal to 20",
    ],
    [[{ Name: 'email', AttributeDataType: 'Number' }], retyped],
    [[{ Name: 'email', DeveloperOnlyAttribute: true }], retyped],
    [
      [
        { Name: 'plan', AttributeDataType: 'String' },
        { Name: 'plan', AttributeDataType: 'Number' },
      ],
      'Duplicate custom attribute names custom:plan are not allowed in a user pool schema.',
    ],
    [
      [{ Name: 'a', AttributeDataType: 'String', StringAttributeConstraints: { MinLength: '9', MaxLength: '8' } }],
      "Attribute custom:a cannot have a max length shorter than it's min length",
    ],
    [
      [{ Name: 'a', AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '2', MaxValue: '-3' } }],
      "Attribute custom:a cannot have a max value smaller than it's min value",
    ],
    [
      [{ Name: 'a', AttributeDataType: 'String', StringAttributeConstraints: { MaxLength: 'many' } }],
      'Invalid StringAttributeConstraints for schema attribute custom:a',
    ],
    [
      [{ Name: 'a', AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '' } }],
      'Invalid NumberAttributeConstraints for schema attribute custom:a',
    ],
    [
      [{ Name: 'email', StringAttributeConstraints: { MaxLength: '2049' } }],
      'user.email: String attributes cannot have a length of more than 2048',
    ],
  ])('refuses %j', (requested, fault) => {
    expect(schemaFrom(requested)).toEqual({ fault })
  })

  it('has room for 20 characters in a name and 50 custom attributes', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => ({ Name: `a${i}`, AttributeDataType: 'String' as const }))
    expect(made(many(50))).toHaveLength(standardAttributes.length + 50)
    expect(schemaFrom(many(51))).toEqual({ fault: 'A user pool can have at most 50 custom attributes.' })
    expect(made([{ Name: 'x'.repeat(20), AttributeDataType: 'String' }])).toHaveLength(standardAttributes.length + 1)
    expect(schemaFrom([{ Name: 'x'.repeat(21), AttributeDataType: 'String' }])).toHaveProperty('fault')
  })
})

describe('AddCustomAttributes', () => {
  const schema = made([{ Name: 'plan', AttributeDataType: 'String' }])

  it('adds under the custom prefix, even names of standard attributes', () => {
    const added: SchemaAttributeType[] = [{ Name: 'email', AttributeDataType: 'Boolean' }]
    expect(customAttributesFault(schema, added)).toBeUndefined()
    expect(withCustomAttributes(schema, added).at(-1)).toMatchObject({ Name: 'custom:email', AttributeDataType: 'Boolean' })
    expect(withCustomAttributes(schema, added).slice(0, -1)).toEqual(schema)
  })

  it.each<[SchemaAttributeType[], string]>([
    [[{ Name: 'plan', AttributeDataType: 'String' }], 'custom:plan: Existing attribute already has name custom:plan.'],
    [[{ Name: 'new' }], 'Invalid AttributeDataType input, consider using the provided AttributeDataType enum.'],
    [
      [
        { Name: 'new', AttributeDataType: 'String' },
        { Name: 'new', AttributeDataType: 'String' },
      ],
      'Duplicate custom attribute names custom:new are not allowed in a user pool schema.',
    ],
    [
      Array.from({ length: 50 }, (_, i) => ({ Name: `a${i}`, AttributeDataType: 'String' as const })),
      'A user pool can have at most 50 custom attributes.',
    ],
  ])('refuses %#', (added, fault) => {
    expect(customAttributesFault(schema, added)).toBe(fault)
  })
})
