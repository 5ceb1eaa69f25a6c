import type { Context } from '../context.ts'
import type { Input, OperationName, Output } from '../model/types.gen.ts'

/** An API operation: typed input in, typed output out; the dispatcher has proved the input's shape and the caller's right to call. */
export type Operation<N extends OperationName> = (ctx: Context, input: Input<N>) => Promise<Output<N>>
