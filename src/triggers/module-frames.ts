/** A call, as the server writes it to the process of a module: one line of JSON. A line `null` only asks whether anybody listens. */
export interface ModuleCall {
  readonly id: number
  readonly event: unknown
  readonly exportName: string | undefined
  readonly arn: string
  readonly requestId: string
  /** In ms. */
  readonly limit: number
}

/** What the process of a module writes: one line of JSON. */
export type ModuleFrame =
  /** First of all; `exports` are the functions that can be called. */
  | { readonly kind: 'loaded'; readonly exports: readonly string[] }
  | { readonly kind: 'broken'; readonly sentence: string }
  /** The answer to `null`. */
  | { readonly kind: 'listening' }
  /** Right before the handler runs. */
  | { readonly kind: 'begun'; readonly id: number }
  | { readonly kind: 'answered'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'threw'; readonly id: number; readonly message: string }
  | { readonly kind: 'not invocable'; readonly id: number; readonly sentence: string }

/** The file descriptor over which both talk. */
export const channel = 3

/** The most that a function may answer, in bytes of JSON (Lambda developer guide, "Lambda quotas"). */
export const longestAnswer = 6 * 1024 * 1024

/** The name of the handler of a mapping that names none. */
export const usualExport = 'handler'
