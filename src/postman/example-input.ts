import { operationNamed } from '../model/model.ts'
import type { OperationName } from '../model/types.gen.ts'
import { exampleValue } from './example-value.ts'

/** The body of a request, by members. */
export type ExampleInput = Readonly<Record<string, unknown>>

/**
 * A body that the model allows, in the model's order: what is given, and every other required member, from `known` (by the member's name)
 * or made up. Throws for a member that the operation does not have.
 */
export const exampleInput = (operation: OperationName, known: ExampleInput = {}, given: ExampleInput = {}): ExampleInput => {
  const { members, required } = operationNamed(operation)?.input ?? { members: new Map(), required: new Set<string>() }
  const strange = Object.keys(given).find((name) => !members.has(name))
  if (strange !== undefined) throw new Error(`${operation} has no member ${strange}`)
  return Object.fromEntries(
    [...members].flatMap(([name, shape]) => {
      if (name in given) return given[name] === undefined ? [] : [[name, given[name]] as const]
      return required.has(name) ? [[name, known[name] ?? exampleValue(shape)] as const] : []
    }),
  )
}
