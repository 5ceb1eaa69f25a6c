import { expect, it } from 'vitest'
import { tokenHash } from './token-hash.ts'

it('at_hash is what OpenID Connect Core shows in appendix A.3', () => {
  expect(tokenHash('jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y')).toBe('77QmUPtjPfzWtF2AnpK9RQ')
})
