import type { ModuleRunner } from './module-runner.ts'
import type { TriggerTarget } from './trigger-target.ts'

/** A function that is an export of a module; several may share the module's runner. */
export const moduleTarget = (runner: ModuleRunner, exportName: string | undefined): TriggerTarget => ({
  invoke: (event, { arn, id, limit }) => runner.call({ event, exportName, arn, requestId: id, limit }),
  start: runner.start,
  close: runner.close,
})
