import { expect, it } from 'vitest'
import { issuerOf } from './issuer.ts'

const publicUrl = 'https://id.example.org'
const pool = { Id: 'eu-west-1_a', region: 'eu-west-1' }
const updated = { ...pool, IssuerConfiguration: { Type: 'UPDATED' as const } }
const original = { ...pool, IssuerConfiguration: { Type: 'ORIGINAL' as const } }

it('is the server’s own address, of whatever type the pool’s issuer is', () => {
  for (const each of [pool, updated, original]) {
    expect(issuerOf({ publicUrl, issuer: 'own' }, each)).toBe('https://id.example.org/eu-west-1_a')
  }
})

it('is the one of AWS where verifiers expect that: the original, or the updated', () => {
  for (const each of [pool, original]) {
    expect(issuerOf({ publicUrl, issuer: 'aws' }, each)).toBe('https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a')
  }
  expect(issuerOf({ publicUrl, issuer: 'aws' }, updated)).toBe('https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a')
})
