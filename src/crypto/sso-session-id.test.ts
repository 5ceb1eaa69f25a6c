import { expect, it } from 'vitest'
import { ssoSessionId } from './sso-session-id.ts'

it('has the documented form, and differs from origin to origin', () => {
  const ids = Array.from({ length: 500 }, (_, n) => ssoSessionId(`origin-${n}`))
  for (const id of ids) expect(id).toMatch(/^sso[a-z0-9]{25}$/)
  expect(new Set(ids).size).toBe(500)
})

it('stays the same, because tokens name the session by its origin alone', () => {
  expect(ssoSessionId('11111111-2222-3333-4444-555555555555')).toBe(ssoSessionId('11111111-2222-3333-4444-555555555555'))
})
