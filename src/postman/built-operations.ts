import type { OperationName } from '../model/types.gen.ts'
import { operations } from '../operations/index.ts'

/** The operations that this server has. A browser that makes a collection gets their names from elsewhere: this file brings all of them along. */
export const builtOperations = Object.keys(operations) as readonly OperationName[]
