import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { knownAttempt, testContext } from '../../tests/support/known-attempt.ts'
import { type MadePool, makePool } from '../../tests/support/make-pool.ts'
import { inviteUser, makeUser } from '../../tests/support/make-user.ts'
import type { EventFilterType } from '../model/types.gen.ts'
import { compromisedAtSignIn, requireUncompromised } from './compromised.ts'

let server: Harness
beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const leaked = 'Password1!'
const sound = 'Correct-Horse-7'

interface Settings {
  readonly mode?: 'OFF' | 'AUDIT' | 'ENFORCED'
  readonly action?: 'BLOCK' | 'NO_ACTION'
  readonly events?: EventFilterType[]
}

const poolWith = async ({ mode = 'ENFORCED', action, events }: Settings): Promise<MadePool> => {
  const pool = await makePool(server, { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: mode } })
  await makeUser(server, pool.UserPoolId, 'ana')
  if (action !== undefined) {
    const CompromisedCredentialsRiskConfiguration = { Actions: { EventAction: action }, ...(events && { EventFilter: events }) }
    await server.ok('SetRiskConfiguration', { UserPoolId: pool.UserPoolId, CompromisedCredentialsRiskConfiguration })
  }
  return pool
}

const atSignIn = async (pool: MadePool, password: string, username = 'ana') => {
  const attempt = await knownAttempt(server, pool, username)
  return compromisedAtSignIn(testContext(server), attempt, attempt.user, password)
}

const statusOf = async ({ UserPoolId }: MadePool, Username = 'ana') =>
  (await server.ok('AdminGetUser', { UserPoolId, Username })).UserStatus

describe('compromisedAtSignIn', () => {
  it('makes the user set another password', async () => {
    const pool = await poolWith({})
    expect(await atSignIn(pool, sound)).toBe(false)
    await expect(atSignIn(pool, leaked)).rejects.toMatchObject({
      code: 'PasswordResetRequiredException',
      message: 'Password reset required for user due to security reasons',
    })
    expect(await statusOf(pool)).toBe('RESET_REQUIRED')
    const { AuthEvents } = await server.ok('AdminListUserAuthEvents', { UserPoolId: pool.UserPoolId, Username: 'ana' })
    expect(AuthEvents).toMatchObject([{ EventType: 'SignIn', EventResponse: 'Fail', EventRisk: { CompromisedCredentialsDetected: true } }])
    expect(JSON.stringify(AuthEvents)).not.toContain(leaked)
  })

  it.each<[string, Settings, boolean]>([
    ['in audit mode', { mode: 'AUDIT' }, true],
    ['where the settings say so', { action: 'NO_ACTION' }, true],
    ['for other events', { action: 'BLOCK', events: ['SIGN_UP'] }, false],
    ['where it is off', { mode: 'OFF' }, false],
  ])('does nothing %s', async (_, settings, detected) => {
    const pool = await poolWith(settings)
    expect(await atSignIn(pool, leaked)).toBe(detected)
    expect(await statusOf(pool)).toBe('CONFIRMED')
  })

  it('leaves a temporary password to the challenge that replaces it', async () => {
    const pool = await poolWith({})
    await inviteUser(server, pool.UserPoolId, 'ben')
    expect(await atSignIn(pool, leaked, 'ben')).toBe(true)
    expect(await statusOf(pool, 'ben')).toBe('FORCE_CHANGE_PASSWORD')
  })
})

describe('requireUncompromised', () => {
  const check = async (settings: Settings, event: 'SIGN_UP' | 'PASSWORD_CHANGE', password = leaked) =>
    requireUncompromised(testContext(server), await knownAttempt(server, await poolWith(settings), 'ana'), password, event)

  it('refuses a new password that others know', async () => {
    for (const event of ['SIGN_UP', 'PASSWORD_CHANGE'] as const) {
      await expect(check({}, event)).rejects.toMatchObject({
        code: 'InvalidPasswordException',
        message: 'Provided password cannot be used for security reasons.',
      })
      expect(await check({}, event, sound)).toBe(false)
    }
  })

  it('asks about the events of the filter alone, and only records in audit mode', async () => {
    expect(await check({ action: 'BLOCK', events: ['SIGN_UP'] }, 'PASSWORD_CHANGE')).toBe(false)
    expect(await check({ mode: 'AUDIT' }, 'PASSWORD_CHANGE')).toBe(true)
  })
})
