import { expect } from 'vitest'
import { callback } from '../support/page-pool.ts'
import type { Check, Checks } from './check.ts'
import { claimChecks } from './claim-checks.ts'
import { flowChecks } from './flow-checks.ts'

/** Both response types are unknown, whatever else stands in the request. */
const refusesType: Pick<Required<Check>, 'deviates'> = {
  deviates: async (party) => {
    for (const response_type of party.types) {
      const { location } = await party.ask({ response_type })
      expect(location).toBe(`${callback}?error=invalid_request&state=a+state+of+mind`)
    }
  },
}

/** The checks of the Implicit profile: those of the flow and of claims, where the usual answer is that there is no such response type. */
export const implicitChecks: Checks = Object.fromEntries(
  Object.entries({ ...flowChecks, ...claimChecks }).map(([id, { passes }]) => [id, { passes, ...refusesType }]),
)
