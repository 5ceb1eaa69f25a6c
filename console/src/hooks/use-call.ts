import type { Input, OperationName, Output } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { type Loaded, useLoad } from './use-load.ts'

/** Loads an operation's answer, and again whenever the input changes. */
export const useCall = <N extends OperationName>(operation: N, input: Input<N>): Loaded<Output<N>> =>
  useLoad((signal) => call(operation, input, signal), `${operation} ${JSON.stringify(input)}`)
