import { expect } from 'vitest'
import type { Harness } from './harness.ts'
import type { MadePool } from './make-pool.ts'

/** The first factors that a name is offered, in the order of the answer. */
export const offeredTo = async (server: Harness, { ClientId }: Pick<MadePool, 'ClientId'>, USERNAME: string): Promise<string> => {
  const { AvailableChallenges } = await server.ok('InitiateAuth', { ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME } })
  return String(AvailableChallenges)
}

/**
 * A name that nobody has and that is offered these first factors, on a client that hides existence: as users are, such names are offered
 * different ones.
 */
export const nobodyOffered = async (
  server: Harness,
  made: Pick<MadePool, 'ClientId'>,
  offer: string,
  nameAt: (place: number) => string = (place) => `nobody-${place}`,
): Promise<string> => {
  for (let place = 0; place < 500; place += 1) {
    const name = nameAt(place)
    if ((await offeredTo(server, made, name)) === offer) return name
  }
  return expect.fail(`none of 500 names is offered ${offer}`)
}
