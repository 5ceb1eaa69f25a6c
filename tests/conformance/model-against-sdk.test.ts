import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, it } from 'vitest'
import source from '../../src/model/cognito-idp.json' with { type: 'json' }

// The SDK exports its schemas as arrays: [kind, namespace, name, traits, ...]; a negative kind marks an exception.
const kinds = { structure: 3, operation: 9 } as const

type Schema = readonly [kind: number, namespace: string, name: string, traits: unknown, ...rest: unknown[]]

const isSchema = (value: unknown): value is Schema => Array.isArray(value) && typeof value[0] === 'number' && typeof value[2] === 'string'
const schemas = Object.values(sdk as Record<string, unknown>).filter(isSchema)
const ofKind = (kind: number) => schemas.filter(([own]) => own === kind)

interface ModelShape {
  readonly members?: Readonly<Record<string, unknown>>
  readonly enum?: readonly string[]
}
const shapes = source.shapes as Readonly<Record<string, ModelShape>>
const errors = source.errors as Readonly<Record<string, ModelShape>>
const operations = source.operations as Readonly<Record<string, { readonly input: string | null; readonly output: string | null }>>

const membersOf = ([, , , , names]: Schema): readonly string[] => names as readonly string[]
const schemaBehind = (reference: unknown): Schema | undefined => {
  const value = typeof reference === 'function' ? (reference as () => unknown)() : reference
  return isSchema(value) ? value : undefined
}

/** Enums are plain objects of text, exported under the name of their shape. */
const enums = Object.entries(sdk as Record<string, unknown>).filter(
  (entry): entry is [string, Record<string, string>] =>
    typeof entry[1] === 'object' &&
    entry[1] !== null &&
    !Array.isArray(entry[1]) &&
    Object.values(entry[1]).length > 0 &&
    Object.values(entry[1]).every((value) => typeof value === 'string'),
)

describe('what the installed AWS SDK knows is in the model', () => {
  it('reads the schemas of the SDK', () => {
    expect(ofKind(kinds.operation).length).toBeGreaterThanOrEqual(140)
    expect(ofKind(kinds.structure).length).toBeGreaterThan(350)
    expect(ofKind(-kinds.structure).length).toBeGreaterThan(50)
    expect(enums.length).toBeGreaterThan(50)
  })

  it('every operation, with the members of its input and output', () => {
    const lacking = ofKind(kinds.operation).flatMap(([, , name, , input, output]) => {
      const known = operations[name]
      if (known === undefined) return [name]
      const sides = [
        ['input', known.input, schemaBehind(input)],
        ['output', known.output, schemaBehind(output)],
      ] as const
      return sides.flatMap(([side, shape, schema]) =>
        schema?.[0] === kinds.structure
          ? membersOf(schema)
              .filter((member) => !(member in (shapes[shape ?? '']?.members ?? {})))
              .map((member) => `${name} ${side} ${member}`)
          : [],
      )
    })
    expect(lacking).toEqual([])
  })

  it('every structure with its members', () => {
    const ends = new Set(ofKind(kinds.operation).flatMap(([, , , , input, output]) => [schemaBehind(input), schemaBehind(output)]))
    const lacking = ofKind(kinds.structure)
      .filter((schema) => !ends.has(schema))
      .flatMap((schema) => {
        const known = shapes[schema[2]]?.members
        if (known === undefined) return [schema[2]]
        return membersOf(schema)
          .filter((member) => !(member in known))
          .map((member) => `${schema[2]} ${member}`)
      })
    expect(lacking).toEqual([])
  })

  it('every exception with its members', () => {
    const base = 'CognitoIdentityProviderServiceException'
    const lacking = ofKind(-kinds.structure)
      .filter(([, , name]) => name !== base)
      .flatMap((schema) => {
        const known = errors[schema[2]]?.members
        if (known === undefined) return [schema[2]]
        return membersOf(schema)
          .filter((member) => !(member in known))
          .map((member) => `${schema[2]} ${member}`)
      })
    expect(lacking).toEqual([])
  })

  it('every value of every enum', () => {
    const lacking = enums.flatMap(([name, values]) => {
      const known = shapes[name]?.enum
      if (known === undefined) return [name]
      return Object.values(values)
        .filter((value) => !known.includes(value))
        .map((value) => `${name} ${value}`)
    })
    expect(lacking).toEqual([])
  })
})
