import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { knownAttempt, testContext } from '../../tests/support/known-attempt.ts'
import { type MadePool, makeClient, makePool } from '../../tests/support/make-pool.ts'
import { makeUser } from '../../tests/support/make-user.ts'
import type { Input } from '../model/types.gen.ts'
import type { SignInRequest } from './attempt.ts'
import { recordAuthEvent } from './record-auth-event.ts'
import { assessRisk, requireAllowedAddress } from './risk.ts'

let server: Harness
beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const browser = (name: string) => `Mozilla/5.0 (${name}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36`
const home: SignInRequest = { surface: 'admin', context: { ip: '192.0.2.1', userAgent: browser('Windows NT 10.0') } }
const abroad: SignInRequest = { surface: 'admin', context: { ip: '203.0.113.9', userAgent: browser('X11; Linux x86_64') } }

type Risk = Omit<Input<'SetRiskConfiguration'>, 'UserPoolId'>
type AddOns = Input<'CreateUserPool'>['UserPoolAddOns']

const takeover = (EventAction: 'BLOCK' | 'MFA_REQUIRED' | 'MFA_IF_CONFIGURED' | 'NO_ACTION'): Risk => ({
  AccountTakeoverRiskConfiguration: { Actions: { LowAction: { EventAction, Notify: false } } },
})

/** A pool with a user who signed in from home once. */
const poolWith = async (addOns: AddOns, risk?: Risk): Promise<MadePool> => {
  const pool = await makePool(server, { UserPoolTier: 'PLUS', UserPoolAddOns: addOns })
  await makeUser(server, pool.UserPoolId, 'ana')
  if (risk !== undefined) await server.ok('SetRiskConfiguration', { UserPoolId: pool.UserPoolId, ...risk })
  const attempt = await knownAttempt(server, pool, 'ana', home)
  await recordAuthEvent(testContext(server), { opened: attempt, user: attempt.user, type: 'SignIn', response: 'Pass', request: home })
  return pool
}

const assessed = async (pool: MadePool, request: SignInRequest) =>
  assessRisk(testContext(server), await knownAttempt(server, pool, 'ana', request))

const quiet = { level: 'none', action: 'NO_ACTION', notify: false }

describe('assessRisk', () => {
  it('finds nothing where threat protection is off', async () => {
    const pool = await poolWith({ AdvancedSecurityMode: 'OFF' }, { RiskExceptionConfiguration: { BlockedIPRangeList: ['0.0.0.0/0'] } })
    expect(await assessed(pool, abroad)).toEqual(quiet)
  })

  it('says what the pool does about the level', async () => {
    for (const action of ['BLOCK', 'MFA_REQUIRED', 'MFA_IF_CONFIGURED', 'NO_ACTION'] as const) {
      const pool = await poolWith({ AdvancedSecurityMode: 'ENFORCED' }, takeover(action))
      expect(await assessed(pool, abroad)).toEqual({ level: 'low', action, notify: false })
      expect(await assessed(pool, home)).toEqual(quiet)
    }
  })

  it('is not blinded by events that anybody can make', async () => {
    const pool = await poolWith({ AdvancedSecurityMode: 'ENFORCED' }, takeover('BLOCK'))
    const { user, ...opened } = await knownAttempt(server, pool, 'ana', abroad)
    server.clock.advance(1000)
    const asked = { opened, user, type: 'ForgotPassword', response: 'InProgress', request: abroad } as const
    for (let count = 0; count < 61; count += 1) await recordAuthEvent(testContext(server), asked)
    expect((await assessed(pool, abroad)).action).toBe('BLOCK')
    expect(await assessed(pool, home)).toEqual(quiet)
  })

  it('records and never acts in audit mode', async () => {
    const pool = await poolWith({ AdvancedSecurityMode: 'AUDIT' }, takeover('BLOCK'))
    expect(await assessed(pool, abroad)).toEqual({ level: 'low', action: 'NO_ACTION', notify: false })
  })

  it('obeys the settings of the client before those of the pool', async () => {
    const pool = await poolWith({ AdvancedSecurityMode: 'ENFORCED' }, takeover('BLOCK'))
    const other = await makeClient(server, pool.UserPoolId)
    await server.ok('SetRiskConfiguration', { ...takeover('NO_ACTION'), UserPoolId: pool.UserPoolId, ClientId: other.ClientId })
    expect((await assessed(pool, abroad)).action).toBe('BLOCK')
    expect((await assessed(other, abroad)).action).toBe('NO_ACTION')
    await server.ok('SetRiskConfiguration', { UserPoolId: pool.UserPoolId, ClientId: other.ClientId })
    expect((await assessed(other, abroad)).action).toBe('BLOCK')
  })

  it('blocks risky sign-ins where nobody set anything', async () => {
    expect((await assessed(await poolWith({ AdvancedSecurityMode: 'ENFORCED' }), abroad)).action).toBe('BLOCK')
  })

  it('has no action for a level that the settings leave out', async () => {
    const risk: Risk = { AccountTakeoverRiskConfiguration: { Actions: { HighAction: { EventAction: 'BLOCK', Notify: false } } } }
    expect(await assessed(await poolWith({ AdvancedSecurityMode: 'ENFORCED' }, risk), abroad)).toEqual({ ...quiet, level: 'low' })
  })

  it('blocks and allows addresses before it assesses anything', async () => {
    const ranges = (list: 'BlockedIPRangeList' | 'SkippedIPRangeList', range: string): Risk => ({
      ...takeover('BLOCK'),
      RiskExceptionConfiguration: { [list]: [range] },
    })
    const blocked = await poolWith({ AdvancedSecurityMode: 'ENFORCED' }, ranges('BlockedIPRangeList', '192.0.2.0/24'))
    expect(await assessed(blocked, home)).toEqual({ level: 'none', action: 'BLOCK', notify: false, blockedAddress: true })
    const skipped = await poolWith({ AdvancedSecurityMode: 'ENFORCED' }, ranges('SkippedIPRangeList', '203.0.113.0/24'))
    expect(await assessed(skipped, abroad)).toEqual(quiet)
    const audited = await poolWith({ AdvancedSecurityMode: 'AUDIT' }, ranges('BlockedIPRangeList', '192.0.2.0/24'))
    expect((await assessed(audited, home)).action).toBe('NO_ACTION')
  })

  it('has a mode of its own for custom authentication', async () => {
    const custom = async (addOns: AddOns) => {
      const pool = await poolWith(addOns, takeover('BLOCK'))
      return assessRisk(testContext(server), await knownAttempt(server, pool, 'ana', abroad, 'custom'))
    }
    expect(await custom({ AdvancedSecurityMode: 'ENFORCED' })).toEqual(quiet)
    expect(await custom({ AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'AUDIT' } })).toEqual({
      ...quiet,
      level: 'low',
    })
    expect((await custom({ AdvancedSecurityMode: 'AUDIT', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' } })).level).toBe(
      'low',
    )
  })
})

describe('requireAllowedAddress', () => {
  it('refuses blocked addresses, where threat protection is enforced', async () => {
    const risk: Risk = { RiskExceptionConfiguration: { BlockedIPRangeList: ['192.0.2.0/24'] } }
    const check = async (AdvancedSecurityMode: 'ENFORCED' | 'AUDIT', request: SignInRequest) => {
      const attempt = await knownAttempt(server, await poolWith({ AdvancedSecurityMode }, risk), 'ana')
      return () => requireAllowedAddress(testContext(server), attempt, request)
    }
    expect(await check('ENFORCED', home)).toThrow('Request not allowed due to security reasons.')
    expect(await check('ENFORCED', abroad)).not.toThrow()
    expect(await check('AUDIT', home)).not.toThrow()
  })
})
