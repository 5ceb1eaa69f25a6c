import { describe, expect, it } from 'vitest'
import type { AccountTakeoverRiskConfigurationType, NotifyConfigurationType } from '../model/types.gen.ts'
import { sampleClient, samplePool } from '../storage/conformance/samples.ts'
import { notifyEmailOf, riskConfigurationFault, riskRules } from './risk-configuration.ts'

const takeover = (EventAction: 'BLOCK' | 'NO_ACTION'): AccountTakeoverRiskConfigurationType => ({
  Actions: { HighAction: { EventAction, Notify: false } },
})

describe('riskRules', () => {
  it('prefers the settings of the client as a whole', () => {
    const pool = samplePool({
      risk: { AccountTakeoverRiskConfiguration: takeover('BLOCK'), RiskExceptionConfiguration: { BlockedIPRangeList: ['192.0.2.0/24'] } },
    })
    const own = sampleClient(pool, { risk: { AccountTakeoverRiskConfiguration: takeover('NO_ACTION') } })
    expect(riskRules(pool, sampleClient(pool)).takeover).toEqual(takeover('BLOCK'))
    expect(riskRules(pool, own)).toMatchObject({ takeover: takeover('NO_ACTION'), exceptions: {} })
  })

  it('blocks everything that nobody said anything about', () => {
    const pool = samplePool()
    const block = { EventAction: 'BLOCK', Notify: false }
    expect(riskRules(pool, sampleClient(pool))).toEqual({
      compromised: { events: ['SIGN_IN', 'PASSWORD_CHANGE', 'SIGN_UP'], action: 'BLOCK' },
      takeover: { Actions: { LowAction: block, MediumAction: block, HighAction: block } },
      exceptions: {},
    })
  })

  it('takes a missing EventFilter for all events', () => {
    const risk = { CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'NO_ACTION' } } } as const
    const pool = samplePool({ risk })
    expect(riskRules(pool, sampleClient(pool)).compromised).toEqual({
      events: ['SIGN_IN', 'PASSWORD_CHANGE', 'SIGN_UP'],
      action: 'NO_ACTION',
    })
  })
})

describe('riskConfigurationFault', () => {
  const UserPoolId = 'us-east-1_a'
  const mail = { Subject: 'Careful', TextBody: 'Somebody signed in.' }
  const notifying = (NotifyConfiguration: Omit<NotifyConfigurationType, 'SourceArn'> | undefined) =>
    ({
      UserPoolId,
      AccountTakeoverRiskConfiguration: {
        Actions: { LowAction: { EventAction: 'NO_ACTION', Notify: true }, HighAction: { EventAction: 'MFA_REQUIRED', Notify: true } },
        NotifyConfiguration: NotifyConfiguration && {
          SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/a@example.org',
          ...NotifyConfiguration,
        },
      },
    }) as const

  it('wants ranges in CIDR notation', () => {
    const exceptions = (BlockedIPRangeList: string[], SkippedIPRangeList: string[]) => ({
      UserPoolId,
      RiskExceptionConfiguration: { BlockedIPRangeList, SkippedIPRangeList },
    })
    expect(riskConfigurationFault(exceptions(['192.0.2.0/24'], ['2001:db8::/32']))).toBeUndefined()
    expect(riskConfigurationFault(exceptions(['192.0.2.1'], []))).toBe('192.0.2.1 is not an IP address range in CIDR notation.')
    expect(riskConfigurationFault(exceptions([], ['home/8']))).toBe('home/8 is not an IP address range in CIDR notation.')
  })

  it('wants a mail for every action that notifies, and no other', () => {
    expect(riskConfigurationFault(notifying(undefined))).toBe('NotifyConfiguration is required when an action notifies the user.')
    expect(riskConfigurationFault(notifying({ NoActionEmail: mail }))).toMatch(/needs a MfaEmail/)
    expect(riskConfigurationFault(notifying({ NoActionEmail: mail, MfaEmail: { Subject: 'Empty' } }))).toMatch(/needs a MfaEmail/)
    expect(riskConfigurationFault(notifying({ NoActionEmail: mail, MfaEmail: mail }))).toBeUndefined()
    expect(riskConfigurationFault({ UserPoolId, AccountTakeoverRiskConfiguration: takeover('BLOCK') })).toBeUndefined()
  })
})

describe('notifyEmailOf', () => {
  it('names the mail of an action', () => {
    expect((['BLOCK', 'MFA_IF_CONFIGURED', 'MFA_REQUIRED', 'NO_ACTION'] as const).map(notifyEmailOf)).toEqual([
      'BlockEmail',
      'MfaEmail',
      'MfaEmail',
      'NoActionEmail',
    ])
  })
})
