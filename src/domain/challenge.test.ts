import { describe, expect, it } from 'vitest'
import { type Facts, nextStep, replacesPassword, type Step, toleratedRefusals } from './challenge.ts'
import type { Device } from './device.ts'
import type { Progress } from './progress.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

const now = Date.UTC(2026, 0, 15)
const day = 86_400_000

const pool = (settings: Partial<UserPool> = {}): UserPool => ({
  ...({} as UserPool),
  Policies: {},
  MfaConfiguration: 'OFF',
  mfa: { smsEnabled: false, SoftwareTokenMfaConfiguration: { Enabled: true } },
  ...settings,
})
const user = (change: Partial<User> = {}): User => ({ ...({} as User), status: 'CONFIRMED', enabled: true, attributes: {}, ...change })
const withToken = user({ mfa: { enabled: ['SOFTWARE_TOKEN_MFA'], softwareToken: { sealedSecret: '' } } })
const progress = (change: Partial<Progress> = {}): Progress => ({ flow: 'password', proofs: ['pwd'], ...change })
const facts = (change: Partial<Facts> = {}): Facts => ({ now, device: undefined, ...change })
const remembered = { device: { remembered: true } as Device }
const optional = pool({ MfaConfiguration: 'OPTIONAL' })
const tracking = (ChallengeRequiredOnNewDevice: boolean) =>
  pool({ MfaConfiguration: 'OPTIONAL', DeviceConfiguration: { ChallengeRequiredOnNewDevice } })
const askToken: Step = { kind: 'second factor', step: { kind: 'ask', factor: 'SOFTWARE_TOKEN_MFA' } }
const temporary = user({ status: 'FORCE_CHANGE_PASSWORD', temporaryPasswordAt: now - day })
const srpRounds = [{ challengeName: 'SRP_A', challengeResult: true }]
const gold = { level: 'urn:cognito:loa:4', name: 'gold' }

describe('nextStep', () => {
  it.each<[string, UserPool, User, Progress, Facts, Step]>([
    ['is done after a password', pool(), user(), progress(), facts(), { kind: 'done' }],
    ['asks for a first password', pool(), temporary, progress(), facts(), { kind: 'new password' }],
    ['asks for it before the second factor', optional, { ...temporary, mfa: withToken.mfa }, progress(), facts(), { kind: 'new password' }],
    [
      'refuses a temporary password that is too old',
      pool(),
      { ...temporary, temporaryPasswordAt: now - 7 * day },
      progress(),
      facts(),
      { kind: 'temporary password expired' },
    ],
    ['asks for the second factor', optional, withToken, progress(), facts(), askToken],
    ['asks for it once', optional, withToken, progress({ secondFactor: true }), facts(), { kind: 'done' }],
    ['asks a remembered device first', tracking(true), withToken, progress(), facts(remembered), { kind: 'device' }],
    [
      'lets a proved device stand in for the second factor',
      tracking(true),
      withToken,
      progress({ deviceProved: true }),
      facts(remembered),
      { kind: 'done' },
    ],
    [
      'lets it not where the pool only tracks devices',
      tracking(false),
      withToken,
      progress({ deviceProved: true }),
      facts(remembered),
      askToken,
    ],
    ['lets none stand in that was forgotten since', tracking(true), withToken, progress({ deviceProved: true }), facts(), askToken],
    ['believes no device that has not proved itself', tracking(true), withToken, progress({ deviceKey: 'k' }), facts(), askToken],
    ['asks the functions first', pool(), user(), progress({ flow: 'custom', proofs: [] }), facts(), { kind: 'custom' }],
    [
      'asks for the second factor right after the password of a custom sign-in',
      optional,
      withToken,
      progress({ flow: 'custom' }),
      facts(),
      askToken,
    ],
    [
      'leaves a new password to the functions where one was reset',
      optional,
      { ...withToken, status: 'RESET_REQUIRED' },
      progress({ flow: 'custom', rounds: srpRounds }),
      facts(),
      { kind: 'custom' },
    ],
    ['leaves a first password to the functions', pool(), temporary, progress({ flow: 'custom' }), facts(), { kind: 'custom' }],
    [
      'asks for it when they are done',
      pool(),
      temporary,
      progress({ flow: 'custom', customDone: true }),
      facts(),
      { kind: 'new password' },
    ],
    [
      'asks for the second factor when they are done without a password',
      optional,
      withToken,
      progress({ flow: 'custom', proofs: [], customDone: true }),
      facts(),
      askToken,
    ],
    [
      'aims higher than the pool',
      pool(),
      withToken,
      progress({ flow: 'choice', target: gold }),
      facts({ provable: { first: ['PASSWORD'], second: ['SOFTWARE_TOKEN_MFA'] } }),
      askToken,
    ],
    [
      'waives no second factor for a low aim',
      optional,
      withToken,
      progress({ flow: 'choice', target: { level: 'urn:cognito:loa:1', name: 'x' } }),
      facts({ provable: { first: ['PASSWORD'], second: ['SOFTWARE_TOKEN_MFA'] } }),
      askToken,
    ],
    [
      'gives up on an aim whose factors have gone',
      pool(),
      user(),
      progress({ flow: 'choice', target: gold }),
      facts({ provable: { first: ['PASSWORD'], second: [] } }),
      { kind: 'second factor', step: { kind: 'impossible' } },
    ],
  ])('%s', (_, settings, who, reached, about, expected) => {
    expect(nextStep(settings, who, reached, about)).toEqual(expected)
  })
})

describe('replacesPassword', () => {
  const custom = progress({ flow: 'custom', rounds: srpRounds })

  it.each<[string, User['status'], Progress, boolean]>([
    ['a first password, on any path', 'FORCE_CHANGE_PASSWORD', progress(), true],
    ['a reset one after SRP_A in a custom sign-in', 'RESET_REQUIRED', custom, true],
    ['a reset one in another sign-in', 'RESET_REQUIRED', progress(), false],
    ['a reset one in a custom sign-in without SRP_A', 'RESET_REQUIRED', progress({ flow: 'custom', rounds: [] }), false],
    ['a reset one once the functions are done', 'RESET_REQUIRED', { ...custom, customDone: true }, false],
    ['one that nobody reset', 'CONFIRMED', custom, false],
    ['one of a compromised account', 'COMPROMISED', custom, false],
  ])('%s', (_, status, reached, expected) => {
    expect(replacesPassword(user({ status }), reached)).toBe(expected)
  })

  it('lets a sign-in that proves no password tolerate nothing', () => {
    expect(toleratedRefusals(progress({ flow: 'custom', rounds: [{ challengeName: 'CUSTOM_CHALLENGE', challengeResult: true }] }))).toEqual(
      [],
    )
  })
})
