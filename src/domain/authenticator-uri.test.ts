import { describe, expect, it } from 'vitest'
import { authenticatorUri } from './authenticator-uri.ts'

describe('authenticatorUri', () => {
  it('is the example of the format', () => {
    const example = { issuer: 'ACME Co', account: 'john.doe@email.com', secret: 'HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ' }
    expect(authenticatorUri(example)).toBe(
      'otpauth://totp/ACME%20Co:john.doe%40email.com?secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ&issuer=ACME%20Co',
    )
  })

  it('lets no name end the label or add a parameter', () => {
    const uri = new URL(authenticatorUri({ issuer: 'a:b?c&d', account: 'x/y#z&secret=A', secret: 'B' }))
    expect(decodeURIComponent(uri.pathname)).toMatch(/a:b\?c&d:x\/y#z&secret=A$/)
    expect([...uri.searchParams]).toEqual([
      ['secret', 'B'],
      ['issuer', 'a:b?c&d'],
    ])
  })
})
