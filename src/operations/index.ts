import type { OperationName } from '../model/types.gen.ts'
import type { Operation } from './operation.ts'

/** The operations that are built; one that is missing answers NotImplementedException by name. */
export const operations: { readonly [N in OperationName]?: Operation<N> } = {}
