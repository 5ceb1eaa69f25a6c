import type { SchemaAttributeType, UserPoolType } from '../../../src/model/types.gen.ts'
import { numberFault } from './setting-values.ts'

/** A custom attribute as it is typed. */
export interface CustomAttributeValues {
  readonly name: string
  readonly type: 'String' | 'Number' | 'DateTime' | 'Boolean'
  readonly min: string
  readonly max: string
  readonly mutable: boolean
}

/** The empty form. */
export const noCustomAttribute: CustomAttributeValues = { name: '', type: 'String', min: '', max: '', mutable: true }

/** The attributes that an operator added: `custom:` and `dev:custom:` before their names. */
export const customAttributesOf = ({ SchemaAttributes = [] }: UserPoolType): readonly SchemaAttributeType[] =>
  SchemaAttributes.filter(({ Name = '' }) => /^(dev:)?custom:/.test(Name))

/** The names of the attributes that everybody gives at sign-up. */
export const requiredAttributesOf = ({ SchemaAttributes = [] }: UserPoolType): readonly string[] =>
  SchemaAttributes.flatMap(({ Name = '', Required }) => (Required && Name !== 'sub' ? [Name] : []))

/** What is wrong with it, as a sentence. */
export const customAttributeFault = ({ name, type, min, max }: CustomAttributeValues): string | undefined => {
  if (name.trim() === '') return 'The attribute needs a name.'
  if (name.startsWith('custom:')) return 'Leave out custom: it is put before the name.'
  if (type !== 'String') return undefined
  return (
    (min === '' ? undefined : numberFault('The minimum length', min, 0, 2048)) ??
    (max === '' ? undefined : numberFault('The maximum length', max, 0, 2048))
  )
}

/** The member of AddCustomAttributes' request. */
export const customAttribute = ({ name, type, min, max, mutable }: CustomAttributeValues): SchemaAttributeType => ({
  Name: name.trim(),
  AttributeDataType: type,
  Mutable: mutable,
  ...(type === 'String' && {
    StringAttributeConstraints: { ...(min !== '' && { MinLength: min }), ...(max !== '' && { MaxLength: max }) },
  }),
  ...(type === 'Number' && { NumberAttributeConstraints: { ...(min !== '' && { MinValue: min }), ...(max !== '' && { MaxValue: max }) } }),
})
