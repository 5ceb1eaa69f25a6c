import type { TryOutcome } from './trigger-target.ts'

/** How the process of a module ended. */
export interface ModuleEnd {
  /** For the operator's log. */
  readonly reason: string
  /** Absent where it was ended by a signal, did not begin, or had a module that can't be loaded. */
  readonly exitCode?: number | undefined
}

/**
 * What becomes of a call whose process ended: a function that exits has thrown, in the words of Lambda (captured: amplify-js#9127), and
 * where no exit code is known it could not be called.
 */
export const endOutcome = ({ reason, exitCode }: ModuleEnd, requestId: string): TryOutcome => {
  if (exitCode === undefined) return { kind: 'not invocable', sentence: reason }
  const how = exitCode === 0 ? 'without providing a reason' : `with error: exit status ${exitCode}`
  return { kind: 'threw', message: `RequestId: ${requestId} Error: Runtime exited ${how}` }
}
