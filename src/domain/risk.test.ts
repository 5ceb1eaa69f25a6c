import { describe, expect, it } from 'vitest'
import type { AuthEvent } from './auth-event.ts'
import { longestHistory, riskLevel, type Trace } from './risk.ts'

const now = 1_000_000_000
const home: Trace = { userAgent: 'Chrome, Windows', network: '192.0.2.0/24' }
const abroad: Trace = { userAgent: 'Firefox, Linux', network: '198.51.100.0/24' }

const event = (trace: Trace, values: Partial<AuthEvent> = {}): AuthEvent => ({
  poolUid: 'p',
  userId: 'u',
  EventId: 'e',
  EventType: 'SignIn',
  CreationDate: now - 86_400_000,
  EventResponse: 'Pass',
  trace,
  ...values,
})

const failures = (count: number, ago = 60_000, trace: Trace = {}) =>
  Array.from({ length: count }, () => event(trace, { EventResponse: 'Fail', CreationDate: now - ago }))

describe('riskLevel', () => {
  it('is none for somebody without a history', () => {
    expect(riskLevel([], abroad, now)).toBe('none')
  })

  it('is none where device and network are known, also from different days', () => {
    expect(riskLevel([event(home)], home, now)).toBe('none')
    expect(riskLevel([event(home), event(abroad)], { userAgent: home.userAgent, network: abroad.network }, now)).toBe('none')
  })

  it('takes a long history without anything trusted for an unknown device and network', () => {
    const asked = Array.from({ length: longestHistory }, () => event(abroad, { EventType: 'ForgotPassword', EventResponse: 'InProgress' }))
    expect(riskLevel(asked.slice(1), abroad, now)).toBe('none')
    expect(riskLevel(asked, abroad, now)).toBe('low')
    expect(riskLevel([...asked.slice(1), event(abroad)], abroad, now)).toBe('none')
  })

  it('rises with every sign', () => {
    const known = [event(home)]
    expect(riskLevel(known, { ...home, network: abroad.network }, now)).toBe('none')
    expect(riskLevel(known, { ...home, userAgent: abroad.userAgent }, now)).toBe('none')
    expect(riskLevel(known, abroad, now)).toBe('low')
    expect(riskLevel([...failures(3), ...known], abroad, now)).toBe('medium')
    expect(riskLevel([...failures(10), ...known], abroad, now)).toBe('high')
  })

  it('counts failures of the last hour alone, where everything is known those from there alone', () => {
    expect(riskLevel([...failures(10, 60_000, home), event(home)], home, now)).toBe('low')
    expect(riskLevel([...failures(10, 60_000, abroad), event(home)], home, now)).toBe('none')
    expect(riskLevel([...failures(2), event(home)], abroad, now)).toBe('low')
    expect(riskLevel([...failures(10, 3_600_000), event(home)], abroad, now)).toBe('low')
  })

  it('takes a caller that tells no device for an unknown one, where the user has some', () => {
    expect(riskLevel([event(home)], { network: abroad.network }, now)).toBe('low')
    expect(riskLevel([event({ network: home.network })], { network: abroad.network }, now)).toBe('none')
  })

  it('tells devices with ids apart, though they are of one kind', () => {
    const mine = { ...home, deviceKey: 'mine' }
    expect(riskLevel([event(mine)], { ...mine, network: abroad.network }, now)).toBe('none')
    expect(riskLevel([event(mine)], { ...abroad, userAgent: home.userAgent, deviceKey: 'other' }, now)).toBe('low')
  })

  it('learns nothing from failures, open sign-ins and resent codes', () => {
    for (const values of [{ EventResponse: 'Fail' }, { EventResponse: 'InProgress' }, { EventType: 'ResendCode' }] as const) {
      expect(riskLevel([event(abroad, values), event(home)], abroad, now)).toBe('low')
    }
  })

  it('believes feedback before the outcome', () => {
    const judged = (FeedbackValue: 'Valid' | 'Invalid', EventResponse: 'Pass' | 'Fail') =>
      event(abroad, { EventResponse, EventFeedback: { FeedbackValue, Provider: 'Admin' } })
    expect(riskLevel([judged('Valid', 'Fail'), event(home)], abroad, now)).toBe('none')
    expect(riskLevel([judged('Invalid', 'Pass'), event(home)], abroad, now)).toBe('high')
    // The network alone is one that somebody warned of.
    expect(riskLevel([judged('Invalid', 'Pass'), event(home)], { ...home, network: abroad.network }, now)).toBe('high')
    expect(riskLevel([judged('Invalid', 'Pass'), event(home)], home, now)).toBe('none')
  })
})
