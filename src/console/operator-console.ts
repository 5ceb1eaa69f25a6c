import type { Dispatcher } from '../api/dispatch.ts'
import type { Authenticator } from '../api/principal.ts'
import { createEndpoints } from './answer-endpoint.ts'
import { authenticateOperator } from './authenticate-operator.ts'
import type { PlaceOf } from './console-place.ts'
import { type Console, type ConsoleOptions, createConsole } from './create-console.ts'
import type { OperatorServices } from './operator-services.ts'
import { findByCookie } from './operator-sessions.ts'

/** What a console is made of that people sign in to. */
export interface OperatorConsoleOptions extends Pick<ConsoleOptions, 'refuse' | 'live' | 'views' | 'files'> {
  readonly services: OperatorServices
  /** A dispatcher whose calls are proved in the given way. */
  readonly dispatcherFor: (authenticate: Authenticator) => Dispatcher
  readonly facts: Omit<ConsoleOptions['facts'], 'mode'>
  readonly placeOf: PlaceOf
  readonly publicUrl: string
}

/** The console of `serve`: nobody gets further than its page and the sign-in without name, password and code. */
export const createOperatorConsole = ({ services, dispatcherFor, facts, placeOf, publicUrl, ...rest }: OperatorConsoleOptions): Console => {
  const findOperator = findByCookie(services, placeOf)
  return createConsole({
    ...rest,
    placeOf,
    faults: services,
    findOperator,
    dispatch: dispatcherFor(authenticateOperator(findOperator, { served: facts.regions, default: facts.defaultRegion })),
    facts: { ...facts, mode: 'serve' },
    endpoints: createEndpoints(services, placeOf),
    publicUrl: () => publicUrl,
    // Where the page reads keys and tries sign-ins out.
    connect: [new URL(publicUrl).origin],
  })
}
