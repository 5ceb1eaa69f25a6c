import { expect, it } from 'vitest'
import { issuerOf } from './issuer.ts'

it('is the server’s own address or AWS’s, whichever verifiers expect', () => {
  const publicUrl = 'https://id.example.org'
  expect(issuerOf({ publicUrl, issuer: 'own' }, 'eu-west-1', 'eu-west-1_a')).toBe('https://id.example.org/eu-west-1_a')
  expect(issuerOf({ publicUrl, issuer: 'aws' }, 'eu-west-1', 'eu-west-1_a')).toBe('https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a')
})
