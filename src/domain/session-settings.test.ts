import { expect, it } from 'vitest'
import { clientSessionSettings, poolSessionSettings, sessionTierFault, tracksSessions } from './session-settings.ts'

const TokenSession = { MaxPerUser: 3 }

it('has the defaults of the API reference', () => {
  expect(poolSessionSettings({})).toEqual({ UserSessionTracking: 'DISABLED', TokenSession: { MaxPerUser: 20 } })
  expect(clientSessionSettings({})).toEqual({ MaxValidityMinutes: 60 })
  expect(clientSessionSettings({ ssoSession: { MaxValidityMinutes: 0 } })).toEqual({ MaxValidityMinutes: 0 })
})

it('tracks only where it is switched on', () => {
  expect(tracksSessions({})).toBe(false)
  expect(tracksSessions({ sessions: { UserSessionTracking: 'DISABLED', TokenSession } })).toBe(false)
  expect(tracksSessions({ sessions: { UserSessionTracking: 'ENABLED', TokenSession } })).toBe(true)
})

it('takes more than the LITE tier', () => {
  expect(sessionTierFault('LITE')).toContain('LITE')
  for (const tier of ['ESSENTIALS', 'PLUS'] as const) expect(sessionTierFault(tier)).toBeUndefined()
})
