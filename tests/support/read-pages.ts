import type { OperationName } from '../../src/model/types.gen.ts'
import type { Calls } from './harness.ts'

/** Reads a list to its end and answers its pages; every page but the last has a NextToken. */
export const readPages = async (
  server: Calls,
  operation: OperationName,
  input: Readonly<Record<string, unknown>>,
  list: string,
  // biome-ignore lint/suspicious/noExplicitAny: tests look into rows of every kind
): Promise<any[][]> => {
  const body = await server.ok(operation, input)
  const rest = body.NextToken === undefined ? [] : await readPages(server, operation, { ...input, NextToken: body.NextToken }, list)
  return [body[list], ...rest]
}
