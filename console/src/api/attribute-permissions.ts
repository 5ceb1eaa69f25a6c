import { clientAttributesFault, permittedAttributes } from '../../../src/domain/attributes.ts'
import type { SchemaAttributeType, UserPoolClientType } from '../../../src/model/types.gen.ts'
import type { ClientChanges } from './client-changes.ts'
import { type Edit, isSame } from './rebased.ts'

/** Which attributes an app client may read and write. */
export interface AttributePermissions {
  readonly read: readonly string[]
  readonly write: readonly string[]
}

/** What a permission can be for an attribute. */
export interface AttributeChoice {
  readonly name: string
  readonly canWrite: boolean
  /** The pool requires the attribute, so every list of writable ones has it. */
  readonly mustWrite: boolean
}

/** Every attribute of the pool and which permissions make sense, by name with the custom ones last. */
export const attributeChoices = (schema: readonly SchemaAttributeType[]): AttributeChoice[] => {
  const attributes = [...schema]
  const required = attributes.flatMap(({ Name, Required }) => (Required && Name !== undefined && Name !== 'sub' ? [Name] : []))
  const choices = attributes.flatMap(({ Name: name }) =>
    name === undefined
      ? []
      : [
          {
            name,
            canWrite: clientAttributesFault(attributes, undefined, [...required, name]) === undefined,
            mustWrite: required.includes(name),
          },
        ],
  )
  const rank = ({ name }: AttributeChoice) => (name.includes(':') ? 1 : 0)
  return choices.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

/** What an app client may do; one without lists may do everything. */
export const permissionsOf = (client: UserPoolClientType, choices: readonly AttributeChoice[]): AttributePermissions => ({
  read: [...permittedAttributes(client.ReadAttributes ?? choices.map(({ name }) => name))].sort(),
  write: [...permittedAttributes(client.WriteAttributes ?? choices.filter(({ canWrite }) => canWrite).map(({ name }) => name))].sort(),
})

/** What the API is to change: a list that stays as it was before is not said, because a client without one may do everything that comes. */
export const permissionChanges = ({ start, values }: Edit<AttributePermissions>): ClientChanges => ({
  ...(!isSame(values.read, start.read) && { ReadAttributes: [...values.read] }),
  ...(!isSame(values.write, start.write) && { WriteAttributes: [...values.write] }),
})

/** What is wrong with the form, as a sentence. */
export const permissionsFault = ({ read, write }: AttributePermissions): string | undefined => {
  if (read.length === 0) return 'Choose at least one attribute to read: the API takes an empty list for all of them.'
  return write.length === 0 ? 'Choose at least one attribute to write: the API takes an empty list for all of them.' : undefined
}
