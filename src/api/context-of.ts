import type { Call, Context, Services } from '../context.ts'

/** The services with one call: what an operation gets. */
export const contextOf = (services: Services, call: Call): Context => ({
  ...services,
  call,
  by: () => ({ actor: call.actor, requestId: call.requestId, action: call.operation, at: services.clock.now(), ip: call.ip }),
})
