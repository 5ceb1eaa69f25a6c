import { describe, expect, it } from 'vitest'
import { hasThreatProtection, threatMode } from './threat-mode.ts'

describe('threatMode', () => {
  it('is off without add-ons', () => {
    expect(threatMode({})).toBe('OFF')
    expect(hasThreatProtection({ UserPoolAddOns: { AdvancedSecurityMode: 'OFF' } })).toBe(false)
  })

  it('has a mode of its own for custom authentication', () => {
    const pool = {
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'AUDIT' } },
    } as const
    expect(threatMode(pool)).toBe('ENFORCED')
    expect(threatMode(pool, 'choice')).toBe('ENFORCED')
    expect(threatMode(pool, 'custom')).toBe('AUDIT')
    expect(threatMode({ UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }, 'custom')).toBe('OFF')
  })

  it('is there where it is for one kind of sign-in alone', () => {
    const flows = { AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'AUDIT' } } as const
    expect(hasThreatProtection({ UserPoolAddOns: { AdvancedSecurityMode: 'OFF', ...flows } })).toBe(true)
  })
})
