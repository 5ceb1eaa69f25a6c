import { expect, it } from 'vitest'
import { regionOfHost, regionOfUnsigned, requiredRegion } from './region.ts'

it.each([
  ['cognito-idp.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['cognito-idp.us-gov-west-1.localhost:9339', 'us-gov-west-1'],
  ['COGNITO-IDP.AP-SOUTHEAST-2.example.org', 'ap-southeast-2'],
  ['cognito-idp-fips.us-east-1.amazonaws.com', 'us-east-1'],
  ['cognito-idp.us-east-1', 'us-east-1'],
  ['localhost:9339', undefined],
  ['cognito-idp.example.org', undefined],
  ['auth.us-east-1.example.org', undefined],
  ['x.cognito-idp.us-east-1.amazonaws.com', undefined],
  [undefined, undefined],
])('the host %s names the region %s', (host, region) => {
  expect(regionOfHost(host)).toBe(region)
})

it('requires the host’s region, else a served one', () => {
  const any = { served: undefined, default: 'us-east-1' }
  const served = { served: ['us-east-1', 'eu-west-1'], default: 'us-east-1' }
  expect(requiredRegion('cognito-idp.eu-west-1.amazonaws.com', 'us-east-1', any)).toBe('eu-west-1')
  expect(requiredRegion('localhost', 'sa-east-1', any)).toBe('sa-east-1')
  expect(requiredRegion('localhost', 'eu-west-1', served)).toBe('eu-west-1')
  expect(requiredRegion('localhost', 'sa-east-1', served)).toBe('us-east-1')
  for (const none of ['', 'us_east', '../x', 'a:b', 'x'.repeat(33)]) expect(requiredRegion('localhost', none, any)).toBe('us-east-1')
  expect(regionOfUnsigned('localhost', any)).toBe('us-east-1')
  expect(regionOfUnsigned('cognito-idp.eu-west-1.localhost', any)).toBe('eu-west-1')
})
