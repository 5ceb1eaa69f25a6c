import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changePool } from '../support/change-settings.ts'
import { type Answer, createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { inviteUser, temporaryPassword } from '../support/make-user.ts'
import { createTokenPaths, type TokenPaths } from '../support/token-paths.ts'

let server: Harness
let paths: TokenPaths

beforeAll(async () => {
  server = await createHarness()
  paths = createTokenPaths(server)
})
afterAll(() => server.close())

/** What makes tokens depend on something that is not built; the refusal must name it. */
const settings: [name: string, (made: MadePool) => Promise<unknown>][] = [
  [
    'DeviceConfiguration',
    ({ UserPoolId }) => changePool(server, UserPoolId, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } }),
  ],
  [
    'AdvancedSecurityMode ENFORCED',
    ({ UserPoolId }) => changePool(server, UserPoolId, { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }),
  ],
]

const types = ['InvalidUserPoolConfigurationException', 'OperationNotEnabledException', 'UnexpectedLambdaException']

const refusedByName = ({ status, body }: Answer, name: string, way: string) => {
  expect([status, body.AuthenticationResult], way).toEqual([400, undefined])
  expect(types, way).toContain(body.__type)
  expect(body.message, way).toContain(name)
}

describe('must-not-happen 14: no path yields tokens where something is required that is not built:', () => {
  it.each(settings)('%s', async (name, require) => {
    const made = await makePool(server)
    const ways = Object.entries({ ...paths.passwords, ...paths.refreshes })
    const before = new Map(await Promise.all(ways.map(async ([way]) => [way, await paths.past(made, way)] as const)))
    await require(made)
    for (const [way, call] of ways) refusedByName(await call(before.get(way) ?? expect.fail(way)), name, way)
  })

  it.each(settings)('%s, in the middle of a sign-in', async (name, require) => {
    const made = await makePool(server)
    const { ClientId, UserPoolId } = made
    await inviteUser(server, UserPoolId, 'new')
    const { Session } = await server.ok('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'new', PASSWORD: temporaryPassword },
    })
    await require(made)
    for (const operation of ['RespondToAuthChallenge', 'AdminRespondToAuthChallenge'] as const) {
      const answer = await server.call(operation, {
        ...(operation === 'AdminRespondToAuthChallenge' && { UserPoolId }),
        ClientId,
        Session,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeResponses: { USERNAME: 'new', NEW_PASSWORD: 'My-Own-Horse-8' },
      })
      refusedByName(answer, name, operation)
      // Nor is anything changed by a sign-in that can't be finished.
      expect((await server.ok('AdminGetUser', { UserPoolId, Username: 'new' })).UserStatus).toBe('FORCE_CHANGE_PASSWORD')
    }
  })
})
