import { describe, expect, it } from 'vitest'
import { foreignFault } from './foreign-fault.ts'

const own = {
  host: 'localhost:9339',
  origin: 'http://localhost:9339',
  'sec-fetch-site': 'same-origin',
  'x-poolhouse-console': '1',
}

describe('foreignFault', () => {
  it('lets the console’s own page through, also over https and in browsers that say nothing of sites', () => {
    expect(foreignFault({ headers: own })).toBeUndefined()
    expect(foreignFault({ headers: { ...own, origin: 'https://LOCALHOST:9339' } })).toBeUndefined()
    const { 'sec-fetch-site': _, ...older } = own
    expect(foreignFault({ headers: older })).toBeUndefined()
  })

  it.each([
    ['another port of the same machine', { origin: 'http://localhost:3000' }],
    ['another name of the same machine', { origin: 'http://127.0.0.1:9339' }],
    ['another host', { origin: 'https://evil.example' }],
    ['a host that only begins alike', { origin: 'http://localhost:9339.evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['an origin with a path', { origin: 'http://localhost:9339/' }],
    ['an origin with a name before it', { origin: 'http://evil@localhost:9339' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another origin of the same site', { 'sec-fetch-site': 'same-site' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
  ])('refuses %s', (_, changed) => {
    expect(foreignFault({ headers: { ...own, ...changed } })).toMatch(/^The console.*\.$/)
  })

  it.each(['origin', 'x-poolhouse-console', 'host'])('refuses requests without %s', (name) => {
    const { [name as 'origin']: _, ...rest } = own
    expect(foreignFault({ headers: rest })).toMatch(/^The console.*\.$/)
  })
})
